"""The highlight stays where the hands put it, whatever they press and however scores change."""

from __future__ import annotations

import random

import pytest

from tests.conftest import Command
from tests.tui.screens import Driven, FakePlayer, with_picks

STEPS = 20
MOVES = {"j": 1, "down": 1, "k": -1, "up": -1}
OTHERS = ("l", "l", "d", "L", "D", "p", "n", "u", "space", "x")


def highlighted(driven: Driven) -> int | None:
    track = driven.main.for_you.current
    return None if track is None else track.id


@pytest.mark.parametrize("seed", range(2))
async def test_only_keys_that_move_it_move_the_highlight(musicrec: Command, seed: int) -> None:
    hands = random.Random(seed)
    async with with_picks(musicrec.home, player=FakePlayer()) as driven:
        await driven.press("j")
        for _ in range(STEPS):
            before, at, ids = highlighted(driven), driven.main.for_you.table.cursor, driven.picks
            key = hands.choice([*MOVES, *OTHERS])
            await driven.press(key)
            here = highlighted(driven)
            if key in MOVES:
                wanted = max(0, min(at + MOVES[key], len(ids) - 1))
                assert here == (ids[wanted] if ids else None), key
            elif before in driven.picks and key != "u":  # undo goes back to what it brings back
                assert here == before, key
            elif key == "d":  # the song below took its place, or the last one is above
                assert here == next(iter([*ids[at + 1 :], *reversed(ids[:at])]), None)
            settled, cursor = driven.picks, driven.main.for_you.table.cursor
            if hands.random() < 0.3:  # time for a new list to come in under the hands
                driven.main.library_watch.refresh()
                await driven.until(lambda: driven.main.library_watch.settled)
                assert key == "u" or highlighted(driven) == here, key
                assert driven.picks[:cursor] == settled[:cursor] or key == "u"


async def test_a_key_acts_on_the_row_that_is_highlighted_while_lists_come_in(
    musicrec: Command,
) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.press("j", "j")
        liked = []
        for _ in range(4):
            here = highlighted(driven)
            assert here is not None
            liked.append(here)
            await driven.press("l")
            driven.main.library_watch.refresh()
            await driven.press("j")
        await driven.until(lambda: len(driven.feedback()) == len(liked))
        assert [event.track_id for event in driven.feedback()] == liked
