"""How the columns of one table share its width, by what its rows hold."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from musicrec_tui.widgets.columns import CellRow, Column, Slot, lay_out


class ColumnFit:
    """Leaves out optional columns in which no row so far has anything."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._columns = tuple(columns)
        self._filled: set[int] = set()
        self._needs: dict[int, int] = {}
        self.slots: tuple[Slot, ...] = ()

    def forget(self) -> None:
        """Other rows come."""
        self._filled.clear()
        self._needs.clear()

    def take_in(self, rows: Sequence[CellRow]) -> bool:
        """Note which columns hold something; whether one did not before.

        How much room columns need is told by the first rows alone: columns that move about while
        one scrolls are worse than a few names cut short.
        """
        first = not self._needs
        before = len(self._filled)
        for index, column in enumerate(self._columns):
            texts = [row.cells[index].text for row in rows]
            if any(texts):
                self._filled.add(index)
            if first and column.weight:
                self._needs[index] = max(map(cell_len, (*texts, column.title)))
        return len(self._filled) != before

    def lay_out(self, width: int) -> None:
        """Share out `width` cells."""
        optional = (i for i, column in enumerate(self._columns) if column.optional)
        hidden = [i for i in optional if i not in self._filled]
        self.slots = lay_out(self._columns, width, hidden, self._needs)

    def column_at(self, x: int) -> Column | None:
        """The column under a cell of the line, the gap after it counted as its own."""
        under = (s.column for s in self.slots if s.start <= x < s.start + s.width + s.column.gap)
        return next(under, None)
