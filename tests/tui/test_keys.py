"""Keys: every preset leaves each action a key, and gives no key two meanings."""

from __future__ import annotations

from collections import defaultdict

import pytest
from textual.binding import Binding

from musicrec_tui import keys
from musicrec_tui.screens.listening import Listening
from musicrec_tui.screens.main import MainScreen
from musicrec_tui.screens.pages import PAGES
from musicrec_tui.widgets.virtual_table import VirtualTable

PRESETS = [name for name in keys.PRESETS if name != "musicrec"]


def bindings(*classes: type) -> dict[str, str]:
    """The keys of every binding with a name, by name; of the first class that names it."""
    every: dict[str, str] = {}
    bases = [base for one_class in classes for base in one_class.__mro__]
    for base in reversed(bases):
        own = [one for one in base.__dict__.get("BINDINGS", ()) if isinstance(one, Binding)]
        every |= {one.id: one.key for one in own if one.id}
    return every


def meanings(preset: dict[str, str]) -> dict[tuple[str, str], frozenset[str]]:
    """By page and key, all that the key means where that page is open."""
    by_key: dict[tuple[str, str], set[str]] = defaultdict(set)
    for page in PAGES:
        for name, own in bindings(page.load(), VirtualTable, Listening, MainScreen).items():
            for key in preset.get(name, own).split(","):
                by_key[page.id, key].add(name)
    return {at: frozenset(names) for at, names in by_key.items()}


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_names_bindings_that_there_are_and_gives_each_a_key(name: str) -> None:
    every = bindings(*(page.load() for page in PAGES), VirtualTable, Listening, MainScreen)
    assert set(keys.PRESETS[name]) <= set(every)
    assert all(keys.PRESETS[name].values())


ALIKE = {
    frozenset({"undo", "ask.undo"}), frozenset({"undo", "settings.undo"}),
    frozenset({"search", "ask.say"}), frozenset({"search", "settings.find"}),
    frozenset({"queue.undo", "playlists.undo"}), frozenset({"queue.redo", "playlists.redo"}),
    frozenset({"table.down", "explore.journey"}),  # a page without a table
}  # fmt: skip
"""What a page's own key may stand for in place of another: the same idea on that page."""


@pytest.mark.parametrize("name", keys.PRESETS)
def test_a_key_means_one_thing_or_the_same_idea_on_its_page(name: str) -> None:
    for at, names in meanings(keys.PRESETS[name]).items():
        assert len(names) == 1 or names in ALIKE, at
