"""Scan: find files, read tags, then listen, each phase resumable on its own."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass

from musicrec_core import paths
from musicrec_core.app.context import Context
from musicrec_core.app.library import analyse, exclusions, file_ratings, tag_phase
from musicrec_core.app.library.roots import Roots, is_there, known_root
from musicrec_core.app.library.tally import ScanTally
from musicrec_core.app.results import Cancelled, OnProgress
from musicrec_core.app.scores import songs
from musicrec_core.errors import LibraryError
from musicrec_core.records import FoundFile, Progress, ScanReport
from musicrec_core.store.library.files import KnownFile
from musicrec_core.store.library.roots import Root
from musicrec_core.store.lock import only_one

BUSY = "a scan of this library is running already: wait for it, or stop it first"


@dataclass(frozen=True, slots=True)
class ScanOptions:
    """How to scan."""

    jobs: int | None = None
    tags_only: bool = False
    retry_failed: bool = False
    cluster: str | None = None
    again: bool = False
    """Read the tags of every file, changed or not."""
    exclude: Sequence[str] = ()
    include: Sequence[str] = ()
    """Patterns to leave out from now on, and those to leave out no more."""


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
    tally = ScanTally()
    if options.cluster and not options.tags_only:
        from musicrec_core.audio.parallel import reach

        reach(options.cluster)  # before anything is written down
    roots = Roots.of(context, folders)
    with only_one(paths.scan_lock(context.home), BUSY):
        _look(context, roots, options, tally, report, stop)
        if not options.tags_only and not stop():
            analyse.analyse_pending(context, options.jobs, options.cluster, tally, report, stop)
        if not stop():
            analyse.prepare_scores(context, report)
    return tally.report(time.monotonic() - started)


def prune(context: Context) -> int:
    """Forget missing files."""
    return context.store.files.prune()


def forget_root(context: Context, folder: str) -> int:
    """See MusicRec.forget_folder."""
    return context.store.roots.forget(known_root(context, folder))


def files_under(context: Context, folder: str) -> int:
    """See MusicRec.files_under."""
    return context.store.roots.count_files(known_root(context, folder))


def _look(
    context: Context,
    roots: Roots,
    options: ScanOptions,
    tally: ScanTally,
    report: OnProgress,
    stop: Cancelled,
) -> None:
    """Find the files, read the tags of those that are new or changed, mark those that are gone."""
    left_out = exclusions.remembered(context, options.exclude, options.include)
    files = _discover(roots, left_out, tally, report, stop)
    if stop():
        return
    files_by_path = {k.file.path: k for k in context.store.files.stored()}
    here = _those_there(context, roots, files, files_by_path)
    online = {root.path: context.store.roots.add(root.path) for root in here}
    owners = {f.path: roots.owner(f.path) or b"" for f in files}
    gone = [
        k for path, k in files_by_path.items() if path not in owners and roots.owner(path) in online
    ]
    to_read, back = _settle_unchanged(context, files, files_by_path, options, tally)
    owned = [(online.get(owners[f.path]), f) for f in to_read]
    tag_phase.read_all(context, owned, files_by_path, tally, report, stop)
    file_ratings.take_all(context, read=bool(to_read))
    songs.describe_pending(context)
    _forget_moved_roots(context, tally)
    changed = bool(to_read) or back
    if not stop():
        changed |= _mark_gone(context, gone, tally)
    if changed:
        context.store.counters.touch()


def _forget_moved_roots(context: Context, tally: ScanTally) -> None:
    """A folder that is gone and all of whose files were found elsewhere has another name now."""
    if not tally.any_moved:
        return
    roots = context.store.roots
    for root in roots.all():
        if not os.path.lexists(root.path) and not roots.count_files(root):
            roots.forget(root)


def _discover(
    roots: Roots, patterns: Sequence[str], tally: ScanTally, report: OnProgress, stop: Cancelled
) -> list[FoundFile]:
    from musicrec_core.library.discover import discover

    files: list[FoundFile] = []
    paths = [root.path for root in roots.scanned]
    for file in discover(paths, tally.skip, tally.leave_out, patterns):
        files.append(file)
        if len(files) % 500 == 0:
            report(Progress("finding files", len(files), 0))
            if stop():
                break
    return files


def _those_there(
    context: Context,
    roots: Roots,
    files: Sequence[FoundFile],
    files_by_path: dict[bytes, KnownFile],
) -> list[Root]:
    """The scanned roots whose drive is there; the files of the others wait, nothing is lost.

    Raises LibraryError for a named folder without music, and when no folder is there at all.
    """
    with_music = {root.path for root in roots.scanned if _holds_any(root, files)}
    away, here = [], []
    for root in roots.scanned:
        had = any(roots.owner(path) == root.path for path in files_by_path)
        if root.path in with_music or (had and is_there(root)):
            here.append(root)
        elif had:
            context.store.roots.set_offline(root)
            away.append(os.fsdecode(root.path))
        elif roots.explicit:
            raise LibraryError(f"{os.fsdecode(root.path)} holds no audio file")
    if away and (roots.explicit or not here):
        raise LibraryError(
            f"{', '.join(away)}: no audio file is there any more; the known songs are kept as "
            "offline until it is back"
        )
    return here


def _holds_any(root: Root, files: Sequence[FoundFile]) -> bool:
    below = os.path.join(root.path, b"")
    return any(file.path.startswith(below) for file in files)


def _settle_unchanged(
    context: Context,
    files: Sequence[FoundFile],
    files_by_path: dict[bytes, KnownFile],
    options: ScanOptions,
    tally: ScanTally,
) -> tuple[list[FoundFile], bool]:
    """Count what needs no reading; return the rest, and whether any file came back."""
    to_read, back, without_ctime = [], [], []
    for file in files:
        before = files_by_path.get(file.path)
        if before is None or before.root_id is None or not before.file.same_as(file):
            to_read.append(file)
        elif before.state == "failed":
            if options.retry_failed:
                to_read.append(file)
            else:
                tally.fail(file.path, before.reason or "could not be read")
        elif options.again:
            to_read.append(file)
        else:
            tally.put(file.path, "unchanged")
            if before.state != "present":
                back.append(before.id)
            if file.ctime_ns and not before.file.ctime_ns:
                without_ctime.append((before.id, file))
    with context.store.atomic():
        context.store.files.set_state(back, "present")
        context.store.files.set_ctimes(without_ctime)
    return to_read, bool(back)


def _mark_gone(context: Context, gone: Sequence[KnownFile], tally: ScanTally) -> bool:
    """Mark what is not there any more; whether anything was."""
    missing = [
        k
        for k in gone
        if k.state in ("present", "offline")
        and not tally.was_moved(k.file.path)
        and not tally.was_skipped(k.file.path)
    ]
    with context.store.atomic():
        context.store.files.set_state([k.id for k in missing], "missing")
        context.store.files.drop_failed([k.id for k in gone if k.state == "failed"])
    tally.missing += len(missing)
    return bool(missing)
