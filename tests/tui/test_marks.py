"""Several songs at once: marked by key or click, then one key acts on all of them."""

from __future__ import annotations

from textual.widgets import Input

from musicrec_tui.widgets.marks import Marks
from musicrec_tui.widgets.virtual_table import VirtualTable
from tests.conftest import Command
from tests.tui.screens import Driven, FakePlayer, with_picks


def table(driven: Driven) -> VirtualTable:
    return driven.main.for_you.table


def opinions(driven: Driven) -> list[tuple[int, str]]:
    return [(event.track_id, event.kind) for event in driven.feedback()]


async def test_marked_songs_are_liked_together_and_one_undo_takes_all_back(
    musicrec: Command,
) -> None:
    async with with_picks(musicrec.home) as driven:
        first, _, third, *_ = driven.picks
        await driven.press("M", "j", "M", "M", "M")  # the last two: marked and let go of again
        assert table(driven).marks.ids[:2] == (first, third)
        await driven.press("escape")
        await driven.press("g", "M", "j", "M", "l")
        assert not table(driven).marks
        await driven.until(lambda: opinions(driven) == [(first, "like"), (third, "like")])
        await driven.shows("2 songs")
        await driven.press("u")
        await driven.until(lambda: opinions(driven)[2:] == [(first, "undo"), (third, "undo")])


async def test_a_range_is_disliked_and_leaves_the_list(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        meant = driven.picks[1:4]
        await driven.press("j", "M", "j", "V")
        assert set(table(driven).marks.ids) == set(meant)
        assert driven.text.count("◆") == len(meant)
        await driven.press("d")
        assert not set(driven.picks) & set(meant)
        await driven.until(lambda: {track for track, _ in opinions(driven)} == set(meant))


async def test_marked_songs_go_to_the_queue_in_the_order_they_were_marked(
    musicrec: Command,
) -> None:
    async with with_picks(musicrec.home, player=FakePlayer()) as driven:
        one, two, three, *_ = driven.picks
        await driven.press("j", "j", "M", "g", "M", "a")
        await driven.until(
            lambda: [s.track_id for s in driven.main.playing.queue.songs] == [three, one]
        )
        assert two not in [song.track_id for song in driven.main.playing.queue.songs]


async def test_escape_lets_go_of_marks_before_it_does_anything_else(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.press("M", "M")
        assert len(table(driven).marks) == 2
        await driven.press("escape")
        assert not table(driven).marks
        assert "◆" not in driven.text


async def test_a_click_with_control_marks(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        await driven.pilot.click(table(driven), offset=(10, 3), control=True)
        assert table(driven).marks.ids == (driven.picks[2],)
        await driven.pilot.click(table(driven), offset=(10, 1))
        assert table(driven).marks.ids == (driven.picks[2],)


def test_marks_keep_their_order_and_where_a_range_begins() -> None:
    marks = Marks()
    marks.toggle(4, 40)
    marks.toggle(2, 20)
    assert (marks.ids, marks.last) == ((40, 20), 2)
    marks.toggle(2, 20)
    assert (marks.ids, marks.last) == ((40,), None)
    marks.add(7, (50, 40, 60))
    assert (marks.ids, marks.last) == ((40, 50, 60), 7)
    assert marks.clear()
    assert not marks.clear()


async def test_a_whole_list_is_marked_by_one_key_and_kept_as_a_playlist(musicrec: Command) -> None:
    async with with_picks(musicrec.home) as driven:
        picks = driven.picks
        await driven.press("asterisk")
        await driven.until(lambda: any("All 10 marked" in line for line in driven.said))
        await driven.press("P")
        await driven.until(lambda: isinstance(driven.app.focused, Input))
        await driven.type("Tonight")
        await driven.press("enter")
        await driven.until(lambda: any("Tonight" in line for line in driven.said))
        kept = musicrec.json("playlist", "show", "Tonight")
        assert [item["id"] for item in kept["tracks"]] == picks
        await driven.press("asterisk", "asterisk")
        assert len(driven.main.for_you.table.marks) == 0
