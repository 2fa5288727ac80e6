from tests.conftest import Command
from tests.tui.screens import FakePlayer, eventually, with_picks


async def test_space_plays_the_song_under_the_cursor_then_pauses_and_goes_on(
    musicrec: Command,
) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        track = driven.main.for_you.current
        assert track is not None
        await driven.press("space")
        await driven.until(lambda: player.played == [track.path])
        await driven.until(lambda: f"▶ {track.label}" in driven.text)
        await driven.press("j", "space")
        await driven.until(lambda: player.state.state == "paused" and "‖" in driven.text)
        await driven.press("space")
        await driven.until(lambda: player.state.state == "playing")
        assert player.played == [track.path]


async def test_a_song_that_ends_counts_as_played_and_the_next_pick_follows(
    musicrec: Command,
) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        first = driven.picks[0]
        follower = driven.main.for_you.following()[0]
        await driven.press("space")
        player.wind("playing", 42.0)
        await driven.until(lambda: "0:42 / 1:40" in driven.text)
        player.wind("ended", 0.0)
        await driven.until(lambda: len(player.played) == 2)
        assert player.played[1] == follower.path
        await driven.until(driven.feedback)
        (event,) = driven.feedback()
        assert (event.track_id, event.kind, event.value) == (first, "play", 100.0)
        assert event.source == "tui"


async def test_a_song_left_early_counts_as_skipped_with_the_seconds_heard(
    musicrec: Command,
) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        await driven.press("space")
        player.wind("playing", 7.0)
        await driven.until(lambda: "0:07" in driven.text)
        await driven.press("n")
        await driven.until(driven.feedback)
        assert [(e.kind, e.value) for e in driven.feedback()] == [("skip", 7.0)]
        assert len(player.played) == 2


async def test_a_song_stopped_after_half_of_it_counts_as_played(musicrec: Command) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        await driven.press("space")
        player.wind("playing", 60.0)
        await driven.until(lambda: "1:00" in driven.text)
        await driven.press("x")
        await driven.until(driven.feedback)
        assert [(e.kind, e.value) for e in driven.feedback()] == [("play", 60.0)]
        await driven.until(lambda: player.state.state == "stopped")


async def test_a_song_of_which_nothing_was_heard_counts_for_nothing(musicrec: Command) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        await driven.press("space")
        await driven.until(lambda: player.played)
        await driven.press("x")
        await driven.until(lambda: player.state.state == "stopped")
        assert driven.feedback() == []


async def test_quitting_keeps_a_song_that_was_mostly_heard_and_ends_the_player(
    musicrec: Command,
) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        await driven.press("space")
        player.wind("playing", 80.0)
        await driven.until(lambda: "1:20" in driven.text)
        await driven.press("q")
    await eventually(driven.feedback)
    assert [(e.kind, e.value) for e in driven.feedback()] == [("play", 80.0)]
    await eventually(lambda: player.closed)


async def test_quitting_says_nothing_against_a_song(musicrec: Command) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        await driven.press("space")
        player.wind("playing", 5.0)
        await driven.until(lambda: "0:05" in driven.text)
        await driven.press("q")
    await eventually(lambda: player.closed)
    assert driven.feedback() == []


async def test_a_song_disliked_meanwhile_does_not_follow(musicrec: Command) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        second, third = driven.main.for_you.following()[:2]
        await driven.press("space", "j", "d")
        await driven.until(lambda: driven.said)
        assert second.id not in driven.picks
        player.wind("ended", 0.0)
        await driven.until(lambda: len(player.played) == 2)
        assert player.played[1] == third.path


async def test_a_file_that_does_not_play_is_told_and_the_next_one_follows(
    musicrec: Command,
) -> None:
    player = FakePlayer()
    async with with_picks(musicrec.home, player=player) as driven:
        await driven.press("space")
        await driven.until(lambda: player.played)
        player.wind("failed", 0.0)
        await driven.until(lambda: any("cannot be played" in line for line in driven.said))
        await driven.until(lambda: len(player.played) == 2)
        assert driven.feedback() == []


async def test_without_a_player_the_screen_says_what_to_install(musicrec: Command) -> None:
    async with with_picks(musicrec.home, player=None) as driven:
        await driven.press("space")
        await driven.until(lambda: any("Install mpv" in line for line in driven.said))
        await driven.press("n", "x", "p")
        assert driven.feedback() == []
