"""Files whose tags were read elsewhere (beets): taken into the library without a scan."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from musicrec_core.app.context import Context
from musicrec_core.app.library.looks import Looks
from musicrec_core.app.library.tag_phase import BATCH_FILES, Reading, batches, write_reading
from musicrec_core.app.scores import songs
from musicrec_core.records import FoundFile, Tags
from musicrec_core.store.library.files import KnownFile
from musicrec_core.text import year_in

NS_PER_S = 1_000_000_000
UNSCANNED_NS = 1
"""The ctime of a file whose tags came from elsewhere: no file has it, so a scan reads them anew."""
FILES_FROM_ELSEWHERE = 100  # how many they are is not known before they came


def add_from_tags(context: Context, items: Iterable[tuple[str, Tags]]) -> int:
    """Take files with tags read elsewhere; returns how many were new or changed."""
    files_by_path = {k.file.path: k for k in context.store.files.stored()}
    taken = 0
    with Looks(FILES_FROM_ELSEWHERE) as looks:
        for batch in batches(items, BATCH_FILES):
            new = _take(context, batch, files_by_path, looks)
            taken += new
    songs.describe_pending(context)
    return taken


def take_library(
    context: Context, mtimes_s: Mapping[str, int], tags_of: Callable[[str], Tags]
) -> dict[str, int]:
    """See MusicRec.take_library."""
    files_by_path = _present(context)
    stale = [
        path
        for path, mtime_s in mtimes_s.items()
        if path not in files_by_path
        or mtime_s not in (0, files_by_path[path].file.mtime_ns // NS_PER_S)
    ]
    _let_go(
        context,
        [k for path, k in files_by_path.items() if path not in mtimes_s and k.root_id is None],
    )
    if stale:
        add_from_tags(context, ((path, tags_of(path)) for path in stale))
        files_by_path = _present(context)
    ids = ((path, files_by_path[path].track_id) for path in mtimes_s if path in files_by_path)
    return {path: track_id for path, track_id in ids if track_id is not None}


def _present(context: Context) -> dict[str, KnownFile]:
    files = context.store.files.stored()
    return {os.fsdecode(k.file.path): k for k in files if k.state == "present"}


def _let_go(context: Context, files: Iterable[KnownFile]) -> None:
    """No scan looks after these: mark those that are gone as missing."""
    gone = [k.id for k in files if not os.path.lexists(k.file.path)]
    if gone:
        with context.store.atomic():
            context.store.files.set_state(gone, "missing")
            context.store.counters.touch()


def _take(
    context: Context,
    batch: Sequence[tuple[str, Tags]],
    files_by_path: dict[bytes, KnownFile],
    looks: Looks,
) -> int:
    """How many files of a batch were new or changed."""
    from musicrec_core.library.genres import genres

    wanted = []
    for path, tags in batch:
        file = _stat(os.fsencode(os.path.abspath(path)))
        file = replace(file, ctime_ns=0) if file else None  # only a scan goes by it
        before = files_by_path.get(file.path) if file else None
        there = before is not None and before.state in ("present", "failed")
        if file and not (there and before is not None and before.file.same_as(file)):
            wanted.append((replace(file, ctime_ns=UNSCANNED_NS), tags, before))
    results = looks.into([file.path for file, _, _ in wanted])
    new = 0
    with context.store.atomic():
        for (file, tags, before), result in zip(wanted, results, strict=True):
            if result is None or isinstance(result, str):
                continue  # the next scan of its folder says why
            year = year_in(str(tags.year or ""))
            tags = replace(tags, year=year, genres=genres(tags.genres))
            write_reading(context, None, Reading(file, tags, result.identity), before)
            new += 1
        if new:
            context.store.counters.touch()
    return new


def _stat(path: bytes) -> FoundFile | None:
    try:
        return FoundFile.of(path, os.stat(path))
    except OSError:
        return None
