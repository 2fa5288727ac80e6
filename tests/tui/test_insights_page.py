"""Insights: what is said before and after something was liked and played, and other years."""

from __future__ import annotations

import time

from musicrec_core.app.facade import MusicRec
from tests.conftest import Command
from tests.tui.screens import with_picks

YEAR_S = 366 * 86_400


async def test_before_anything_was_said_it_says_so(musicrec: Command) -> None:
    async with with_picks(musicrec.home, size=(120, 50)) as driven:
        await driven.press("8")
        await driven.shows("10 of 10 songs heard", "Too few songs are liked", "Nothing was played")
        await driven.press("left_square_bracket")
        await driven.until(lambda: any("another year" in line for line in driven.said))


async def test_opinions_of_several_months_are_drawn_and_moods_and_times_named(
    musicrec: Command,
) -> None:
    now_s = time.time()
    with MusicRec(home=musicrec.home) as core:
        feedback = core._context.store.feedback
        given = (("River", "like", 124), ("Lake", "like", 62), ("Anvil", "dislike", 0))
        for query, kind, days_ago in given:
            at_s = now_s - days_ago * 86_400
            feedback.add("default", core.library.find(query).id, kind, at_s=at_s, source="cli")
        page = core.insights()
    assert sum(m.likes for m in page.opinions) == 2
    assert page.opinions[-1].dislikes == 1
    assert len(page.opinions) >= 4  # those between without an opinion, too
    assert sum(songs for _, songs in page.profile.moods) == 2
    assert not page.profile.eras  # no file says its year
    async with with_picks(musicrec.home, size=(120, 60)) as driven:
        await driven.press("8")
        await driven.shows("Likes and dislikes by month", "╌╌ dislikes", "Moods you like")
        await driven.shows(page.opinions[0].month, page.opinions[-1].month)


async def test_likes_and_plays_are_shown_and_another_year_is_turned_to(musicrec: Command) -> None:
    now_s = time.time()
    with MusicRec(home=musicrec.home) as core:
        for query in ("River", "Lake", "Anvil", "Pulse", "Relay"):
            core.feedback.record(core.library.find(query), "like")
        track, feedback = core.library.find("Anvil"), core._context.store.feedback
        for at_s in (now_s, now_s, now_s - YEAR_S):
            feedback.add("default", track.id, "play", at_s=at_s, source="cli", value=60.0)
    this_year = time.localtime(now_s).tm_year
    async with with_picks(musicrec.home, size=(120, 50)) as driven:
        await driven.press("8")
        await driven.shows("How what you like sounds", "●", "Artists you like", "Ada Reed")
        await driven.shows(f"{this_year} in review", "2 plays", "Plays by month", "Brute Force")
        await driven.press("left_square_bracket")
        await driven.shows(f"{time.localtime(now_s - YEAR_S).tm_year} in review", "1 play,")
        await driven.press("right_square_bracket", "f5")
        await driven.shows(f"{this_year} in review")
