"""What was said in the corner, the newest first."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from musicrec_tui.widgets.past_message import PastMessage

KINDS = {"information": " ", "warning": "!", "error": "✗"}


class HistoryScreen(ModalScreen[None]):
    """Stays until it is closed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,enter,H", "dismiss", "Close"),
    ]

    def __init__(self, messages: Sequence[PastMessage]) -> None:
        super().__init__()
        self._messages = messages

    def compose(self) -> ComposeResult:
        """A line each."""
        with VerticalScroll(classes="dialog", id="history"):
            yield Static("Messages", classes="dialog-title", markup=False)
            if self._messages:
                yield Static(_table(self._messages))
            else:
                yield Static("Nothing was said yet.", markup=False)
            yield Static("esc closes", classes="keys", markup=False)


def _table(messages: Sequence[PastMessage]) -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True, width=1)
    grid.add_column(ratio=1, overflow="fold")
    for message in reversed(messages):
        at = time.strftime("%H:%M", time.localtime(message.at_s))
        grid.add_row(Text(at, style="dim"), Text(KINDS[message.severity]), Text(message.text))
    return grid
