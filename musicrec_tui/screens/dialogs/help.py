"""Every key, on one screen."""

from __future__ import annotations

from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

KEYS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("Say what you think", (
        ("l", "like the highlighted song; the list below it moves at once"),
        ("d", "dislike it; it is not recommended again"),
        ("L  D", "like what is playing; dislike it and go on to the next song"),
        ("u", "undo the last like, dislike, play or skip"),
        ("e  enter", "explain the song's score"),
    )),
    ("Listen", (
        ("space", "play; while something plays, pause or go on"),
        ("p", "play the highlighted song now"),
        ("n  b", "next song, the song before"),
        ("x", "stop the music"),
    )),
    ("Move", (
        ("↑ ↓  k j", "row by row"),
        ("PgUp PgDn", "page by page"),
        ("g  G", "first row, last row (Home and End too)"),
        ("tab  1  2", "For You, Library"),
        ("f5", "For You anew: rows you have passed stay until then (ctrl+r too)"),
    )),
    ("Library", (
        ("/", "search words, a year, a file name; enter goes to the songs, esc clears it"),
        ("o  O", "sort by the next column, turn the order round; a click on a header, too"),
        ("s", "scan the folders again"),
        ("a", "add a folder"),
    )),
    ("musicrec", (
        ("r", "retrain: learn from your feedback, keep what is better"),
        ("R", "teach the ears on your albums and artists; no likes needed"),
        ("esc", "stop a scan or a training; what was done is kept"),
        ("t", "light or dark"),
        ("?  q", "this help, quit"),
    )),
)  # fmt: skip

MARKS = (
    "▶ playing   ♥ liked   ✗ disliked   ✦ picked to learn from   ▲3 ▼2 moved by your last feedback"
)
COUNTS = """\
A song counts as played after half of it, or four minutes of a long one. Going on to the next one \
with n before that is a skip: it counts a little against the song. Stopping, quitting, pausing, \
going back or picking another song never does."""


class HelpScreen(ModalScreen[None]):
    """Any of its keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "dismiss", "Close"),
    ]

    def compose(self) -> ComposeResult:
        """Groups of keys, then what the marks mean."""
        with VerticalScroll(classes="dialog", id="help"):
            yield Static("Keys", classes="dialog-title", markup=False)
            for name, keys in KEYS:
                yield Static(name, classes="help-group", markup=False)
                yield Static(_table(keys), classes="help-keys")
            yield Static("Marks", classes="help-group", markup=False)
            yield Static(MARKS, classes="help-keys", markup=False)
            yield Static("What counts", classes="help-group", markup=False)
            yield Static(COUNTS, classes="help-keys", markup=False)
            yield Static("esc closes", classes="keys", markup=False)


def _table(keys: tuple[tuple[str, str], ...]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(width=11, no_wrap=True)
    grid.add_column(ratio=1)
    for key, meaning in keys:
        grid.add_row(Text(key, style="bold"), Text(meaning))
    return grid
