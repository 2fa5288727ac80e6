"""Scan: find files, read tags, then listen, each phase resumable on its own."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from musicrec_core.app import analysing
from musicrec_core.app.context import Context
from musicrec_core.app.ledger import Ledger
from musicrec_core.app.results import Cancelled, OnProgress
from musicrec_core.errors import LibraryError, UnreadableFileError
from musicrec_core.records import FoundFile, Progress, ScanReport, Tags
from musicrec_core.store.files import KnownFile, Root

T = TypeVar("T")

BATCH_FILES = 200  # one transaction; an interrupted scan loses at most this many tag readings
READERS = 4  # threads: reading tags waits for the disk more than for the processor


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """How to scan."""

    jobs: int | None = None
    tags_only: bool = False
    retry_failed: bool = False
    cluster: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one look into a file gave: tags and identity, or why not."""

    found: FoundFile
    tags: Tags | None = None
    identity: str = ""
    reason: str = ""


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
        analysing.analyse_pending(context, options, ledger, report, stop)
    if not stop():
        analysing.prepare_scores(context, report)
    return ledger.report(time.monotonic() - started)


def prune(context: Context) -> int:
    """Forget missing files."""
    return context.store.files.prune()


def add_from_tags(context: Context, items: Iterable[tuple[str, Tags]]) -> int:
    """Take files with tags read elsewhere; returns how many were new or changed."""
    known = {k.found.path: k for k in context.store.files.known()}
    taken = 0
    for batch in _batches(items, BATCH_FILES):
        with context.store.atomic():
            for path, tags in batch:
                taken += _take(context, os.path.abspath(path), tags, known)
            context.store.files.touch()
    return taken


def _take(context: Context, path: str, tags: Tags, known: dict[bytes, KnownFile]) -> bool:
    from musicrec_core.audio.identity import identify

    raw = os.fsencode(path)
    try:
        stat = os.stat(raw)
        found = FoundFile(raw, stat.st_size, stat.st_mtime_ns)
        before = known.get(raw)
        if before and before.found == found and before.state in ("present", "failed"):
            return False
        identity = identify(path).digest
    except (OSError, UnreadableFileError):
        return False  # the next scan of its folder says why
    _put(context, None, Reading(found, tags, identity), before)
    return True


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
    found = _discover(root, report, stop)
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
    to_read = _settle_unchanged(context, found, known, options, ledger)
    _read_all(context, root, to_read, known, ledger, report, stop)
    if not stop():
        _mark_gone(context, gone, ledger)
    store.files.touch()


def _discover(root: Root, report: OnProgress, stop: Cancelled) -> list[FoundFile]:
    from musicrec_core.library.discover import discover

    found: list[FoundFile] = []
    for file in discover([root.path]):
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
) -> list[FoundFile]:
    """Count what needs no reading; return the rest."""
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
    return to_read


# --- tags ---


def _read_all(
    context: Context,
    root: Root,
    to_read: Sequence[FoundFile],
    known: dict[bytes, KnownFile],
    ledger: Ledger,
    report: OnProgress,
    stop: Cancelled,
) -> None:
    lost = _lost_files(context) if to_read else {}
    done = 0
    with ThreadPoolExecutor(READERS) as readers:
        for batch in _batches(to_read, BATCH_FILES):
            if stop():
                return
            readings = list(readers.map(_read, batch))
            with context.store.atomic():
                for reading in readings:
                    _settle(context, root, reading, known, lost, ledger)
            done += len(batch)
            report(Progress("reading tags", done, len(to_read)))


def _read(found: FoundFile) -> Reading:
    from musicrec_core.audio.identity import identify
    from musicrec_core.library.tags import read_tags

    path = os.fsdecode(found.path)
    try:
        identity = identify(path)
        tags = read_tags(path)
    except UnreadableFileError as error:
        return Reading(found, reason=error.reason)
    return Reading(found, tags, identity.digest)


def _settle(
    context: Context,
    root: Root,
    reading: Reading,
    known: dict[bytes, KnownFile],
    lost: dict[str, list[KnownFile]],
    ledger: Ledger,
) -> None:
    """Write one reading down as failed, moved, changed or new."""
    files = context.store.files
    path = reading.found.path
    if reading.tags is None:
        files.put_failed(root, reading.found, reading.reason)
        ledger.fail(path, reading.reason)
        return
    before = known.get(path)
    old = _moved_from(lost, reading.identity, path) if before is None else None
    if old:
        files.move(old.id, root, reading.found)
        ledger.moved_from(old.found.path)
    _put(context, root, reading, before)
    ledger.put(path, "moved" if old else "changed" if before else "new")


def _put(context: Context, root: Root | None, reading: Reading, before: KnownFile | None) -> None:
    store = context.store
    tags = reading.tags or Tags()
    if before and before.track_id and before.identity != reading.identity:
        _keep_track(context, before, reading)
    track_id = store.files.put(root, reading.found, tags, reading.identity)
    if tags.rating is not None and not store.feedback.sources_of([track_id], "file"):
        store.feedback.add(
            context.profile, track_id, "rating",
            value=min(max(tags.rating, 1.0), 5.0),
            at_s=reading.found.mtime_ns / 1e9, source="file",
        )  # fmt: skip


def _keep_track(context: Context, before: KnownFile, reading: Reading) -> None:
    """A file replaced by a better copy of the same song stays the same track.

    It counts as the same song when artist and title did not change and no other file shares
    the track; its likes then stay with it, and its features are measured anew.
    """
    store = context.store
    assert before.track_id is not None
    old = store.files.tracks([before.track_id]).get(before.track_id)
    tags = reading.tags or Tags()
    same_song = (
        old is not None
        and (old.artist, old.title) == (tags.artist, tags.title)
        and bool(tags.title)
        and store.files.copies(before.track_id) == 1
    )
    if same_song and store.files.rekey(before.track_id, reading.identity):
        store.analysis.forget(before.track_id)


def _lost_files(context: Context) -> dict[str, list[KnownFile]]:
    """Known files by identity whose path is gone while their root is there."""
    away = tuple(os.path.join(r.path, b"") for r in context.store.files.roots() if not _online(r))
    lost: dict[str, list[KnownFile]] = {}
    for known in context.store.files.known():
        path = known.found.path
        if known.identity and not path.startswith(away) and not os.path.lexists(path):
            lost.setdefault(known.identity, []).append(known)
    return lost


def _online(root: Root) -> bool:
    try:
        with os.scandir(root.path) as entries:
            return next(entries, None) is not None
    except OSError:
        return False


def _moved_from(lost: dict[str, list[KnownFile]], identity: str, path: bytes) -> KnownFile | None:
    """Take the lost file with this identity, one of the same name first."""
    candidates = lost.get(identity)
    if not candidates:
        return None
    name = os.path.basename(path)
    best = max(candidates, key=lambda k: os.path.basename(k.found.path) == name)
    candidates.remove(best)
    return best


def _mark_gone(context: Context, gone: Sequence[KnownFile], ledger: Ledger) -> None:
    missing = [k for k in gone if k.state != "failed" and not ledger.was_moved(k.found.path)]
    with context.store.atomic():
        context.store.files.set_state([k.id for k in missing], "missing")
        context.store.files.drop_failed([k.id for k in gone if k.state == "failed"])
    ledger.missing += len(missing)


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
