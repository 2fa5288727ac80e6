"""A dialog that asks which playlist, by a few letters of its name or by a new one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static

from musicrec_core.text import one_line


class PickPlaylistScreen(ModalScreen[str | None]):
    """Answers with a name, which may be a new one, or None when it was closed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Close"),
        Binding("down", "move(1)", "Next", show=False, priority=True),
        Binding("up", "move(-1)", "Before", show=False, priority=True),
        Binding("tab", "complete", "Complete", show=False, priority=True),
    ]

    def __init__(self, title: str, names: Sequence[str]) -> None:
        super().__init__()
        self._title, self._names = title, list(names)
        self._offered: list[str] = []

    def compose(self) -> ComposeResult:
        """The line for letters, and the names that hold them."""
        with Vertical(classes="dialog"):
            yield Static(one_line(self._title), classes="dialog-title", markup=False)
            yield Input(placeholder="letters of its name, or a new name", classes="dialog-input")
            yield OptionList(id="playlist-names", markup=False, compact=True)
            yield Static(
                "enter adds · ↑ ↓ choose · tab completes · esc closes", classes="keys", markup=False
            )  # fmt: skip

    def on_mount(self) -> None:
        """Typing starts at once."""
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()
        self._offer("")

    def _offer(self, typed: str) -> None:
        """The names that begin so, then those that hold it, then a new one of that name."""
        wanted = " ".join(typed.split()).casefold()
        held = [name for name in self._names if wanted in name.casefold()]
        held.sort(key=lambda name: not name.casefold().startswith(wanted))
        lines = list(map(one_line, held))
        if wanted and wanted not in (name.casefold() for name in held):
            held.append(" ".join(typed.split()))
            lines.append(f"+ new playlist “{one_line(held[-1])}”")
        self._offered = held
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(lines)
        options.highlighted = 0 if held else None

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._offer(event.value)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        at = self.query_one(OptionList).highlighted
        if at is not None:
            self.dismiss(self._offered[at])

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.dismiss(self._offered[event.option_index])

    def action_move(self, rows: int) -> None:
        """Highlight another name."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            options.highlighted = (options.highlighted + rows) % len(self._offered)

    def action_complete(self) -> None:
        """Write the highlighted name out."""
        at, line = self.query_one(OptionList).highlighted, self.query_one(Input)
        if at is not None:
            line.value = self._offered[at]
            line.cursor_position = len(line.value)
