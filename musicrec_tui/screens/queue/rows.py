"""Songs of the queue as rows of a table."""

from __future__ import annotations

from musicrec_core.records import Track
from musicrec_tui.widgets.cells import clock
from musicrec_tui.widgets.columns import Cell, CellRow, Column

QUEUE_COLUMNS = (
    Column("place", "#", width=4, right=True, gap=1),
    Column("state", "", width=1, gap=1),
    Column("title", "Title", weight=6),
    Column("artist", "Artist", weight=4),
    Column("album", "Album", weight=4, from_width=90, optional=True),
    Column("length", "Time", width=6, from_width=60, right=True),
)
NOT_THERE = "(its file is not there at the moment)"


def queue_row(key: int, place: int, track: Track | None, *, played: bool) -> CellRow:
    """One place; what has played is dim and has a mark of its own."""
    state = Cell("✓" if played else "", "quiet")
    if track is None:
        cells = (Cell(str(place), "rank"), state, Cell(NOT_THERE, "quiet"), *[Cell("")] * 3)
        return CellRow(key, cells)
    role = "quiet" if played else "title"
    cells = (
        Cell(str(place), "rank"),
        state,
        Cell(track.title, role),
        Cell(track.artist, "quiet" if played else ""),
        Cell(track.album, "quiet"),
        Cell(clock(track.duration_s), "quiet"),
    )
    return CellRow(key, cells, track.id)
