"""An input for a folder: suggestions as one types, Tab completes, and a line on what is wrong."""

from __future__ import annotations

import os
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.suggester import Suggester
from textual.widgets import Input, Static

from musicrec_core.text import one_line
from musicrec_tui import folders

CHOICES_SHOWN = 6


class FolderInput(Vertical):
    """Announces a folder that exists and can be read; for others it says why not."""

    class Chosen(Message):
        """A folder to scan."""

        def __init__(self, path: str) -> None:
            super().__init__()
            self.path = path

    def __init__(self, value: str = "", trouble: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._value = value
        self._trouble = trouble

    def compose(self) -> ComposeResult:
        """The box, then either choices or trouble."""
        yield PathBox(self._value, placeholder="~/Music", suggester=FolderSuggester())
        yield Static(one_line(self._trouble), id="folder-trouble", markup=False)
        yield Static(id="folder-choices", markup=False)

    def on_mount(self) -> None:
        """Say what is wrong from the start, where something is."""
        self._say(self._trouble)

    def submit(self) -> None:
        """Take the folder that stands in the box."""
        text = self.query_one(PathBox).value
        trouble = folders.problem(text)
        self._say(trouble or "")
        if trouble is None:
            self.post_message(self.Chosen(os.path.abspath(os.path.expanduser(text.strip()))))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._value:
            self._say("")
        names = [os.path.basename(path) for path in folders.complete(event.value)]
        more = " …" if len(names) > CHOICES_SHOWN else ""
        listed = "   ".join(one_line(name) for name in names[:CHOICES_SHOWN])
        self.query_one("#folder-choices", Static).update(listed + more)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.submit()

    def _say(self, trouble: str) -> None:
        line = self.query_one("#folder-trouble", Static)
        line.update(f"✗ {one_line(trouble)}" if trouble else "")
        line.display = bool(trouble)


class PathBox(Input):
    """Tab completes as far as the folders on disk agree; with nothing to add it moves on."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "complete", "Complete", show=False)]

    def action_complete(self) -> None:
        """Complete the path."""
        completed = folders.completion(self.value) if self.value else self.value
        if completed == self.value:
            self.screen.focus_next()
        else:
            self.value = completed
            self.cursor_position = len(completed)


class FolderSuggester(Suggester):
    """The first folder that goes on from what was typed."""

    def __init__(self) -> None:
        super().__init__(use_cache=False, case_sensitive=True)

    async def get_suggestion(self, value: str) -> str | None:
        """Suggest only what begins with exactly what was typed."""
        return next((path for path in folders.complete(value) if path.startswith(value)), None)
