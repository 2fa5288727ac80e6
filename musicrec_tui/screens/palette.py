"""The command palette: every page, every action of the pages, themes and presets of keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from textual.command import DiscoveryHit, Hit, Hits, Provider

from musicrec_tui import themes
from musicrec_tui.keys import PRESETS
from musicrec_tui.screens.key_list import described, named
from musicrec_tui.screens.paged import PagedScreen
from musicrec_tui.screens.pages import PAGES


class Command(NamedTuple):
    """A line of the palette."""

    text: str
    about: str
    run: Callable[[], object]


class ActionCommands(Provider):
    """Finds what can be done by its words."""

    async def discover(self) -> Hits:
        """Everything, while nothing was typed."""
        for command in self._commands():
            yield DiscoveryHit(command.text, command.run, help=command.about)

    async def search(self, query: str) -> Hits:
        """What the words match, in its name or its sentence."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = max(matcher.match(command.text), matcher.match(command.about) / 2)
            if score > 0:
                yield Hit(score, matcher.highlight(command.text), command.run, help=command.about)

    def _commands(self) -> Iterator[Command]:
        screen = self.screen
        if isinstance(screen, PagedScreen):  # a first run has no pages yet
            yield from self._pages()
            yield from self._here()
            yield from self._elsewhere(screen.shown_id)
        yield from self._choices()

    def _pages(self) -> Iterator[Command]:
        for spec in PAGES:
            open_page = partial(self.screen.run_action, f"view('{spec.id}')")
            yield Command(f"Go to {spec.name}", f"{named(spec.key)} · {spec.about}", open_page)

    def _here(self) -> Iterator[Command]:
        """Actions that some key does now; moving about in a list needs no palette."""
        seen = set()
        for node, binding, enabled, _ in self.screen.active_bindings.values():
            name = (type(node), binding.action)
            action = bool(binding.id) and not str(binding.id).startswith("table.")
            if action and binding.description and enabled and name not in seen:
                seen.add(name)
                run = partial(self.app.run_action, binding.action, node)
                keys = self.app.get_key_display(binding)
                about = f"{keys} · {binding.tooltip or binding.description}"
                yield Command(binding.description, about, run)

    def _elsewhere(self, shown: str) -> Iterator[Command]:
        """Actions of the pages that are not on show; they open the page first."""
        for spec in PAGES:
            if spec.id != shown:
                for binding in described(spec.load()):
                    run = partial(
                        self.screen.run_action, f"on_page('{spec.id}', {binding.action!r})"
                    )
                    about = binding.tooltip or binding.description
                    yield Command(f"{spec.name}: {binding.description}", about, run)

    def _choices(self) -> Iterator[Command]:
        for theme in themes.THEMES:
            use = partial(self.app.run_action, f"theme('{theme.name}')")
            yield Command(f"Theme {theme.name.removeprefix('musicrec-')}", "colours", use)
        for name in PRESETS:
            use = partial(self.app.run_action, f"keys('{name}')")
            yield Command(f"Keys of {name}", "which key does what", use)
