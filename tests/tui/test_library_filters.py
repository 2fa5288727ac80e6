"""The library narrowed by rules, typed or picked."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from musicrec_core.app.facade import MusicRec
from musicrec_core.errors import RuleError
from musicrec_tui.screens.library.filter_picker import FilterPicker
from musicrec_tui.widgets.chip_bar import ChipBar
from tests.conftest import Command
from tests.tui.screens import Driven, with_picks
from tests.tui.test_library import in_library, titles


def chips(driven: Driven) -> list[str]:
    return [chip.words for chip in driven.library.query_one(ChipBar).chips]


async def test_rules_that_are_typed_become_chips_and_words_stay(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await in_library(driven)
        await driven.press("slash")
        await driven.type("rain genre:ambient,house -format:flac")
        await driven.press("enter")
        await driven.until(lambda: chips(driven) == ["genre:ambient,house", "-format:flac"])
        await driven.until(lambda: titles(driven) == ["Rain", "Rain"])
        assert driven.library.query_one(Input).value == "rain"
        await driven.press("escape")
        await driven.until(lambda: len(titles(driven)) == 4)
        await driven.press("backspace")
        await driven.until(lambda: len(titles(driven)) == 5)
        await driven.press("escape")
        await driven.until(lambda: len(titles(driven)) == 10 and chips(driven) == [])


async def test_a_filter_is_picked_from_what_the_library_holds(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await in_library(driven)
        await driven.press("f")
        await driven.until(lambda: isinstance(driven.app.screen, FilterPicker))
        await driven.type("metal")
        await driven.press("enter")
        await driven.until(lambda: titles(driven) == ["Anvil", "Furnace", "Hammer"])
        await driven.shows(" genre:=metal × ", "3 songs, by artist")
        await driven.pilot.click("#filters", offset=(3, 0))
        await driven.until(lambda: len(titles(driven)) == 10)


async def test_what_is_no_rule_is_said_and_changes_nothing(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await in_library(driven)
        await driven.press("f")
        await driven.until(lambda: isinstance(driven.app.screen, FilterPicker))
        await driven.type("year:soon")
        await driven.press("enter")
        await driven.until(lambda: any("cannot be read" in line for line in driven.said))
        assert chips(driven) == []


async def test_where_nothing_fits_it_says_how_to_go_on(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await in_library(driven)
        await driven.press("slash")
        await driven.type("liked")
        await driven.press("enter")
        await driven.shows("No song fits all of it", " liked × ")


def test_what_is_offered_leaves_as_many_songs_as_it_says(musicrec: Command) -> None:
    with MusicRec(home=musicrec.home) as facade:
        offered = facade.library.filters()
        assert {one.kind for one in offered} >= {"state", "genre", "mood", "format"}
        for one in offered:
            listed = facade.library.listing(where=one.rule)
            assert one.songs is None or len(listed) == one.songs
        with pytest.raises(RuleError):
            facade.library.listing(where="colour:red")


async def test_artists_and_albums_narrow_the_songs_beside_them(musicrec: Command) -> None:
    async with with_picks(musicrec.home, (120, 30)) as driven:
        await in_library(driven)
        await driven.press("v")
        browser = driven.library.browser
        await driven.until(lambda: titles(driven) == ["Lake", "Rain", "River"])
        await driven.shows("Ada Reed", "All songs", "Water")
        await driven.press("down")
        await driven.until(lambda: titles(driven) == ["Anvil", "Furnace", "Hammer"])
        await driven.press("enter", "down", "right")
        await driven.until(lambda: driven.library.table.has_focus)
        await driven.until(lambda: driven.library._listed.within == ("Brute Force", "Iron"))
        await driven.press("l")
        await driven.until(lambda: [e.kind for e in driven.feedback()] == ["like"])
        await driven.press("escape", "left")
        assert browser.artists.has_focus
        await driven.press("v")
        await driven.until(lambda: len(titles(driven)) == 10)
        assert driven.library.table.has_focus


async def test_a_search_is_of_all_songs(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await in_library(driven)
        await driven.press("v")
        await driven.until(lambda: titles(driven) == ["Lake", "Rain", "River"])
        await driven.press("slash")
        await driven.type("hammer")
        await driven.until(lambda: titles(driven) == ["Hammer"])
        assert not driven.library.has_class("-browsing")


async def test_while_a_rule_is_typed_it_is_said_what_takes_it(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await in_library(driven)
        await driven.press("slash")
        await driven.type("genre:metal")
        await driven.shows("enter filters by it")
        await driven.press("enter")
        await driven.shows("3 songs, by artist")
