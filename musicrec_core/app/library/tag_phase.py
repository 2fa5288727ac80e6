"""The tag phase of a scan: look into each file once and write down what it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TypeVar

from musicrec_core.app.context import Context
from musicrec_core.app.library import songs
from musicrec_core.app.library.look import Look
from musicrec_core.app.library.looks import Looks
from musicrec_core.app.library.roots import is_there
from musicrec_core.app.library.tally import ScanTally
from musicrec_core.app.results import Cancelled, OnProgress
from musicrec_core.records import FoundFile, Progress, Tags
from musicrec_core.store.files import KnownFile, Root
from musicrec_core.store.rows import name_of
from musicrec_core.text import year_in

T = TypeVar("T")

BATCH_FILES = 200  # one transaction; an interrupted scan loses at most this many tag readings
NS_PER_S = 1_000_000_000
UNSCANNED_NS = 1
"""The ctime of a file whose tags came from elsewhere: no file has it, so a scan reads them anew."""
FILES_FROM_ELSEWHERE = 100  # how many they are is not known before they came


@dataclass(frozen=True, slots=True)
class Reading:
    """What one look into a file gave: tags and identity, or why not."""

    found: FoundFile
    tags: Tags | None = None
    identity: str = ""
    reason: str = ""


def read_all(
    context: Context,
    to_read: Sequence[tuple[Root | None, FoundFile]],
    known: dict[bytes, KnownFile],
    ledger: ScanTally,
    report: OnProgress,
    stop: Cancelled,
) -> None:
    """Read files, each with the root it belongs to, a batch a transaction."""
    if not to_read:
        return
    lost = _lost_files(context, known)
    done = 0
    with Looks(len(to_read), stop) as looks:
        for batch in _batches(to_read, BATCH_FILES):
            found = [file for _, file in batch]
            results = looks.into([file.path for file in found])
            with context.store.atomic():
                for (root, file), result in zip(batch, results, strict=True):
                    if result is not None:
                        _settle(context, root, _reading(file, result), known, lost, ledger)
            if stop():
                return
            done += len(batch)
            report(Progress("reading tags", done, len(to_read)))


def _reading(found: FoundFile, result: Look | str) -> Reading:
    if isinstance(result, str):
        return Reading(found, reason=result)
    return Reading(found, result.tags, result.identity)


def _settle(
    context: Context,
    root: Root | None,
    reading: Reading,
    known: dict[bytes, KnownFile],
    lost: dict[str, list[KnownFile]],
    ledger: ScanTally,
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
    as_before = before is not None and _is_as_before(context, before, reading)
    _put(context, root, reading, before)
    if old:
        ledger.put(path, "moved")
    elif as_before:
        ledger.put(path, "unchanged")
    else:
        ledger.put(path, "changed" if before else "new")


def _is_as_before(context: Context, before: KnownFile, reading: Reading) -> bool:
    """Whether all that a reading told was known: the file was only touched, or read once more."""
    return (
        before.found.mtime_ns == reading.found.mtime_ns
        and before.identity == reading.identity
        and context.store.files.says(reading.found, reading.tags or Tags())
    )


def _put(context: Context, root: Root | None, reading: Reading, before: KnownFile | None) -> None:
    store = context.store
    tags = reading.tags or Tags()
    if before and before.track_id and before.identity != reading.identity:
        _keep_track(context, before, reading)
    store.files.put(root, reading.found, tags, reading.identity)


def _keep_track(context: Context, before: KnownFile, reading: Reading) -> None:
    """A file replaced by a better copy of the same song stays the same track.

    It counts as the same song when artist and title did not change, or neither was ever known and
    its length stays, and when no other file shares the track; its likes then stay with it, and its
    features are measured anew.
    """
    store = context.store
    assert before.track_id is not None
    old = store.files.tracks([before.track_id]).get(before.track_id)
    tags = reading.tags or Tags()
    before_s = old.duration_s if old else None
    same_song = (
        old is not None
        and (old.artist, old.title) == (tags.artist, tags.title or name_of(reading.found.path))
        and (bool(tags.title) or _near_length(before_s, tags.duration_s))
        and store.files.copies(before.track_id) == 1
    )
    if same_song and store.files.rekey(before.track_id, reading.identity):
        store.analysis.forget(before.track_id)


def _near_length(before_s: float | None, now_s: float | None) -> bool:
    """Whether two known lengths agree to within a second."""
    return before_s is not None and now_s is not None and abs(before_s - now_s) <= 1.0


def _lost_files(context: Context, known: dict[bytes, KnownFile]) -> dict[str, list[KnownFile]]:
    """Known files by identity whose path is gone while their root is not merely away.

    An empty folder is where a drive will be mounted again; one that is gone was moved or renamed.
    """
    away = tuple(
        os.path.join(root.path, b"")
        for root in context.store.files.roots()
        if os.path.lexists(root.path) and not is_there(root)
    )
    lost: dict[str, list[KnownFile]] = {}
    for path, file in known.items():
        if file.identity and not path.startswith(away) and not os.path.lexists(path):
            lost.setdefault(file.identity, []).append(file)
    return lost


def _moved_from(lost: dict[str, list[KnownFile]], identity: str, path: bytes) -> KnownFile | None:
    """Take the lost file with this identity, one of the same name first."""
    candidates = lost.get(identity)
    if not candidates:
        return None
    name = os.path.basename(path)
    best = max(candidates, key=lambda k: os.path.basename(k.found.path) == name)
    candidates.remove(best)
    return best


def _batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch


def add_from_tags(context: Context, items: Iterable[tuple[str, Tags]]) -> int:
    """Take files with tags read elsewhere; returns how many were new or changed."""
    known = {k.found.path: k for k in context.store.files.known()}
    taken = 0
    with Looks(FILES_FROM_ELSEWHERE) as looks:
        for batch in _batches(items, BATCH_FILES):
            new = _take(context, batch, known, looks)
            taken += new
    songs.describe_pending(context)
    return taken


def take_library(
    context: Context, mtimes_s: Mapping[str, int], tags_of: Callable[[str], Tags]
) -> dict[str, int]:
    """See MusicRec.take_library."""
    known = _present(context)
    stale = [
        path
        for path, mtime_s in mtimes_s.items()
        if path not in known or mtime_s not in (0, known[path].found.mtime_ns // NS_PER_S)
    ]
    _let_go(
        context,
        [k for path, k in known.items() if path not in mtimes_s and k.root_id is None],
    )
    if stale:
        add_from_tags(context, ((path, tags_of(path)) for path in stale))
        known = _present(context)
    ids = ((path, known[path].track_id) for path in mtimes_s if path in known)
    return {path: track_id for path, track_id in ids if track_id is not None}


def _present(context: Context) -> dict[str, KnownFile]:
    files = context.store.files.known()
    return {os.fsdecode(k.found.path): k for k in files if k.state == "present"}


def _let_go(context: Context, files: Iterable[KnownFile]) -> None:
    """No scan looks after these: mark those that are gone as missing."""
    gone = [k.id for k in files if not os.path.lexists(k.found.path)]
    if gone:
        with context.store.atomic():
            context.store.files.set_state(gone, "missing")
            context.store.files.touch()


def _take(
    context: Context,
    batch: Sequence[tuple[str, Tags]],
    known: dict[bytes, KnownFile],
    looks: Looks,
) -> int:
    """How many files of a batch were new or changed."""
    wanted = []
    for path, tags in batch:
        found = _stat(os.fsencode(os.path.abspath(path)))
        found = replace(found, ctime_ns=0) if found else None  # only a scan goes by it
        before = known.get(found.path) if found else None
        there = before is not None and before.state in ("present", "failed")
        if found and not (there and before is not None and before.found.same_as(found)):
            wanted.append((replace(found, ctime_ns=UNSCANNED_NS), tags, before))
    results = looks.into([found.path for found, _, _ in wanted])
    new = 0
    with context.store.atomic():
        for (found, tags, before), result in zip(wanted, results, strict=True):
            if result is None or isinstance(result, str):
                continue  # the next scan of its folder says why
            tags = replace(tags, year=year_in(str(tags.year or "")))
            _put(context, None, Reading(found, tags, result.identity), before)
            new += 1
        if new:
            context.store.files.touch()
    return new


def _stat(path: bytes) -> FoundFile | None:
    try:
        return FoundFile.of(path, os.stat(path))
    except OSError:
        return None
