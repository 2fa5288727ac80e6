"""Which lists are saved: save, find, delete."""

from __future__ import annotations

import os
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from musicrec_core.app.context import Context
from musicrec_core.app.library import query
from musicrec_core.app.lists import rules
from musicrec_core.app.lists.request import ListRequest
from musicrec_core.app.playlists import files
from musicrec_core.app.playlists.lookup import checked_name
from musicrec_core.app.saved_lists import request_json
from musicrec_core.app.saved_lists.records import SavedList
from musicrec_core.errors import MusicRecError, QueryError
from musicrec_core.store.playlist_records import folded_name
from musicrec_core.store.saved_lists import StoredList


def save(
    context: Context, name: str, request: ListRequest, file: Path | None, relative: bool
) -> SavedList:
    """Keep a request, in place of one of that name. Raises MusicRecError where it means nothing."""
    rules.parse(request.where)
    request = replace(request, seeds=_rooted(request.seeds), unlike=_rooted(request.unlike))
    for seed in (*request.seeds, *request.unlike):
        query.many(context, seed)
    if file is not None:
        files.check_target(file)
        _refuse_shared(context, name, file)
    path = None if file is None else os.path.abspath(file)
    recipe = request_json.as_json(request)
    before = context.store.saved_lists.named(context.profile, name)
    stored = StoredList(context.profile, checked_name(name), recipe, path, relative)
    if before is not None and before.file == path:  # so that an edit of the file is still seen
        stored = replace(stored, written=before.written, track_ids=before.track_ids)
    with context.store.atomic():
        context.store.saved_lists.put(stored)
    return shown(stored)


def every(context: Context) -> list[SavedList]:
    """All saved lists of this profile, by name."""
    return [shown(stored) for stored in context.store.saved_lists.all(context.profile)]


def find(context: Context, name: str) -> StoredList:
    """The list of that name; QueryError with those of similar names where there is none."""
    stored = context.store.saved_lists.named(context.profile, name)
    if stored is not None:
        return stored
    names = [saved.name for saved in context.store.saved_lists.all(context.profile)]
    by_folded = {folded_name(each): each for each in names}
    near = [by_folded[f] for f in get_close_matches(folded_name(name), by_folded, cutoff=0.6)]
    hint = (
        "did you mean one of these?" if near
        else "there are these:" if names
        else "there is none yet: `musicrec lists save NAME`"
    )  # fmt: skip
    raise QueryError(f"no list is saved as {name!r}; {hint}", near or names)


def delete(context: Context, name: str) -> SavedList:
    """Forget a list; the file that it wrote stays."""
    stored = find(context, name)
    with context.store.atomic():
        context.store.saved_lists.delete(context.profile, stored.name)
    return shown(stored)


def shown(stored: StoredList) -> SavedList:
    """As front ends see it."""
    return SavedList(
        stored.name, request_json.from_json(stored.request), stored.request, stored.file,
        stored.relative, stored.day, len(stored.track_ids),
    )  # fmt: skip


def _rooted(queries: tuple[str, ...]) -> tuple[str, ...]:
    """Paths made whole: a list is made anew in another folder than it was saved in."""
    return tuple(
        os.path.abspath(path) if os.path.lexists(path) else query
        for query in queries
        for path in (os.path.expanduser(query),)
    )


def _refuse_shared(context: Context, name: str, file: Path) -> None:
    """Two lists that write one file would each take the other's for an edit."""
    path = os.path.realpath(file)
    for other in context.store.saved_lists.all():
        same = (other.profile, folded_name(other.name)) == (context.profile, folded_name(name))
        if other.file and os.path.realpath(other.file) == path and not same:
            raise MusicRecError(f"{file} is written by the list {other.name} already")
