"""A dialog that asks for one more folder."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from musicrec_tui import folders
from musicrec_tui.widgets.folder_input import FolderInput, PathBox


class AddFolderScreen(ModalScreen[str | None]):
    """Answers with an absolute path, or None when it was closed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close")]

    def compose(self) -> ComposeResult:
        """The question and its keys."""
        with Vertical(classes="dialog"):
            yield Static("Add a folder of music", classes="dialog-title", markup=False)
            yield FolderInput(folders.usual())
            yield Static(
                "enter scans it · tab completes · esc closes", classes="keys", markup=False
            )

    def on_mount(self) -> None:
        """Typing starts at once."""
        self.query_one(PathBox).focus()

    def on_folder_input_chosen(self, event: FolderInput.Chosen) -> None:
        """Answer."""
        self.dismiss(event.path)
