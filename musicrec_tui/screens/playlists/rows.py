"""Lists, and the songs of one, as rows of tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from musicrec_core.app.facade import MusicRec
from musicrec_core.records import Track
from musicrec_core.text import count, one_line
from musicrec_tui.widgets.cells import clock
from musicrec_tui.widgets.columns import Cell, CellRow, Column

SHELF_COLUMNS = (
    Column("kind", "", width=1, gap=1),
    Column("name", "List", weight=1),
    Column("songs", "Songs", width=5, right=True),
)
ITEM_COLUMNS = (
    Column("place", "#", width=4, right=True, gap=1),
    Column("state", "", width=1, gap=1),
    Column("title", "Title", weight=6),
    Column("artist", "Artist", weight=4),
    Column("album", "Album", weight=4, from_width=90, optional=True),
    Column("length", "Time", width=6, from_width=44, right=True),
)
SAVED, OWN = "↻", "≡"


@dataclass(frozen=True, slots=True)
class ShelvedList:
    """A list of the page: a playlist, or a saved list, which is chosen anew each day."""

    name: str
    songs: int
    saved: bool = False


@dataclass(frozen=True, slots=True)
class ShelvedSong:
    """A song at a place of a list, counted from 1.

    absent: why it cannot be played, None where it can. guest: put there by musicrec, not yet kept.
    """

    position: int
    track: Track
    absent: str | None = None
    guest: bool = False


def shelved(musicrec: MusicRec) -> list[ShelvedList]:
    """The playlists, then the saved lists."""
    return [
        *(ShelvedList(p.name, p.songs) for p in musicrec.playlists.all()),
        *(ShelvedList(s.name, s.songs, saved=True) for s in musicrec.saved_lists.all()),
    ]


def opened(musicrec: MusicRec, one: ShelvedList, *, again: bool = False) -> Sequence[ShelvedSong]:
    """The songs of a list; `again` chooses others for a saved one, and rewrites its file."""
    if not one.saved:
        items = musicrec.playlists.show(one.name).items
        return [ShelvedSong(i.position, i.track, i.absent, i.guest) for i in items]
    lists = musicrec.saved_lists
    songs = lists.refresh(one.name, again=True) if again else lists.songs(one.name)
    return [ShelvedSong(place, track) for place, track in enumerate(songs.tracks, 1)]


def shelf_row(key: int, one: ShelvedList) -> CellRow:
    """A line of the lists; how many songs, once they were chosen."""
    mark = Cell(SAVED if one.saved else OWN, "quiet")
    songs = "" if one.saved and not one.songs else str(one.songs)
    return CellRow(key, (mark, Cell(one.name, "title"), Cell(songs, "quiet")))


def item_row(item: ShelvedSong) -> CellRow:
    """A song at its place; one that cannot be played is marked and dim."""
    track, away = item.track, item.absent is not None
    state = Cell("✗", "bad") if away else Cell("?", "up") if item.guest else Cell("")
    cells = (
        Cell(str(item.position), "rank"),
        state,
        Cell(track.title, "quiet" if away else "title"),
        Cell(track.artist, "quiet" if away else ""),
        Cell(track.album, "quiet"),
        Cell(clock(track.duration_s), "quiet"),
    )
    return CellRow(item.position, cells, track.id)


def about(one: ShelvedList, items: Sequence[ShelvedSong]) -> str:
    """A line above the songs: what the list is, how much, and what of it is missing."""
    seconds = sum(item.track.duration_s or 0.0 for item in items)
    parts = [count(len(items), "song"), clock(seconds)]
    away = sum(item.absent is not None for item in items)
    guests = sum(item.guest for item in items)
    if away:
        parts.append(f"✗ {away} not there")
    if guests:
        parts.append(f"? {count(guests, 'guest')}")
    kind = "saved list" if one.saved else "playlist"
    return one_line(f"{', '.join(parts)} · {kind} {one.name}")
