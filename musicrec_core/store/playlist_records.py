"""Playlists, their changes and items as the database keeps them, and as exports state them."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from musicrec_core.folding import plain_letters
from musicrec_core.ordered import Splice

_FILE = "FROM files WHERE files.track_id = i.track_id ORDER BY state = 'present' DESC LIMIT 1"
_SONG = "FROM playlist_songs AS s WHERE s.track_id = i.track_id"


STATED_ITEMS = (
    f"SELECT identity, coalesce((SELECT path {_FILE}), (SELECT path {_SONG}), x''), "
    f"coalesce((SELECT title {_FILE}), (SELECT title {_SONG}), ''), "
    f"coalesce((SELECT artist {_FILE}), (SELECT artist {_SONG}), ''), guest "
    "FROM playlist_items AS i JOIN tracks ON tracks.id = i.track_id "
    "WHERE playlist_id = ? ORDER BY position"
)


@dataclass(frozen=True, slots=True)
class PlaylistEntry:
    """A recording at a place of a playlist; a guest waits to be accepted."""

    track_id: int
    guest: bool = False


@dataclass(frozen=True, slots=True)
class StoredPlaylist:
    """A playlist without its songs."""

    id: int
    profile: str
    name: str
    made_at_s: float
    changed_at_s: float


@dataclass(frozen=True, slots=True)
class PlaylistCounts:
    """How much a playlist holds; a length that is unknown counts nothing."""

    songs: int = 0
    present: int = 0
    guests: int = 0
    duration_s: float = 0.0


@dataclass(frozen=True, slots=True)
class StoredChange:
    """One line of the journal. A name is None where there was, or is, no playlist."""

    id: int
    playlist_id: int
    kind: str
    text: str
    at_s: float
    name_before: str | None
    name_after: str | None
    splice: Splice[PlaylistEntry]


@dataclass(frozen=True, slots=True)
class StatedItem:
    """A song of a playlist as it travels between databases."""

    identity: str
    path: str
    """Where it was, for people who read the file; `os.fsdecode` text."""
    title: str
    artist: str
    guest: bool = False


@dataclass(frozen=True, slots=True)
class PlaylistStatement:
    """A playlist as it travels between databases."""

    profile: str
    name: str
    made_at_s: float
    changed_at_s: float
    items: tuple[StatedItem, ...]


def stated_item(row: Sequence[Any]) -> StatedItem:
    """A row of STATED_ITEMS."""
    identity, path, title, artist, guest = row
    return StatedItem(identity, os.fsdecode(path), title, artist, bool(guest))


def folded_name(name: str) -> str:
    """The text by which two names are one: case, accents and spaces make no difference."""
    return " ".join(plain_letters(name).split())


def packed(entries: Sequence[PlaylistEntry]) -> str:
    """Track ids as JSON, those of guests negative."""
    return json.dumps([-e.track_id if e.guest else e.track_id for e in entries])


def unpacked(packed: str) -> tuple[PlaylistEntry, ...]:
    return tuple(PlaylistEntry(abs(number), number < 0) for number in json.loads(packed))
