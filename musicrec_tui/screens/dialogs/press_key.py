"""A question that is answered by pressing a key."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from musicrec_core.text import one_line


class PressKeyScreen(ModalScreen[str | None]):
    """Answers with the key that was pressed; None for escape, which stays the way out."""

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """The question."""
        with Vertical(classes="dialog"):
            yield Static(one_line(self._question), classes="dialog-title", markup=False)
            yield Static("the next key is taken · esc closes", classes="keys", markup=False)

    def on_key(self, event: events.Key) -> None:
        """Answer."""
        event.stop()
        event.prevent_default()
        self.dismiss(None if event.key == "escape" else event.key)
