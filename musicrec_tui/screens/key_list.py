"""The keys of a class, read from its bindings, for the help and the command palette."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from textual.binding import Binding
from textual.dom import DOMNode

NAMES = {
    "slash": "/", "question_mark": "?", "escape": "esc", "left": "←", "right": "→", "up": "↑",
    "down": "↓", "pagedown": "PgDn", "pageup": "PgUp", "plus": "+", "minus": "-", "colon": ":",
    "equals_sign": "=", "greater_than_sign": ">", "less_than_sign": "<", "home": "Home",
    "end": "End", "delete": "Del", "comma": ",", "full_stop": ".", "asterisk": "*",
    "left_square_bracket": "[", "right_square_bracket": "]",
}  # fmt: skip


Owners = tuple[type[DOMNode], ...]


def owners() -> list[tuple[str, Owners]]:
    """Every class with keys, under the heading of where they do something."""
    from musicrec_tui.screens.listening import Listening
    from musicrec_tui.screens.main import MainScreen
    from musicrec_tui.screens.paged import PagedScreen
    from musicrec_tui.screens.pages import PAGES
    from musicrec_tui.screens.song_page import SongPage
    from musicrec_tui.screens.working import WorkScreen
    from musicrec_tui.widgets.virtual_table import VirtualTable

    groups: list[tuple[str, Owners]] = [
        ("The highlighted song", (SongPage,)),
        ("Listen", (Listening,)),
        *((spec.name, (spec.load(),)) for spec in PAGES),
        ("Move in a list", (VirtualTable,)),
        ("musicrec", (MainScreen, PagedScreen, WorkScreen)),
    ]
    return [(name, classes) for name, classes in groups if any(map(any, map(described, classes)))]


def described(owner: type[DOMNode]) -> Iterator[Binding]:
    """The bindings that a class makes itself and says something of."""
    for binding in vars(owner).get("BINDINGS", ()):
        if isinstance(binding, Binding) and binding.description and not binding.system:
            yield binding


def lines(owners: Iterable[type[DOMNode]], keymap: Mapping[str, str]) -> list[tuple[str, str]]:
    """(keys, what they do), one line an action of these classes."""
    return [
        (keys_of(binding, keymap), binding.tooltip or binding.description)
        for owner in owners
        for binding in described(owner)
    ]


def keys_of(binding: Binding, keymap: Mapping[str, str]) -> str:
    """The keys as people write them, the first ones where there are many."""
    keys = keymap.get(binding.id or "", binding.key).split(",")
    return "  ".join(named(key) for key in keys)


def named(key: str) -> str:
    """`/` for `slash`."""
    return NAMES.get(key.strip(), key.strip())
