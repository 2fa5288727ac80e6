"""Lines of a table: the header, a row, and what is said where there is no row."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from enum import Enum
from typing import Protocol

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from musicrec_core.text import one_line
from musicrec_tui.widgets.cells import fit
from musicrec_tui.widgets.columns import MARGIN, Cell, CellRow, Slot

NOT_YET = Cell("·", "empty")
WORDS_WIDTH = 60


class RowSign(Enum):
    """What stands before a row: a letter, and the role it is drawn in."""

    NONE = ("", "")
    PLAYING = ("▶", "playing")
    MARKED = ("◆", "marked")

    @property
    def letter(self) -> str:
        """One cell wide, or none."""
        return self.value[0]

    @property
    def role(self) -> str:
        """Of the letter, and of the title."""
        return self.value[1]


class RowStyles(Protocol):
    """How parts of a table are drawn; the stylesheet says so."""

    def line_style(self, name: str) -> Style:
        """The look of a whole line."""

    def ink(self, role: str) -> Style:
        """The look of text on whatever line it is."""


def header_line(
    slots: Sequence[Slot], sorted_by: tuple[str, bool] | None, look: RowStyles, width: int
) -> Strip:
    """Titles of columns; the sorted one with the direction of its order."""
    style = look.line_style("header")
    segments = [Segment(" " * MARGIN, style)]
    for slot in slots:
        title, own = slot.column.title, style
        if sorted_by and sorted_by[0] == slot.column.key:
            arrow = "▼" if sorted_by[1] else "▲"
            title, own = f"{title} {arrow}", style + look.ink("sorted")
        segments.append(Segment(fit(title, slot.width, right=slot.column.right), own))
        segments.append(Segment(" " * slot.column.gap, style))
    return Strip(segments).adjust_cell_length(width, style)


def row_line(
    row: CellRow | None,
    slots: Sequence[Slot],
    base: Style,
    look: RowStyles,
    width: int,
    sign: RowSign,
) -> Strip:
    """A row with its sign before it; dots where it is still on its way."""
    own = base + look.ink(sign.role) if sign.role else base
    segments = [Segment(sign.letter.ljust(MARGIN), own)]
    for slot in slots:
        cell = row.cells[slot.index] if row else NOT_YET
        role = sign.role if sign.role and cell.role == "title" else cell.role
        style = base + look.ink(role) if role else base
        segments.append(Segment(fit(cell.text, slot.width, right=slot.column.right), style))
        segments.append(Segment(" " * slot.column.gap, base))
    return Strip(segments).adjust_cell_length(width, base)


def words_line(text: str, y: int, size: tuple[int, int], style: Style) -> Strip:
    """Line `y` of a text in the middle of a table that has no row."""
    width, height = size
    lines = textwrap.wrap(one_line(text), max(min(width - 4, WORDS_WIDTH), 1))
    at = y - max((height - len(lines)) // 2, 0)
    line = lines[at].center(width) if 0 <= at < len(lines) else ""
    return Strip([Segment(line, style)]).adjust_cell_length(width, style)
