"""Home: shelves by keys."""

from __future__ import annotations

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists.request import ListRequest
from musicrec_tui.screens.home.page import HomePage
from tests.conftest import Command
from tests.tui.screens import Driven, FakePlayer, with_picks


def _page(driven: Driven) -> HomePage:
    return driven.main.page("home", HomePage)


async def test_a_shelf_is_opened_and_its_song_plays_with_those_below(musicrec: Command) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        await driven.press("7")
        await driven.shows("What fits you best now", "Rediscover")
        tracks = _page(driven)._tracks
        await driven.press("enter", "j", "enter")
        await driven.until(lambda: player.played == [tracks[1].path])
        await driven.press("escape", "j")
        await driven.until(lambda: "Play a song" in driven.text or "Like " in driven.text)


async def test_empty_shelves_say_what_fills_them_and_saved_lists_are_shelves_too(
    musicrec: Command,
) -> None:
    with MusicRec(home=musicrec.home) as core:
        core.saved_lists.save("Daily", ListRequest(4))
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        await driven.press("7")
        await driven.shows("What fits you best now")
        await driven.press("j")
        await driven.shows("Play a song: then others like it stand here")
        await driven.press("G")
        await driven.shows("A saved list of yours")
        await driven.until(lambda: len(_page(driven)._tracks) == 4)
        await driven.press("p")
        await driven.until(lambda: player.played == [_page(driven)._tracks[0].path])
        await driven.press("f5")
        await driven.until(lambda: len(_page(driven)._tracks) == 4)
