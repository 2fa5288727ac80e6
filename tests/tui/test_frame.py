"""The frame round the pages: bar, palette, history of messages, presets of keys."""

from __future__ import annotations

import pytest
from textual.command import CommandInput, CommandPalette

from musicrec_tui.screens.dialogs.history import HistoryScreen
from musicrec_tui.screens.pages import PAGES
from musicrec_tui.widgets.page_bar import PageBar
from tests.conftest import Command
from tests.tui.screens import with_picks


async def test_every_page_opens_by_its_key_and_by_a_click(musicrec: Command) -> None:
    async with with_picks(musicrec.home, size=(120, 40)) as driven:
        for spec in PAGES:
            await driven.press("escape", spec.key)  # out of a line for words
            await driven.until(lambda spec=spec: driven.main.shown_id == spec.id)
            assert driven.app.focused is not None
        await driven.pilot.click("#pages", offset=(3, 1))
        await driven.until(lambda: driven.main.shown_id == PAGES[0].id)


@pytest.mark.parametrize("size", [(80, 24), (60, 16), (40, 12), (120, 40), (200, 60)])
async def test_every_page_is_in_view_at_any_size_and_opens_by_a_click(
    musicrec: Command, size: tuple[int, int]
) -> None:
    async with with_picks(musicrec.home, size=size) as driven:
        bar = driven.main.query_one(PageBar)
        for spec in reversed(PAGES):
            places = bar.places(*bar.content_size)
            place = places[PAGES.index(spec)]
            assert place.line < bar.content_size.height
            assert place.start + len(place.label) <= bar.content_size.width
            inset = bar.content_region.offset - bar.region.offset
            at = (
                place.start
                + place.label.index(spec.key[0] if len(spec.key) == 1 else ",")
                + inset.x,
                place.line + inset.y,
            )
            await driven.pilot.click("#pages", offset=at)
            await driven.until(lambda spec=spec: driven.main.shown_id == spec.id)
            assert spec.name in driven.text


async def test_a_page_is_made_when_it_is_first_opened(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        assert [page.id for page in driven.main.opened] == [PAGES[0].id]
        await driven.press("2", "1", "2")
        await driven.until(lambda: driven.on_library)
        assert len(driven.main.opened) == 2


async def test_the_palette_does_what_another_page_can_do(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.press("ctrl+p")
        await driven.until(lambda: isinstance(driven.app.screen, CommandPalette))
        await driven.until(lambda: isinstance(driven.app.focused, CommandInput))
        await driven.type("turn the order round")
        await driven.shows("Library: Reverse")
        await driven.press("down", "enter")
        await driven.until(lambda: driven.on_library and "Artist ▼" in driven.text)


async def test_what_was_said_can_be_read_again(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.press("H")
        await driven.shows("Nothing was said yet")
        await driven.press("escape", "L")
        await driven.until(lambda: "Nothing is playing" in driven.said)
        await driven.press("H")
        await driven.until(lambda: isinstance(driven.app.screen, HistoryScreen))
        await driven.shows("Messages", "Nothing is playing")


async def test_a_preset_of_keys_is_used_and_remembered(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.app.run_action("keys('ncmpcpp')")
    async with with_picks(musicrec.home) as driven:
        await driven.press("question_mark")
        await driven.shows("P  space")
