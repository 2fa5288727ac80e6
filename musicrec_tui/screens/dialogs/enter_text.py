"""A question that is answered with a line of text."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from musicrec_core.text import one_line


class EnterTextScreen(ModalScreen[str | None]):
    """Answers with what was typed, or None when it was closed or left empty."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close")]

    def __init__(
        self, title: str, value: str = "", *, done: str = "takes it", secret: bool = False
    ) -> None:
        super().__init__()
        self._title, self._value, self._done, self._secret = title, value, done, secret

    def compose(self) -> ComposeResult:
        """The question and its keys."""
        with Vertical(classes="dialog"):
            yield Static(one_line(self._title), classes="dialog-title", markup=False)
            yield Input(self._value, classes="dialog-input", password=self._secret)
            yield Static(f"enter {self._done} · esc closes", classes="keys", markup=False)

    def on_mount(self) -> None:
        """Typing starts at once."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer."""
        event.stop()
        self.dismiss(event.value.strip() or None)
