"""A dialog that shows or hides columns of the library."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import SelectionList, Static
from textual.widgets.selection_list import Selection

from musicrec_tui.screens.library.columns import COLUMNS, DEFAULT


class ColumnPicker(ModalScreen[tuple[str, ...] | None]):
    """Answers with the keys of the columns that are wanted, None where nothing changed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,C", "done", "Close"),
        Binding("d", "usual", "The usual ones", show=False),
    ]

    def __init__(self, shown: Sequence[str]) -> None:
        super().__init__()
        self._before = tuple(shown)

    def compose(self) -> ComposeResult:
        """Every column but the title, which always stands."""
        with Vertical(classes="dialog"):
            yield Static("Columns", classes="dialog-title", markup=False)
            yield SelectionList(
                *(
                    Selection(column.column.title, column.key, column.key in self._before)
                    for column in COLUMNS
                    if column.key != "title"
                ),
                id="column-list", compact=True,
            )  # fmt: skip
            yield Static(
                "space shows or hides · d the usual ones · esc closes", classes="keys", markup=False
            )

    @property
    def _list(self) -> SelectionList[str]:
        return self.query_one(SelectionList)

    def action_usual(self) -> None:
        """Those of a first run."""
        self._list.deselect_all()
        for key in DEFAULT:
            if key != "title":
                self._list.select(key)

    def action_done(self) -> None:
        """Show what was chosen."""
        wanted = ("title", *self._list.selected)
        self.dismiss(None if set(wanted) == set(self._before) else wanted)
