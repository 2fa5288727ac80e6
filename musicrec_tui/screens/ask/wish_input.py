"""The line for words."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from musicrec_tui.widgets.chip_bar import ChipBar

EXAMPLE = "calm piano from the 90s, no live versions"


class WishInput(Input):
    """Enter asks, down goes to the songs; with nothing typed Backspace takes the last chip away."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "Ask"),
        Binding("down", "app.focus_next", "To the songs", show=False),
        Binding("escape", "screen.back", "To the songs", show=False),
    ]

    def action_delete_left(self) -> None:
        """Take a letter away, else a chip."""
        if self.value or not self.screen.query_one(ChipBar).drop_last():
            super().action_delete_left()
