"""The box for words."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input


class SearchBox(Input):
    """Down and enter go to the songs, esc takes the search back."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "submit", "To the songs"),
        Binding("down", "submit", "To the songs", show=False),
        Binding("escape", "screen.back", "Every song"),
    ]
