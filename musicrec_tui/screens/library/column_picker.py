"""A dialog that shows or hides columns of the library."""

from __future__ import annotations

from collections.abc import Collection
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from musicrec_tui.screens.library.columns import COLUMNS, DEFAULT
from musicrec_tui.widgets.columns import Cell, CellRow, Column
from musicrec_tui.widgets.virtual_table import VirtualTable

OFFERED = tuple(column for column in COLUMNS if column.key != "title")
TABLE = (
    Column("shown", "", width=1, gap=1),
    Column("name", "Column", width=8),
    Column("about", "", weight=1),
)


class ColumnPicker(ModalScreen[tuple[str, ...] | None]):
    """Answers with the keys of the columns that are wanted, None where nothing changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,C", "done", "Close"),
        Binding("space", "switch", "Show or hide", show=False),
        Binding("d", "usual", "The usual ones", show=False),
    ]

    def __init__(self, shown: Collection[str]) -> None:
        super().__init__()
        self._before = set(shown)
        self._shown = set(shown)

    def compose(self) -> ComposeResult:
        """Every column but the title, which always stands."""
        with Vertical(classes="dialog"):
            yield Static("Columns", classes="dialog-title", markup=False)
            yield VirtualTable(TABLE, id="column-list")
            yield Static(
                "space shows or hides · d the usual ones · esc closes", classes="keys", markup=False
            )

    def on_mount(self) -> None:
        """The list has the keys."""
        self._fill()
        self.query_one(VirtualTable).focus()

    def _fill(self) -> None:
        table = self.query_one(VirtualTable)
        rows = [
            CellRow(at, (
                Cell("✓" if one.key in self._shown else "", "up"),
                Cell(one.column.title, "title"),
                Cell(one.about, "quiet"),
            ))
            for at, one in enumerate(OFFERED)
        ]  # fmt: skip
        table.show(rows, table.cursor)

    def on_virtual_table_chosen(self, event: VirtualTable.Chosen) -> None:
        """Enter and a double click do what space does."""
        event.stop()
        self.action_switch()

    def action_switch(self) -> None:
        """Show the column under the cursor, or no longer."""
        self._shown ^= {OFFERED[self.query_one(VirtualTable).cursor].key}
        self._fill()

    def action_usual(self) -> None:
        """Those of a first run."""
        self._shown = set(DEFAULT)
        self._fill()

    def action_done(self) -> None:
        """Show what was chosen."""
        self.dismiss(None if self._shown == self._before else tuple(self._shown))
