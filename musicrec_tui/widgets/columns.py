"""Columns of a table: what they hold, and how they share a line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
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
    gap: int = GAP
    """Cells between it and the next column."""
    optional: bool = False
    """Gives its room away while no row has anything in it."""


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
    track_id: int = -1
    """The song that the line stands for; the one that plays is marked."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a column stands on the line."""

    index: int
    column: Column
    start: int
    width: int


def lay_out(
    columns: Sequence[Column],
    width: int,
    hidden: Collection[int] = (),
    needs: Mapping[int, int] | None = None,
) -> tuple[Slot, ...]:
    """Slots for the columns that fit on `width` cells, every cell between them used.

    hidden: indices of columns that are left out. needs: the cells that the longest text of a
    column takes, where that is known: what a column does not need goes to those that do.
    """
    shown = [(i, c) for i, c in enumerate(columns) if width >= c.from_width and i not in hidden]
    gaps = sum(column.gap for _, column in shown[:-1])
    free = max(width - 2 * MARGIN - gaps - sum(c.width for _, c in shown), 0)
    weights = {i: column.weight for i, column in shown if column.weight}
    sizes = _shares(weights, free, needs or {})
    slots, start = [], MARGIN
    for index, column in shown:
        size = sizes[index] if column.weight else column.width
        slots.append(Slot(index, column, start, size))
        start += size + column.gap
    return tuple(slots)


def _shares(weights: Mapping[int, int], free: int, needs: Mapping[int, int]) -> dict[int, int]:
    """Cells by column: by weight, but none more than it needs while another lacks some."""
    open_, left, sizes = dict(weights), free, dict[int, int]()
    while open_:
        shares = _by_weight(open_, left)
        content = [i for i, share in shares.items() if needs.get(i, share + 1) <= share]
        if not content or len(content) == len(open_):
            return sizes | shares
        for index in content:
            sizes[index] = needs[index]
            left -= needs[index]
            del open_[index]
    return sizes


def _by_weight(weights: Mapping[int, int], free: int) -> dict[int, int]:
    """Whole cells that add up to `free`."""
    total, passed, spent = sum(weights.values()), 0, 0
    shares = {}
    for index, weight in weights.items():
        passed += weight
        upto = free * passed // total  # cumulative, so rounding loses no cell
        shares[index], spent = upto - spent, upto
    return shares
