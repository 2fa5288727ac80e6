import threading

import pytest

from musicrec_tui.screens import snapshot
from musicrec_tui.themes import THEMES
from tests.conftest import Command
from tests.tui.screens import with_picks


async def test_the_picks_come_with_scores_and_reasons(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        track = driven.main.for_you.current
        assert track is not None
        await driven.shows(track.title, f"Why {track.title}", "━")
        await driven.until(lambda: "+" in driven.reasons)


async def test_moving_the_cursor_explains_another_pick(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.press("j")
        second = driven.main.for_you.current
        assert second is not None
        assert second.id == driven.picks[1]
        await driven.until(lambda: f"Why {second.title}" in driven.text)


async def test_before_any_feedback_the_screen_says_how_to_begin(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.until(lambda: "Press l on a song you like" in driven.text)
        await driven.press("l")
        await driven.until(lambda: "Press l on a song you like" not in driven.text)


async def test_a_like_is_kept_marked_and_told(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        track = driven.main.for_you.current
        assert track is not None
        await driven.press("l")
        await driven.until(lambda: any("Liked" in line for line in driven.said))
        assert any(track.title in line and "u takes it back" in line for line in driven.said)
        (event,) = driven.feedback()
        assert (event.track_id, event.kind, event.source) == (track.id, "like", "tui")
        await driven.shows("♥")
        now = driven.main.for_you.current
        assert now is not None
        assert now.id == track.id


async def test_a_like_changes_scores_at_once(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        before = {p.track.id: p.score for p in driven.main.for_you._picks}
        await driven.press("l")
        await driven.until(lambda: driven.said)
        await driven.until(
            lambda: {p.track.id: p.score for p in driven.main.for_you._picks} != before
        )


async def test_liking_twice_is_one_like(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.press("l")
        await driven.until(lambda: driven.said)
        await driven.press("l")
        await driven.until(lambda: any("already" in line for line in driven.said))
        assert len(driven.feedback()) == 1


async def test_a_disliked_song_leaves_the_list_before_the_store_answers(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        first, second = driven.picks[:2]
        answer = threading.Event()
        driven.main.context.desk.tell(lambda _: answer.wait(60))
        await driven.press("d")
        assert driven.picks[0] == second
        answer.set()
        await driven.until(lambda: driven.said)
        await driven.until(lambda: first not in driven.picks)
        assert [event.kind for event in driven.feedback()] == ["dislike"]


async def test_after_a_dislike_the_cursor_is_on_the_next_song(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.press("j", "j")
        third, fourth = driven.picks[2:4]
        await driven.press("d")
        current = driven.main.for_you.current
        assert current is not None
        assert current.id == fourth
        await driven.until(lambda: driven.said)
        await driven.until(lambda: third not in driven.picks)


async def test_undo_brings_a_disliked_song_back(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        before = driven.picks
        await driven.press("d")
        await driven.until(lambda: driven.said)
        await driven.press("u")
        await driven.until(lambda: any("Undone" in line for line in driven.said))
        await driven.until(lambda: sorted(driven.picks) == sorted(before))
        assert [event.kind for event in driven.feedback()] == ["dislike", "undo"]


async def test_with_nothing_to_undo_it_says_so(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.press("u")
        await driven.until(lambda: "There is nothing to undo" in driven.said)


async def test_keys_pressed_in_a_hurry_reach_the_store_in_their_order(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.press("l", "u", "j", "d", "l")
        await driven.until(lambda: len(driven.feedback()) == 4)
        assert [event.kind for event in driven.feedback()] == ["like", "undo", "dislike", "like"]


async def test_with_every_song_disliked_the_screen_says_how_to_go_on(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        for _ in range(10):
            await driven.press("d")
        await driven.until(lambda: not driven.picks and "every song is disliked" in driven.text)
        await driven.press("u")
        await driven.until(lambda: len(driven.picks) == 1)


async def test_enter_explains_and_escape_goes_back(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        track = driven.main.for_you.current
        assert track is not None
        await driven.press("enter")
        await driven.until(lambda: "Score" in driven.text and track.label in driven.text)
        await driven.until(lambda: driven.app.screen is not driven.main)
        await driven.press("escape")
        await driven.until(lambda: driven.app.screen is driven.main)


@pytest.mark.parametrize("size", [(80, 24), (200, 60), (40, 10), (20, 5)])
async def test_it_fits_terminals_of_any_size(musicrec: Command, size: tuple[int, int]) -> None:
    async with with_picks(musicrec.home, size) as driven:
        await driven.press("j", "l", "2", "j", "1")
        await driven.until(lambda: driven.said)
        assert driven.picks


@pytest.mark.parametrize("theme", [theme.name for theme in THEMES])
async def test_the_theme_turns_with_a_key(musicrec: Command, theme: str) -> None:
    async with with_picks(musicrec.home) as driven:
        driven.app.theme = theme
        await driven.press("t")
        assert driven.app.theme in {other.name for other in THEMES}
        assert driven.app.theme != theme


async def test_what_the_weights_add_up_to_is_said_beside_them(musicrec: Command) -> None:
    async with with_picks(musicrec.home, (160, 40)) as driven:
        await driven.until(lambda: "an ordinary song of yours" in driven.text)
        pick, ordinary = driven.main.for_you._picks[0], driven.main.for_you._ordinary
        assert ordinary is not None
        whole = sum(reason.weight for reason in pick.reasons)
        await driven.shows(f"together {whole:+.2f} (", f"from {ordinary:.2f},")
        await driven.press("e")
        await driven.until(lambda: driven.app.screen is not driven.main)
        await driven.shows("together", f"from {ordinary:.2f}, an ordinary song")


async def test_rows_that_were_passed_stay_with_the_scores_of_now_until_the_list_is_made_anew(
    musicrec: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshot, "PICKS", 4)
    async with with_picks(musicrec.home) as driven:
        page, told = driven.main.for_you, driven.main.library_watch
        await driven.press("j", "j", "j")
        passed = page.ids
        for query in (*("Anvil", "Hammer", "Furnace"), str(passed[0])):
            musicrec("dislike", query)
        await driven.until(lambda: told.seen and len(told.seen.opinions) == 4)
        await driven.until(lambda: told.settled and not told.seen.found.provisional)
        await driven.shows("rows that you passed stay. F5")
        assert page.ids[:4] == passed
        scores = {pick.track.id: pick.score for pick in page._picks[:4]}
        for track_id, score in scores.items():
            assert score == pytest.approx(musicrec.json("explain", str(track_id))["score"])
        await driven.press("f5")
        assert page.ids[0] != passed[0]
        assert "rows that you passed" not in driven.text


async def test_what_was_said_is_told_although_another_program_changes_something_meanwhile(
    musicrec: Command,
) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.until(lambda: driven.main.library_watch.settled)
        track = driven.main.for_you.current
        assert track is not None
        await driven.press("l")
        for _ in range(20):  # readings that give up the one before, as changes elsewhere do
            driven.main.refresh_all()
            await driven.pilot.pause()
        await driven.until(lambda: any(f"♥ Liked {track.title}" in line for line in driven.said))
        assert sum(f"♥ Liked {track.title}" in line for line in driven.said) == 1
