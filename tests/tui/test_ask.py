"""Ask: a talk on the screen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from musicrec_core.app.facade import MusicRec
from musicrec_tui.screens.ask.page import Ask
from musicrec_tui.screens.ask.talk_log import TalkLog
from musicrec_tui.screens.ask.wish_input import WishInput
from musicrec_tui.screens.dialogs.confirm import ConfirmScreen
from musicrec_tui.widgets.chip_bar import ChipBar
from tests.conftest import Command
from tests.tui.screens import Driven, FakePlayer, with_picks


class Talk:
    """The page, and what is said on it."""

    def __init__(self, driven: Driven) -> None:
        self.driven = driven

    @property
    def page(self) -> Ask:
        return self.driven.main.page("ask", Ask)

    @property
    def titles(self) -> list[str]:
        return [track.title for track in self.page._tracks]

    @property
    def chips(self) -> list[str]:
        return [chip.words for chip in self.page.query_one(ChipBar).chips]

    @property
    def answer(self) -> str:
        return self.page.query_one(TalkLog).last_answer

    async def say(self, words: str) -> None:
        if not self.page.query_one(WishInput).has_focus:
            await self.driven.press("slash")
        await self.driven.type(words)
        await self.driven.press("enter")
        await self.answered()

    async def answered(self) -> None:
        await self.driven.until(lambda: self.answer not in ("", "…"))


@asynccontextmanager
async def talking(musicrec: Command, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Talk]:
    async with with_picks(musicrec.home, size, FakePlayer()) as driven:
        await driven.press("5")
        await driven.until(lambda: driven.main.shown_id == "ask")
        yield Talk(driven)


async def test_a_wish_makes_a_list_with_chips_and_reasons(musicrec: Command) -> None:
    async with talking(musicrec) as talk:
        await talk.driven.shows("Say what you want to hear")
        await talk.say("ambient, no metal")
        assert talk.chips == ["ambient", "metal"]
        assert {"River", "Lake"} <= set(talk.titles)
        assert "Anvil" not in talk.titles
        await talk.driven.shows("› ambient, no metal", " ambient × ", " − metal × ", "Why ")
        assert talk.driven.app.focused is talk.page.table


async def test_backspace_asks_anew_without_the_last_chip_and_undo_brings_it_back(
    musicrec: Command,
) -> None:
    async with talking(musicrec) as talk:
        await talk.say("ambient, no metal")
        await talk.driven.press("backspace")
        await talk.driven.until(lambda: talk.chips == ["ambient"])
        await talk.answered()
        assert "Anvil" in talk.titles
        await talk.driven.press("u")
        await talk.driven.until(lambda: talk.chips == ["ambient", "metal"])
        await talk.driven.until(lambda: "Undone" in talk.answer)


async def test_a_click_takes_the_chip_under_it_away(musicrec: Command) -> None:
    async with talking(musicrec) as talk:
        await talk.say("ambient, no metal")
        await talk.driven.pilot.click("#chips", offset=(3, 0))
        await talk.driven.until(lambda: talk.chips == ["metal"])


async def test_the_keys_choose_a_chip(musicrec: Command) -> None:
    async with talking(musicrec) as talk:
        await talk.say("ambient, no metal")
        await talk.driven.press("c", "right", "left", "delete")
        await talk.driven.until(lambda: talk.chips == ["metal"])
        await talk.driven.press("down")
        assert talk.driven.app.focused is talk.page.table


async def test_what_is_dropped_stays_dropped_while_the_wish_goes_on(musicrec: Command) -> None:
    async with talking(musicrec) as talk:
        await talk.say("ambient, no metal")
        await talk.driven.press("backspace")
        await talk.driven.until(lambda: talk.chips == ["ambient"])
        await talk.answered()
        await talk.say("not him")
        assert "metal" not in talk.chips
        await talk.say("techno")
        assert talk.chips == ["techno"]


async def test_what_could_not_count_is_said_and_marked(musicrec: Command) -> None:
    async with talking(musicrec) as talk:
        await talk.say("ambient from the 90s")
        await talk.driven.shows(" ? the 90s × ", "could not count")


async def test_enter_plays_and_the_keys_of_songs_work(musicrec: Command) -> None:
    async with talking(musicrec) as talk:
        await talk.say("ambient")
        first = talk.page.current
        assert first is not None
        await talk.driven.press("l")
        await talk.driven.until(lambda: "♥" in talk.driven.text)
        await talk.driven.press("enter")
        await talk.driven.until(lambda: talk.driven.main.playing.track == first)
        await talk.driven.press("u")
        await talk.driven.until(lambda: any("Undone" in line for line in talk.driven.said))
        assert talk.chips == ["ambient"]


async def test_what_is_said_is_done(musicrec: Command) -> None:
    async with talking(musicrec) as talk:
        await talk.say("add River to Evening")
        with MusicRec(home=musicrec.home) as facade:
            assert [i.track.title for i in facade.playlists.show("Evening").items] == ["River"]
        await talk.say("play Hammer")
        await talk.driven.until(
            lambda: talk.driven.main.playing.track and
            talk.driven.main.playing.track.title == "Hammer"
        )  # fmt: skip


async def test_pause_and_go_on_are_no_toggle(musicrec: Command) -> None:
    async with talking(musicrec) as talk:
        await talk.say("play Hammer")
        bar = talk.driven.main.playing
        await talk.driven.until(lambda: bar.now.state == "playing")
        for statement, state in (("pause", "paused"), ("go on", "playing")):
            await talk.say(statement)
            await talk.driven.until(lambda state=state: bar.now.state == state)
            await talk.say(statement)
            await talk.driven.app.workers.wait_for_complete()
            assert bar.now.state == state
        await talk.say("what is this song")
        await talk.driven.shows("That is Brute Force - Hammer")


async def test_before_much_goes_a_question_is_asked(musicrec: Command) -> None:
    for title in ("River", "Lake", "Anvil", "Hammer", "Furnace", "Pulse", "Signal"):
        musicrec("playlist", "add", "Evening", title)
    async with talking(musicrec) as talk:
        await talk.driven.type("clear the playlist Evening")
        await talk.driven.press("enter")
        await talk.driven.until(lambda: isinstance(talk.driven.app.screen, ConfirmScreen))
        await talk.driven.press("n")
        await talk.answered()
        with MusicRec(home=musicrec.home) as facade:
            assert len(facade.playlists.show("Evening").items) == 7


async def test_the_talk_goes_on_from_the_command_line_and_begins_anew(musicrec: Command) -> None:
    musicrec("ask", "ambient, no metal")
    async with talking(musicrec) as talk:
        await talk.driven.until(lambda: talk.titles)
        await talk.driven.shows("› ambient, no metal", " ambient × ")
        await talk.driven.press("escape", "N")
        await talk.driven.until(lambda: not talk.titles and not talk.chips)
        await talk.driven.shows("Say what you want to hear")
        assert talk.driven.app.focused is talk.page.query_one(WishInput)


async def test_escape_empties_the_line_then_leaves_it(musicrec: Command) -> None:
    async with talking(musicrec) as talk:
        await talk.driven.type("qld")
        await talk.driven.press("backspace", "escape")
        assert talk.page.query_one(WishInput).value == ""
        await talk.driven.press("escape")
        assert talk.driven.app.focused is talk.page.table
