"""Columns of a table: what they hold, and how they share a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

GAP = 2  # cells between columns
MARGIN = 1  # cells at either end of a line


@dataclass(frozen=True, slots=True)
class Column:
    """A fixed `width` in cells, or a share by `weight` of what the fixed ones leave."""

    key: str
    title: str
    width: int = 0
    weight: int = 0
    right: bool = False
    """Numbers line up at the right."""
    from_width: int = 0
    """Shown only where the table is at least this wide."""
    sortable: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """Text in a role; the stylesheet says what a role looks like."""

    text: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class CellRow:
    """A line of a table: one cell a column, hidden columns too."""

    key: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a column stands on the line."""

    index: int
    column: Column
    start: int
    width: int


def lay_out(columns: Sequence[Column], width: int) -> tuple[Slot, ...]:
    """Slots for the columns that fit on `width` cells, every cell between them used."""
    shown = [(i, c) for i, c in enumerate(columns) if width >= c.from_width]
    free = width - 2 * MARGIN - GAP * (len(shown) - 1) - sum(c.width for _, c in shown)
    weights = sum(c.weight for _, c in shown)
    slots, start, given, passed = [], MARGIN, 0, 0
    for index, column in shown:
        size = column.width
        if column.weight:
            passed += column.weight
            upto = max(free, 0) * passed // weights  # cumulative, so rounding loses no cell
            size, given = upto - given, upto
        slots.append(Slot(index, column, start, size))
        start += size + GAP
    return tuple(slots)
