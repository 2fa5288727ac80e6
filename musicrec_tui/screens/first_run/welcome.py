"""The first run asks where the music is."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widgets import Button, Static

from musicrec_tui import folders
from musicrec_tui.screens.first_run.choices import DemoLibrary, FirstChoice, MusicFolder
from musicrec_tui.widgets.folder_input import FolderInput, PathBox

WELCOME = """\
musicrec recommends music out of the files you own.

It reads their tags, listens to their sound, learns from what you like, and says why it picked \
a song. Everything stays on this machine. The first picks come within a minute; \
listening goes on behind them and can be stopped at any time.

Without music at hand, try the demo: songs that musicrec makes itself, kept apart from yours."""

KEYS = "enter scans · tab completes · ctrl+t makes the demo · esc quits"


class WelcomeScreen(Screen[FirstChoice]):
    """Asks for a folder, or offers songs that musicrec makes itself."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "scan", "Scan this folder"),
        Binding("ctrl+t", "demo", "Try the demo library"),
        Binding("escape", "app.quit", "Quit"),
    ]

    def __init__(self, folder: str = "", trouble: str = "") -> None:
        super().__init__()
        self._folder = folder
        self._trouble = trouble

    def compose(self) -> ComposeResult:
        """A few words, the question, two buttons."""
        with Vertical(id="welcome"):
            yield Static("♫ musicrec", id="welcome-name", markup=False)
            yield Static(WELCOME, id="welcome-text", markup=False)
            yield Static("Which folder holds your music?", id="welcome-question", markup=False)
            yield FolderInput(self._folder or folders.usual(), self._trouble)
            with Horizontal(id="welcome-buttons"):
                yield Button("Scan this folder", id="scan", variant="primary", compact=True)
                yield Button("Try the demo", id="demo", compact=True)
            yield Static(KEYS, classes="keys", markup=False)

    def on_mount(self) -> None:
        """Typing starts at once."""
        self.query_one(PathBox).focus()

    @on(Button.Pressed, "#scan")
    def action_scan(self) -> None:
        """Check the folder and take it."""
        self.query_one(FolderInput).submit()

    @on(Button.Pressed, "#demo")
    def action_demo(self) -> None:
        """Take the demo library."""
        self.dismiss(DemoLibrary())

    def on_folder_input_chosen(self, event: FolderInput.Chosen) -> None:
        """The folder is there and can be read."""
        self.dismiss(MusicFolder(event.path))
