"""Every key, on one screen: read from the bindings themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

KeyGroup = tuple[str, Sequence[tuple[str, str]]]

MARKS = (
    "▶ playing   ♥ liked   ✗ disliked   ✦ picked to learn from   ▲3 ▼2 moved by your last feedback"
)
COUNTS = """\
A song counts as played after half of it, or four minutes of a long one. Going on to the next one \
with the key for it before that is a skip: it counts a little against the song. Stopping, \
quitting, pausing, going back or picking another song never does."""


class HelpScreen(ModalScreen[None]):
    """Groups of keys, then what the marks mean; any of its keys closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,enter", "dismiss", "Close"),
    ]

    def __init__(self, groups: Sequence[KeyGroup]) -> None:
        super().__init__()
        self._groups = groups

    def compose(self) -> ComposeResult:
        """Groups of keys, then what the marks mean."""
        with VerticalScroll(classes="dialog", id="help"):
            yield Static("Keys", classes="dialog-title", markup=False)
            for name, keys in self._groups:
                yield Static(name, classes="help-group", markup=False)
                yield Static(_table(keys), classes="help-keys")
            yield Static("Marks", classes="help-group", markup=False)
            yield Static(MARKS, classes="help-keys", markup=False)
            yield Static("What counts", classes="help-group", markup=False)
            yield Static(COUNTS, classes="help-keys", markup=False)
            yield Static("↑ ↓ scroll · esc closes", classes="keys", markup=False)


def key_groups(keymap: Mapping[str, str]) -> list[KeyGroup]:
    """All keys there are, those of the pages with the page."""
    from musicrec_tui.screens.key_list import lines, named, owners
    from musicrec_tui.screens.pages import PAGES

    pages = [(named(spec.key), f"{spec.name}: {spec.about}") for spec in PAGES]
    song, listen, *others = [(name, lines(classes, keymap)) for name, classes in owners()]
    return [song, listen, ("Pages", pages), *others]


def _table(keys: Sequence[tuple[str, str]]) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(width=16)
    grid.add_column(ratio=1)
    for key, meaning in keys:
        grid.add_row(Text(key, style="bold"), Text(meaning))
    return grid
