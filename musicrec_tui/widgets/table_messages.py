"""What a table announces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from musicrec_tui.widgets.columns import CellRow
    from musicrec_tui.widgets.virtual_table import VirtualTable


class OfTable(Message):
    """Anything that a table announces."""

    def __init__(self, table: VirtualTable) -> None:
        super().__init__()
        self.table = table

    @property
    def control(self) -> VirtualTable:
        """The table, for selectors."""
        return self.table


class PageWanted(OfTable, namespace="virtual_table"):
    """Rows from `first` on, at most `count`, are about to be seen."""

    def __init__(self, table: VirtualTable, edition: int, first: int, count: int) -> None:
        super().__init__(table)
        self.edition = edition
        self.first = first
        self.count = count


class Highlighted(OfTable, namespace="virtual_table"):
    """The cursor is on another row, or its row has arrived; None where there is none."""

    def __init__(self, table: VirtualTable, row: CellRow | None) -> None:
        super().__init__(table)
        self.row = row


class Chosen(OfTable, namespace="virtual_table"):
    """Enter or a double click on a row."""

    def __init__(self, table: VirtualTable, row: CellRow) -> None:
        super().__init__(table)
        self.row = row


class SortWanted(OfTable, namespace="virtual_table"):
    """A sortable header was clicked."""

    def __init__(self, table: VirtualTable, key: str) -> None:
        super().__init__(table)
        self.key = key


class Marked(OfTable, namespace="virtual_table"):
    """A row was marked or let go of; so many are marked now."""

    def __init__(self, table: VirtualTable, count: int) -> None:
        super().__init__(table)
        self.count = count
