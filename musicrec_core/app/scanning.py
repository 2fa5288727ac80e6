"""Scan: find files, read tags, then listen, each phase resumable on its own."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass

from musicrec_core.app import analysing, reading
from musicrec_core.app.context import Context
from musicrec_core.app.ledger import Ledger
from musicrec_core.app.results import Cancelled, OnProgress
from musicrec_core.errors import LibraryError
from musicrec_core.records import FoundFile, Progress, ScanReport
from musicrec_core.store.files import KnownFile, Root


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """How to scan."""

    jobs: int | None = None
    tags_only: bool = False
    retry_failed: bool = False
    cluster: str | None = None


def scan(
    context: Context,
    folders: Sequence[str],
    options: ScanOptions,
    progress: OnProgress | None,
    cancelled: Cancelled | None,
) -> ScanReport:
    """See MusicRec.scan."""
    started = time.monotonic()
    report = progress or (lambda _: None)
    stop = cancelled or (lambda: False)
    ledger = Ledger()
    for root in _roots(context, folders):
        if not stop():
            _scan_root(context, root, explicit=bool(folders), options=options, ledger=ledger,
                       report=report, stop=stop)  # fmt: skip
    if not options.tags_only and not stop():
        analysing.analyse_pending(context, options.jobs, options.cluster, ledger, report, stop)
    if not stop():
        analysing.prepare_scores(context, report)
    return ledger.report(time.monotonic() - started)


def prune(context: Context) -> int:
    """Forget missing files."""
    return context.store.files.prune()


# --- roots ---


def _roots(context: Context, folders: Sequence[str]) -> list[Root]:
    """The roots to scan: those named, else those scanned before."""
    files = context.store.files
    if not folders:
        roots = files.roots()
        if not roots:
            raise LibraryError("no folder was scanned yet: name one, as in `musicrec scan ~/Music`")
        return roots
    chosen = []
    for folder in folders:
        path = os.path.abspath(os.path.expanduser(folder))
        if not os.path.exists(path):
            raise LibraryError(f"there is no folder {path}")
        if not os.path.isdir(path):
            raise LibraryError(f"{path} is a file: name the folder that holds it")
        if not os.access(path, os.R_OK | os.X_OK):
            raise LibraryError(f"the folder {path} cannot be read: permission denied")
        chosen.append(os.fsencode(path))
    known = {root.path: root for root in files.roots()}
    return [known.get(path) or Root(0, path, online=True) for path in dict.fromkeys(chosen)]


def _scan_root(
    context: Context,
    root: Root,
    *,
    explicit: bool,
    options: ScanOptions,
    ledger: Ledger,
    report: OnProgress,
    stop: Cancelled,
) -> None:
    store = context.store
    found = _discover(root, ledger, report, stop)
    if stop():
        return
    known = _known_below(context, root)
    if not found:
        if explicit and not known:
            raise LibraryError(f"{os.fsdecode(root.path)} holds no audio file")
        # An empty mount point looks just like a drive that is away. Nothing is deleted.
        if root.id:
            store.files.set_offline(root)
        if explicit:
            raise LibraryError(
                f"{os.fsdecode(root.path)} holds no audio file any more: its {len(known)} known "
                "songs are kept as offline until it is back"
            )
        return
    root = store.files.add_root(root.path)
    elsewhere = {f.path for f in found}
    gone = [k for k in known.values() if k.found.path not in elsewhere]
    to_read, back = _settle_unchanged(context, found, known, options, ledger)
    reading.read_all(context, root, to_read, known, ledger, report, stop)
    changed = bool(to_read) or back
    if not stop():
        changed |= _mark_gone(context, gone, ledger)
    if changed:
        store.files.touch()


def _discover(root: Root, ledger: Ledger, report: OnProgress, stop: Cancelled) -> list[FoundFile]:
    from musicrec_core.library.discover import discover

    found: list[FoundFile] = []
    for file in discover([root.path], ledger.skip):
        found.append(file)
        if len(found) % 500 == 0:
            report(Progress("finding files", len(found), 0))
            if stop():
                break
    return found


def _known_below(context: Context, root: Root) -> dict[bytes, KnownFile]:
    prefix = os.path.join(root.path, b"")
    return {k.found.path: k for k in context.store.files.known() if k.found.path.startswith(prefix)}


def _settle_unchanged(
    context: Context,
    found: Sequence[FoundFile],
    known: dict[bytes, KnownFile],
    options: ScanOptions,
    ledger: Ledger,
) -> tuple[list[FoundFile], bool]:
    """Count what needs no reading; return the rest, and whether any file came back."""
    to_read, back = [], []
    for file in found:
        before = known.get(file.path)
        if before is None or before.found != file:
            to_read.append(file)
        elif before.state == "failed":
            if options.retry_failed:
                to_read.append(file)
            else:
                ledger.fail(file.path, before.reason or "could not be read")
        else:
            ledger.put(file.path, "unchanged")
            if before.state != "present":
                back.append(before.id)
    with context.store.atomic():
        context.store.files.set_state(back, "present")
    return to_read, bool(back)


def _mark_gone(context: Context, gone: Sequence[KnownFile], ledger: Ledger) -> bool:
    """Mark what is not there any more; whether anything was."""
    missing = [
        k
        for k in gone
        if k.state in ("present", "offline")
        and not ledger.was_moved(k.found.path)
        and not ledger.was_skipped(k.found.path)
    ]
    with context.store.atomic():
        context.store.files.set_state([k.id for k in missing], "missing")
        context.store.files.drop_failed([k.id for k in gone if k.state == "failed"])
    ledger.missing += len(missing)
    return bool(missing)
