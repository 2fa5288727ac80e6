"""A saved list made anew: the same songs all day, others the next, its file rewritten in place."""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TypeAlias

from musicrec_core.app.context import Context
from musicrec_core.app.lists import guard_settings, recommend
from musicrec_core.app.lists.guards import may_be_shown
from musicrec_core.app.lists.person import Person
from musicrec_core.app.lists.request import ListRequest
from musicrec_core.app.notices import Notice
from musicrec_core.app.playlists import files
from musicrec_core.app.saved_lists import request_json, saved
from musicrec_core.app.saved_lists.records import RefreshedList
from musicrec_core.errors import MusicRecError
from musicrec_core.records import Track
from musicrec_core.store.saved_lists import StoredList

_Chosen: TypeAlias = "tuple[tuple[int, ...], tuple[Notice, ...]]"
"""Track ids in their order, and what to tell of them."""


def songs(context: Context, name: str, *, again: bool = False) -> RefreshedList:
    """The songs of today, chosen now where they were not yet; the file is left as it is."""
    return _songs(context, saved.find(context, name), again=again)


def refresh(context: Context, name: str, *, again: bool = False) -> RefreshedList:
    """The songs of today, and the file rewritten where it says otherwise.

    again: other songs, though some were chosen today already. A file that somebody edited since
    it was written is kept beside the new one. Raises MusicRecError.
    """
    stored = saved.find(context, name)
    if stored.file is not None:
        files.check_target(Path(stored.file))
    made = _songs(context, stored, again=again)
    return made if stored.file is None else _written(context, stored.name, made)


def _songs(context: Context, stored: StoredList, *, again: bool) -> RefreshedList:
    today = time.strftime("%Y-%m-%d", time.localtime(context.now_s()))
    chosen_now = again or stored.day != today
    request = request_json.from_json(stored.request)
    choose = _anew if chosen_now else _of_today
    ids, notices = choose(context, request, stored.track_ids)
    if chosen_now or ids != stored.track_ids:
        with context.store.atomic():
            context.store.saved_lists.put(replace(stored, day=today, track_ids=ids))
    return RefreshedList(
        stored.name, _tracks(context, ids), chosen_now, stored.file, notices=notices
    )


def _of_today(context: Context, request: ListRequest, chosen: tuple[int, ...]) -> _Chosen:
    """The songs as they were chosen, others in place of those that are not wanted any more."""
    kept = _still_wanted(context, request, chosen)
    gone = len(chosen) - len(kept)
    if not gone or request.kind == "journey":
        return kept, ()
    more, notices = _chosen(context, replace(request, count=gone), set(kept), set())
    return (*kept, *more), notices


def _anew(context: Context, request: ListRequest, before: tuple[int, ...]) -> _Chosen:
    """Other songs than before; a journey is the same path until something changes."""
    if request.kind == "journey":
        made = recommend.recommend(context, request)
        return tuple(pick.track.id for pick in made.picks), made.notices
    return _chosen(context, request, set(), set(before))


def _chosen(context: Context, request: ListRequest, kept: set[int], before: set[int]) -> _Chosen:
    """Songs for a request, none of those kept, and of those of last time only to fill up."""
    request = replace(request, any_time=True)  # a list of the day, at whatever hour it is made
    pool = context.store.tracks.present_ids() if request.within is None else request.within
    first = recommend.recommend(context, replace(request, within=frozenset(pool - kept - before)))
    ids = tuple(pick.track.id for pick in first.picks)
    missing = request.count - len(ids)
    if not missing or not before & pool:
        return ids, first.notices
    rest = replace(request, count=missing, within=frozenset((before & pool) - kept - set(ids)))
    second = recommend.recommend(context, rest)
    ids = (*ids, *(pick.track.id for pick in second.picks))
    notices = tuple(n for n in first.notices if n.code != "few-fit")
    if len(ids) < request.count:
        notices = (*notices, Notice("few-fit", {"count": len(ids), "why": ""}))
    return ids, notices


def _still_wanted(
    context: Context, request: ListRequest, track_ids: tuple[int, ...]
) -> tuple[int, ...]:
    """Without what was disliked, banned or lost since the songs were chosen."""
    person = Person.now(context)
    may = may_be_shown(person, guard_settings.active(context), request)
    rows = person.catalogue.row_of(track_ids)
    return tuple(id_ for id_ in track_ids if id_ in rows and may[rows[id_]])


def _tracks(context: Context, ids: tuple[int, ...]) -> tuple[Track, ...]:
    tracks = context.store.tracks.by_id(ids)
    return tuple(recommend.where_it_is(context, tracks[id_]) for id_ in ids)


def _written(context: Context, name: str, made: RefreshedList) -> RefreshedList:
    """Rewrite the file, unless it says the same already."""
    stored = saved.find(context, name)
    assert stored.file is not None
    file = Path(stored.file)
    folder = file.parent if stored.relative else None
    content = files.written(made.tracks, stored.name, folder, file.suffix).content
    there = _content(file)
    if there == content:
        written, copy = False, None
    else:
        edited = there is not None and _digest(there) != stored.written
        copy = _set_aside(context, file, there) if edited and there else None
        files.put(file, content)
        written = True
    with context.store.atomic():
        context.store.saved_lists.put(replace(stored, written=_digest(content)))
    return replace(made, written=written, kept_copy=None if copy is None else str(copy))


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise MusicRecError(f"cannot read {file}: {error.strerror}") from error


def _set_aside(context: Context, file: Path, content: bytes) -> Path:
    """Keep what somebody made of the file beside it, under a name of its own."""
    day = time.strftime("%Y-%m-%d", time.localtime(context.now_s()))
    for number in count(1):
        again = f" {number}" if number > 1 else ""
        copy = file.with_name(f"{file.stem} (edited {day}{again}){file.suffix}")
        if not os.path.lexists(copy):
            files.put(copy, content)
            return copy
    raise AssertionError("unreachable")


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
