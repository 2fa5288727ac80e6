"""Working through a list by keys: nothing moves under the hands, what plays has its own keys."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from textual import events

from musicrec_core import paths
from musicrec_tui.screens.first_run.welcome import WelcomeScreen
from musicrec_tui.screens.main import MainScreen
from musicrec_tui.widgets.folder_input import PathBox
from tests.conftest import Command
from tests.tui.screens import Driven, FakePlayer, opened, with_picks


def endings(home: Path) -> list[tuple[str, str | None]]:
    """(kind, how the song ended) of every event, as the store holds them."""
    with closing(sqlite3.connect(paths.database(home))) as conn:
        rows = conn.execute("SELECT kind, context FROM feedback ORDER BY id").fetchall()
    return [(kind, json.loads(context)["ended"] if context else None) for kind, context in rows]


def highlighted(driven: Driven) -> int:
    track = driven.main.for_you.current
    assert track is not None
    return track.id


async def test_after_the_first_question_the_list_takes_keys_from_its_first_row(
    fresh: Command, scanned: Path
) -> None:
    async with opened(fresh.home) as driven:
        await driven.until(lambda: isinstance(driven.app.screen, WelcomeScreen))
        shutil.copytree(scanned / "music", fresh.home / "music")
        box = driven.app.screen.query_one(PathBox)
        box.value = str(fresh.home / "music")
        box.focus()
        await driven.press("enter")
        await driven.until(
            lambda: isinstance(driven.app.screen, MainScreen) and len(driven.picks) == 10
        )
        await driven.until(lambda: driven.main.job_bar.job is None)
        assert driven.app.focused is driven.main.for_you.table
        assert driven.main.for_you.table.cursor == 0
        await driven.press("j")
        assert driven.main.for_you.table.cursor == 1


async def test_what_plays_leaving_the_list_does_not_move_the_highlight(musicrec: Command) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        await driven.press("p", "j", "j", "j", "j")
        here = highlighted(driven)
        await driven.press("D")
        await driven.until(lambda: len(driven.picks) == 9)
        assert highlighted(driven) == here
        await driven.press("l")
        await driven.until(lambda: len(driven.feedback()) == 2)
        assert driven.feedback()[-1].track_id == here


async def test_after_a_dislike_the_cursor_keeps_its_place(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        for left in (9, 8, 7):
            await driven.press("d")
            await driven.until(lambda left=left: len(driven.feedback()) == 10 - left)
            await driven.until(lambda left=left: len(driven.said) == 10 - left)
            assert driven.main.for_you.table.cursor == 0
            assert len(driven.picks) == left


async def test_keys_that_come_at_once_act_on_one_song_after_another(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        first, second, third = driven.picks[:3]
        for _ in range(2):  # as a terminal hands over what was typed while it was busy
            driven.app.post_message(events.Key("d", "d"))
        await driven.until(lambda: len(driven.feedback()) == 2)
        assert [event.track_id for event in driven.feedback()] == [first, second]
        assert highlighted(driven) == third


async def test_keys_like_and_dislike_what_is_playing_wherever_the_cursor_is(
    musicrec: Command,
) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        first, second = driven.picks[:2]
        await driven.press("p", "j", "j", "L")
        await driven.until(lambda: len(driven.feedback()) == 1)
        await driven.press("n")
        await driven.until(lambda: len(player.played) == 2)
        await driven.press("D")
        await driven.until(lambda: len(player.played) == 3)
        await driven.until(lambda: len(driven.feedback()) == 2)
        items = [(event.track_id, event.kind) for event in driven.feedback()]
        assert items == [(first, "like"), (second, "dislike")]


async def test_with_nothing_playing_its_keys_say_so(musicrec: Command) -> None:
    async with with_picks(musicrec.home, player=FakePlayer()) as driven:
        await driven.press("L")
        await driven.until(lambda: "Nothing is playing" in driven.said)
        assert driven.feedback() == []


async def test_playing_stops_after_the_second_failure_in_a_row(musicrec: Command) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        await driven.press("p")
        for plays in (1, 2):
            await driven.until(lambda plays=plays: len(player.played) == plays)
            player.wind("failed", 0.0)
        await driven.until(lambda: any("no audio output" in line for line in driven.said))
        await driven.until(lambda: driven.main.playing.track is None)
        assert len(player.played) == 2
        assert driven.feedback() == []


@pytest.mark.parametrize(
    ("key", "at_s", "expected"),
    [
        ("n", 7.0, [("skip", "next")]),
        ("n", 60.0, [("play", "next")]),
        ("x", 7.0, []),
        ("b", 7.0, []),
        ("x", 60.0, [("play", "stop")]),
    ],
)
async def test_only_going_on_before_half_of_a_song_is_a_skip_and_how_it_ended_is_kept(
    musicrec: Command, key: str, at_s: float, expected: list[tuple[str, str]]
) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        await driven.press("p")
        await driven.until(lambda: player.played)
        player.wind("playing", at_s)
        await driven.shows(f"{int(at_s) // 60}:{int(at_s) % 60:02} / 1:40")
        await driven.press(key)
        await driven.until(lambda: player.state.state == "stopped" or len(player.played) == 2)
        await driven.until(lambda: len(endings(musicrec.home)) == len(expected))
    assert endings(musicrec.home) == expected


async def test_picking_another_song_is_no_skip_and_a_skip_is_told(musicrec: Command) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        await driven.press("p")
        await driven.until(lambda: player.played)
        player.wind("playing", 7.0)
        await driven.shows("0:07 / 1:40")
        await driven.press("j", "p")
        await driven.until(lambda: len(player.played) == 2)
        player.wind("playing", 8.0)
        await driven.shows("0:08 / 1:40")
        await driven.press("n")
        await driven.until(lambda: any(line.startswith("Skipped") for line in driven.said))
        await driven.until(lambda: endings(musicrec.home) == [("skip", "next")])


async def test_the_playing_row_carries_a_mark(musicrec: Command) -> None:
    async with with_picks(musicrec.home, player=FakePlayer()) as driven:
        track = driven.main.for_you.current
        assert track is not None
        await driven.press("p", "j")
        marked = lambda: [line for line in driven.text.splitlines() if line.startswith("▶")]  # noqa: E731
        await driven.until(lambda: any(track.title in line for line in marked()))
        assert len(marked()) == 1
