"""The kinds of music beside the map, as rows of a table."""

from __future__ import annotations

from musicrec_tui.screens.explore import drawing
from musicrec_tui.screens.explore.loaded import LoadedMap
from musicrec_tui.widgets.columns import Cell, CellRow, Column

COLUMNS = (
    Column("letter", "", width=1, gap=1),
    Column("kind", "Kind", weight=1),
    Column("songs", "Songs", width=9, right=True),
)
INKS = ("score", "playing", "up", "good", "down", "quiet")
"""Roles of a table in the colours that the map has for kinds."""


def rows(read: LoadedMap, alone: int) -> list[CellRow]:
    """All, then a row a kind with its letter; the one that is shown alone stands out."""
    if not read.kinds:
        return []
    everything = (0, "", "All kinds", len(read.songs.track_ids))
    named = [(k.number, drawing.letter(k.number), k.name, k.songs) for k in read.kinds]
    return [
        CellRow(
            number,
            (
                Cell(sign, INKS[(number - 1) % drawing.COLOURS]),
                Cell(name, "title" if number == alone else ""),
                Cell(f"{songs:,}", "quiet"),
            ),
        )
        for number, sign, name, songs in (everything, *named)
    ]
