"""The queue and the song that plays: keys, order, undo, and what is kept."""

from __future__ import annotations

from musicrec_core.errors import PlayerError
from musicrec_core.players import Playing
from tests.conftest import Command
from tests.tui.screens import Driven, FakePlayer, with_picks


def _titles(driven: Driven) -> list[str]:
    playing = driven.main.playing
    return [playing.tracks[song.track_id].title for song in playing.queue.songs]


async def test_what_is_added_plays_at_the_end_or_next_and_can_be_undone(musicrec: Command) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        first, *rest = [pick.title for pick in _shown(driven)]
        await driven.press("space")
        await driven.until(lambda: player.follows)
        assert _titles(driven) == [first, *rest]
        await driven.press("j", "j", "A")
        assert _titles(driven)[:2] == [first, rest[1]]
        await driven.press("ctrl+z")
        assert _titles(driven) == [first, *rest]
        await driven.press("ctrl+y", "a")
        assert _titles(driven)[-1] == rest[1]


async def test_the_player_goes_on_without_a_gap(musicrec: Command) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        first, second, third = _shown(driven)[:3]
        await driven.press("space")
        await driven.until(lambda: player.follows == second.path)
        player.wind("playing", 99.0)
        await driven.until(lambda: "1:39" in driven.text)
        player.hand_over()
        await driven.until(lambda: player.follows == third.path)
        assert player.played == [first.path]
        assert driven.main.playing.track == second
        await driven.until(driven.feedback)
        assert [(e.track_id, e.kind) for e in driven.feedback()] == [(first.id, "play")]


async def test_the_queue_page_moves_removes_clears_and_jumps(musicrec: Command) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        titles = [track.title for track in _shown(driven)]
        await driven.press("space")
        await driven.until(lambda: player.follows)
        await driven.press("3")
        await driven.shows(f"{len(titles)} songs, {len(titles) - 1} to come")
        await driven.press("j", "J")
        await driven.until(lambda: _titles(driven)[:3] == [titles[0], titles[2], titles[1]])
        await driven.press("delete")
        await driven.until(lambda: titles[1] not in _titles(driven))
        await driven.press("g", "j", "enter")
        await driven.until(lambda: len(player.played) == 2)
        await driven.press("C")
        await driven.until(lambda: _titles(driven) == [titles[2]])
        await driven.press("ctrl+z", "ctrl+z", "ctrl+z")
        await driven.until(lambda: _titles(driven) == titles)


async def test_seeking_volume_repeat_and_shuffle(musicrec: Command) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        await driven.press("space")
        player.wind("playing", 50.0)
        await driven.until(lambda: "0:50" in driven.text)
        await driven.press("right")
        await driven.until(lambda: 55.0 <= player.state.position_s < 60.0)
        await driven.press("left", "left")
        await driven.until(lambda: 45.0 <= player.state.position_s < 50.0)
        await driven.press("minus")
        await driven.until(lambda: player.sounds and player.sounds[-1].volume == 95)
        await driven.shows("vol 95")
        await driven.press("y", "y")
        await driven.until(lambda: player.follows == driven.main.playing.track.path)
        before = _titles(driven)
        await driven.press("z")
        assert sorted(_titles(driven)) == sorted(before)
        assert _titles(driven)[0] == before[0]


async def test_going_back_begins_a_song_anew_from_further_on(musicrec: Command) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        first, second = _shown(driven)[:2]
        await driven.press("space")
        await driven.until(lambda: player.played)
        await driven.press("n")
        await driven.until(lambda: len(player.played) == 2)
        player.wind("playing", 20.0)
        await driven.until(lambda: "0:20" in driven.text)
        await driven.press("b")
        await driven.until(lambda: len(player.played) == 3)
        await driven.press("b")
        await driven.until(lambda: len(player.played) == 4)
        assert player.played == [first.path, second.path, second.path, first.path]


async def test_the_queue_is_there_again_and_its_song_goes_on_where_it_was(
    musicrec: Command,
) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        track = _shown(driven)[0]
        await driven.press("space")
        player.wind("playing", 30.0)
        await driven.until(lambda: "0:30" in driven.text)
        await driven.press("q")
    again = FakePlayer()
    async with with_picks(musicrec.home, player=again) as driven:
        await driven.shows(f"‖ {track.label}", "0:30")
        assert again.played == []
        await driven.press("space")
        await driven.until(lambda: 30.0 <= again.state.position_s < 35.0)
        assert again.played == [track.path]


class Dying(FakePlayer):
    """Is gone when it is looked at, as often as it is told to be."""

    deaths = 0

    def now(self) -> Playing:
        if self.deaths:
            self.deaths -= 1
            raise PlayerError("the player is gone")
        return super().now()


async def test_a_player_that_dies_goes_on_where_it_was_once(musicrec: Command) -> None:
    player = Dying()
    async with with_picks(musicrec.home, player=player) as driven:
        await driven.press("space")
        player.wind("playing", 42.0)
        await driven.until(lambda: "0:42" in driven.text)
        player.deaths = 1
        await driven.until(lambda: len(player.played) == 2)
        assert player.played[0] == player.played[1]
        await driven.until(lambda: 42.0 <= player.state.position_s < 47.0)
        player.deaths = 1
        await driven.until(lambda: any("ended twice" in line for line in driven.said))
        assert len(player.played) == 2


async def test_the_song_that_plays_is_shown_at_large(musicrec: Command) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        await driven.press("4")
        await driven.shows("Nothing is playing")
        await driven.press("1", "space", "4")
        track = driven.main.for_you.current
        assert track is not None
        await driven.shows(track.title, "score", "next")


def _shown(driven: Driven):  # type: ignore[no-untyped-def]
    page = driven.main.for_you
    return [page.current, *page.following()]
