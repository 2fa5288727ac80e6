"""Explore: the map is walked, narrowed, listened to and crossed by keys and mouse."""

from __future__ import annotations

from pathlib import Path

from textual import events

from musicrec_tui.screens.explore.page import ExplorePage
from tests.conftest import Command
from tests.support.media import write_tone
from tests.tui.screens import Driven, FakePlayer, opened, with_picks


async def on_map(driven: Driven) -> ExplorePage:
    await driven.press("0")
    await driven.until(lambda: driven.main.shown_id == "explore")
    page = driven.main.page("explore", ExplorePage)
    await driven.until(lambda: page.plot.grid and page.current)
    return page


async def test_the_map_names_its_song_its_kinds_and_why(musicrec: Command) -> None:
    async with with_picks(musicrec.home, (120, 40)) as driven:
        page = await on_map(driven)
        assert page.plot.grid is not None
        assert page.plot.grid.counts.sum() == 10
        track = page.current
        assert track is not None
        await driven.shows("All kinds", "A ", "Here", track.title, "score 0.")


async def test_arrows_reach_every_song_and_stay_on_songs(musicrec: Command) -> None:
    async with with_picks(musicrec.home, (120, 40)) as driven:
        page = await on_map(driven)
        seen = set()
        for key in ["left"] * 10 + ["right"] * 10 + ["up"] * 10 + ["down"] * 10 + ["left"] * 10:
            await driven.press(key)
            assert page.plot.cursor is not None
            seen.add(page.plot.cursor)
        assert len(seen) >= 7  # of ten songs


async def test_it_comes_nearer_and_goes_away_by_keys_and_wheel(musicrec: Command) -> None:
    async with with_picks(musicrec.home, (120, 40)) as driven:
        page = await on_map(driven)
        plot = page.plot

        async def becomes(compare: str, than: float) -> float:
            await driven.until(
                lambda: (plot.grid.view.width < than) if compare == "<" else (
                    plot.grid.view.width > than)
            )  # fmt: skip
            return plot.grid.view.width

        whole = plot.grid.view.width
        await driven.press("i")
        near = await becomes("<", whole)
        await driven.press("i")
        nearer = await becomes("<", near)
        await driven.press("o")
        await becomes(">", nearer)
        await driven.press("right", "right", "right", "right")  # out of the view, it follows
        await driven.press("c")
        await becomes(">", near)
        assert plot.grid.view.width == whole
        await driven.pilot._post_mouse_events([events.MouseScrollUp], plot)
        await becomes("<", whole)
        await driven.pilot._post_mouse_events([events.MouseScrollDown], plot)
        await becomes(">", near)


async def test_a_song_is_liked_and_its_heart_stands_on_the_map(musicrec: Command) -> None:
    async with with_picks(musicrec.home, (120, 40)) as driven:
        page = await on_map(driven)
        track = page.current
        assert track is not None
        await driven.press("l")
        await driven.until(lambda: any(f"Liked {track.title}" in line for line in driven.said))
        await driven.until(lambda: "liked" in page.plot._roles.values())
        await driven.press("u")
        await driven.until(lambda: not page.plot._roles)
        await driven.press("d")
        await driven.until(lambda: "disliked" in page.plot._roles.values())


async def test_enter_plays_and_a_click_walks(musicrec: Command) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, (120, 40), player) as driven:
        page = await on_map(driven)
        await driven.press("enter")
        await driven.until(lambda: len(player.played) == 1)
        await driven.until(lambda: "playing" in page.plot._roles.values())
        other = page.plot.grid.next(page.plot.cursor, 1, 0) or page.plot.grid.next(
            page.plot.cursor, -1, 0
        )
        await driven.pilot.click(page.plot, offset=other)
        assert page.plot.cursor == other
        await driven.pilot.click(page.plot, offset=other, times=2)
        await driven.until(lambda: len(player.played) == 2)


async def test_a_kind_is_shown_alone_and_all_again(musicrec: Command) -> None:
    async with with_picks(musicrec.home, (120, 40)) as driven:
        page = await on_map(driven)
        await driven.press("f", "j", "enter")
        await driven.until(lambda: page.plot.kind and page.plot.grid.counts.sum() < 10)
        assert driven.app.focused is page.plot
        await driven.press("escape")
        await driven.until(lambda: page.plot.grid.counts.sum() == 10)
        await driven.press("f", "escape")
        assert driven.app.focused is page.plot


async def test_a_journey_is_drawn_and_queued(musicrec: Command) -> None:
    async with with_picks(musicrec.home, (120, 40), FakePlayer()) as driven:
        page = await on_map(driven)
        start = page.current
        await driven.press("j")
        await driven.shows("j ends it here")
        await driven.press("escape", "j")
        for key in ("right", "left", "down", "up"):
            await driven.press(key)
            await driven.pilot.pause(0.2)
            if page.current != start:
                break
        end = page.current
        await driven.press("j")
        await driven.until(lambda: len(page.plot.path) > 1)
        queue = [song.track_id for song in driven.main.playing.queue.songs]
        assert start is not None
        assert end is not None
        await driven.until(lambda: len(driven.main.playing.queue.songs) > 1)
        queue = [song.track_id for song in driven.main.playing.queue.songs]
        assert (queue[0], queue[-1]) == (start.id, end.id)
        await driven.press("escape")
        assert not page.plot.path


async def test_songs_in_one_place_are_gone_through(musicrec: Command) -> None:
    async with with_picks(musicrec.home, (80, 24)) as driven:
        page = await on_map(driven)
        page.plot._zoom(0.001, page.plot.cursor)
        places = list(range(10))
        page._list(page.plot.songs, places)
        await driven.until(lambda: len(page._here) == 10)
        first = page.current
        await driven.press("right_square_bracket")
        assert page.current != first
        await driven.press("left_square_bracket")
        assert page.current == first


async def test_before_anything_was_heard_it_says_what_to_do(fresh: Command, tmp_path: Path) -> None:
    write_tone(tmp_path / "m" / "a.flac", seconds=1.0)
    fresh("scan", tmp_path / "m", "--tags-only")
    async with opened(fresh.home) as driven:
        await driven.until(lambda: driven.app.screen.query("#pages"))
        await driven.press("0")
        await driven.shows("The map shows songs that were listened to: s scans.")
        await driven.press("right", "i", "o", "c", "enter", "l", "j", "f", "escape")
