"""The tag phase of a scan: look into each file once and write down what it is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from musicrec_core.app.context import Context
from musicrec_core.app.library.look import Look
from musicrec_core.app.library.looks import Looks
from musicrec_core.app.library.roots import is_there
from musicrec_core.app.library.tally import ScanTally
from musicrec_core.app.results import Cancelled, OnProgress
from musicrec_core.records import FoundFile, Progress, Tags
from musicrec_core.store.library.files import KnownFile
from musicrec_core.store.library.roots import Root
from musicrec_core.store.library.rows import name_of

T = TypeVar("T")

BATCH_FILES = 200  # one transaction; an interrupted scan loses at most this many tag readings


@dataclass(frozen=True, slots=True)
class Reading:
    """What one look into a file gave: tags and identity, or why not."""

    file: FoundFile
    tags: Tags | None = None
    identity: str = ""
    reason: str = ""


def read_all(
    context: Context,
    to_read: Sequence[tuple[Root | None, FoundFile]],
    files_by_path: dict[bytes, KnownFile],
    tally: ScanTally,
    report: OnProgress,
    stop: Cancelled,
) -> None:
    """Read files, each with the root it belongs to, a batch a transaction."""
    if not to_read:
        return
    lost = _lost_files(context, files_by_path)
    done = 0
    with Looks(len(to_read), stop) as looks:
        for batch in batches(to_read, BATCH_FILES):
            files = [file for _, file in batch]
            results = looks.into([file.path for file in files])
            with context.store.atomic():
                for (root, file), result in zip(batch, results, strict=True):
                    if result is not None:
                        _settle(context, root, _reading(file, result), files_by_path, lost, tally)
            if stop():
                return
            done += len(batch)
            report(Progress("reading tags", done, len(to_read)))


def _reading(file: FoundFile, result: Look | str) -> Reading:
    if isinstance(result, str):
        return Reading(file, reason=result)
    return Reading(file, result.tags, result.identity)


def _settle(
    context: Context,
    root: Root | None,
    reading: Reading,
    files_by_path: dict[bytes, KnownFile],
    lost: dict[str, list[KnownFile]],
    tally: ScanTally,
) -> None:
    """Write one reading down as failed, moved, changed or new."""
    files = context.store.files
    path = reading.file.path
    if reading.tags is None:
        files.put_failed(root, reading.file, reading.reason)
        tally.fail(path, reading.reason)
        return
    before = files_by_path.get(path)
    old = _moved_from(lost, reading.identity, path) if before is None else None
    if old:
        files.move(old.id, root, reading.file)
        tally.moved_from(old.file.path)
    as_before = before is not None and _is_as_before(context, before, reading)
    write_reading(context, root, reading, before)
    if old:
        tally.put(path, "moved")
    elif as_before:
        tally.put(path, "unchanged")
    else:
        tally.put(path, "changed" if before else "new")


def _is_as_before(context: Context, before: KnownFile, reading: Reading) -> bool:
    """Whether all that a reading told was known: the file was only touched, or read once more."""
    return (
        before.file.mtime_ns == reading.file.mtime_ns
        and before.identity == reading.identity
        and context.store.files.says(reading.file, reading.tags or Tags())
    )


def write_reading(
    context: Context, root: Root | None, reading: Reading, before: KnownFile | None
) -> None:
    """Put a readable file, in place of what its path held before if anything."""
    store = context.store
    tags = reading.tags or Tags()
    if before and before.track_id and before.identity != reading.identity:
        _keep_track(context, before, reading)
    store.files.put(root, reading.file, tags, reading.identity)


def _keep_track(context: Context, before: KnownFile, reading: Reading) -> None:
    """A file replaced by a better copy of the same song stays the same track.

    It counts as the same song when artist and title did not change, or neither was ever known and
    its length stays, and when no other file shares the track; its likes then stay with it, and its
    features are measured anew.
    """
    store = context.store
    assert before.track_id is not None
    old = store.tracks.by_id([before.track_id]).get(before.track_id)
    tags = reading.tags or Tags()
    before_s = old.duration_s if old else None
    same_song = (
        old is not None
        and (old.artist, old.title) == (tags.artist, tags.title or name_of(reading.file.path))
        and (bool(tags.title) or _near_length(before_s, tags.duration_s))
        and store.tracks.copies(before.track_id) == 1
    )
    if same_song and store.tracks.rekey(before.track_id, reading.identity):
        store.analysis.forget(before.track_id)


def _near_length(before_s: float | None, now_s: float | None) -> bool:
    """Whether two known lengths agree to within a second."""
    return before_s is not None and now_s is not None and abs(before_s - now_s) <= 1.0


def _lost_files(
    context: Context, files_by_path: dict[bytes, KnownFile]
) -> dict[str, list[KnownFile]]:
    """Known files by identity whose path is gone while their root is not merely away.

    An empty folder is where a drive will be mounted again; one that is gone was moved or renamed.
    """
    away = tuple(
        os.path.join(root.path, b"")
        for root in context.store.roots.all()
        if os.path.lexists(root.path) and not is_there(root)
    )
    lost: dict[str, list[KnownFile]] = {}
    for path, file in files_by_path.items():
        if file.identity and not path.startswith(away) and not os.path.lexists(path):
            lost.setdefault(file.identity, []).append(file)
    return lost


def _moved_from(lost: dict[str, list[KnownFile]], identity: str, path: bytes) -> KnownFile | None:
    """Take the lost file with this identity, one of the same name first."""
    candidates = lost.get(identity)
    if not candidates:
        return None
    name = os.path.basename(path)
    best = max(candidates, key=lambda k: os.path.basename(k.file.path) == name)
    candidates.remove(best)
    return best


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of at most `size`, as they come."""
    rest = iter(items)
    while batch := list(islice(rest, size)):
        yield batch
