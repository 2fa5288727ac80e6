from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.records import Recommendation, Track
from musicrec_tui.widgets.tracks import longest_rising, movement, worked_through

KEYS = st.lists(st.integers(0, 12), unique=True)


def test_a_song_that_rose_says_by_how_much_and_those_that_made_room_say_nothing() -> None:
    assert movement([1, 2, 3, 4, 5], [4, 1, 2, 3, 5]) == {4: "▲3"}


def test_a_song_that_fell_says_by_how_much() -> None:
    assert movement([1, 2, 3, 4], [2, 3, 1, 4]) == {1: "▼2"}


def test_a_song_that_left_the_list_moves_no_other() -> None:
    assert movement([1, 2, 3], [2, 3]) == {}


def test_a_song_that_was_not_there_is_new() -> None:
    assert movement([1, 2], [1, 9, 2]) == {9: "new"}


@given(st.permutations(range(8)))
def test_something_is_marked_exactly_when_the_order_changed(after: list[int]) -> None:
    before = list(range(8))
    assert bool(movement(before, after)) == (before != after)


@given(KEYS, KEYS)
def test_only_songs_on_the_list_are_marked(before: list[int], after: list[int]) -> None:
    assert set(movement(before, after)) <= set(after)


@given(st.lists(st.integers(), unique=True, max_size=30))
def test_the_longest_rising_run_rises_and_stands_in_the_list(numbers: list[int]) -> None:
    run = longest_rising(numbers)
    places = [numbers.index(number) for number in run]
    assert run == sorted(run)
    assert places == sorted(places)
    assert bool(run) == bool(numbers)


def pick(track_id: int, score: float = 0.5) -> Recommendation:
    return Recommendation(Track(track_id, f"/{track_id}.mp3", str(track_id), "A", "B"), score, ())


def ids(picks: list[Recommendation]) -> list[int]:
    return [pick.track.id for pick in picks]


@given(KEYS, KEYS, st.integers(0, 12))
def test_rows_down_to_the_cursor_stay_and_every_new_pick_follows(
    before: list[int], after: list[int], cursor: int
) -> None:
    shown, new = [pick(i) for i in before], [pick(i, 0.9) for i in after]
    merged = worked_through(shown, new, cursor, 100)
    kept = before[: cursor + 1]
    assert ids(merged) == [*kept, *(i for i in after if i not in kept)]
    assert all(p.score == 0.9 for p in merged if p.track.id in after)
