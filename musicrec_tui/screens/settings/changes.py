"""Writes a setting down, wherever it is kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from musicrec_tui import keys, settings

if TYPE_CHECKING:
    from musicrec_tui.screens.page import Page

Change = Callable[["Page", str, str], Awaitable[None]]
CHANGES_LISTS = frozenset(("guard", "dial"))
"""The kinds after which the list for you is another one."""


async def _guard(page: Page, name: str, value: str) -> None:
    await page.context.desk.ask(lambda m: m.lists.switch_guard(name, on=value == "on"))


async def _dial(page: Page, name: str, value: str) -> None:
    await page.context.desk.ask(lambda m: m.lists.set_own_dial(name, float(value)))


async def _incognito(page: Page, name: str, value: str) -> None:
    del name
    await page.context.desk.ask(lambda m: m.feedback.set_incognito(on=value == "on"))


async def _theme(page: Page, name: str, value: str) -> None:
    del name
    await page.run_action(f"app.theme({value!r})")


async def _preset(page: Page, name: str, value: str) -> None:
    del name
    await page.run_action(f"app.keys({value!r})")


async def _player(page: Page, name: str, value: str) -> None:
    del name
    settings.remember(page.context.session.home, "player", value)


async def _covers(page: Page, name: str, value: str) -> None:
    del name
    settings.remember(page.context.session.home, "covers", value)


async def _key(page: Page, name: str, value: str) -> None:
    home = page.context.session.home
    keys.set_own(home, name, value or None)
    page.app.set_keymap(keys.keymap(home))


CHANGES: dict[str, Change] = {
    "guard": _guard,
    "dial": _dial,
    "incognito": _incognito,
    "theme": _theme,
    "preset": _preset,
    "player": _player,
    "covers": _covers,
    "key": _key,
}
