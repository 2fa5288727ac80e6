"""Playlists as JSON lines, out and in."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from itertools import count
from typing import TYPE_CHECKING, Any

from musicrec_core.errors import TableError

if TYPE_CHECKING:
    from musicrec_core.store import Store
    from musicrec_core.store.playlist_records import PlaylistStatement


def as_line(playlist: PlaylistStatement) -> dict[str, object]:
    """What `export` writes of a playlist."""
    return {"type": "playlist", **asdict(playlist)}


def statement(row: Mapping[str, Any]) -> PlaylistStatement:
    """A line read back; raises TableError where it is none."""
    from musicrec_core.store.playlist_records import PlaylistStatement, StatedItem

    profile, name, items = row.get("profile"), row.get("name"), row.get("items")
    if not (isinstance(profile, str) and profile and isinstance(name, str) and name.strip()):
        raise TableError("a playlist needs a profile and a name")
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise TableError("the items of a playlist are missing or of the wrong kind")
    if not all(isinstance(item.get("identity"), str) and item["identity"] for item in items):
        raise TableError("an item of a playlist needs an identity")
    songs = tuple(
        StatedItem(
            item["identity"],
            _text(item, "path"),
            _text(item, "title"),
            _text(item, "artist"),
            guest=item.get("guest") is True,
        )
        for item in items
    )
    return PlaylistStatement(
        profile, name, _time(row.get("made_at_s")), _time(row.get("changed_at_s")), songs
    )


def take(store: Store, playlist: PlaylistStatement, present: Callable[[int], bool]) -> bool:
    """Keep a playlist from elsewhere; False where there is the very same already.

    One of that name with other songs stays as it is: the new one is kept beside it, as
    "NAME (imported)".
    """
    from musicrec_core.records import Track
    from musicrec_core.store.playlist_records import PlaylistEntry

    entries = []
    for item in playlist.items:
        track_id = store.tracks.track_of(item.identity)
        entries.append(PlaylistEntry(track_id, item.guest))
        if not present(track_id):
            with suppress(UnicodeEncodeError):  # no name that a file could have
                os.fsencode(item.path)
                title = item.title or os.path.basename(item.path)
                store.playlists.remember([Track(track_id, item.path, title, item.artist, "")])
    for number in count():
        suffix = ("", " (imported)")[number] if number < 2 else f" (imported {number})"
        name = f"{playlist.name}{suffix}"
        there = store.playlists.named(playlist.profile, name)
        if there is None:
            store.playlists.take(replace(playlist, name=name), entries)
            return True
        if store.playlists.entries(there.id) == tuple(entries):
            return False
    raise AssertionError("unreachable")


def _text(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""


def _time(value: object) -> float:
    from math import isfinite

    if isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value):
        return float(value)
    raise TableError("the times of a playlist are missing or of the wrong kind")
