"""Albums and artists ranked by their songs."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.recommender.ranking import rank_groups


def ranked(
    codes: list[int], values: list[float], count: int = 10, **options: object
) -> list[list[int]]:
    counted = np.ones(len(codes), np.bool_)
    groups = rank_groups(np.array(codes), np.array(values, np.float32), counted, count, **options)  # type: ignore[arg-type]
    return [group.rows.tolist() for group in groups]


def test_one_good_song_is_less_than_an_album_of_them() -> None:
    codes, values = [0] * 4 + [1] * 4, [1, 0, 0, 0, 0.9, 0.8, 0.9, 0.1]
    assert ranked(codes, values)[0] == [4, 6, 5, 7]


def test_one_song_out_of_place_makes_an_album_no_worse() -> None:
    codes, values = [0] * 4 + [1] * 4, [0.7, 0.7, 0.7, 0.7, 0.9, 0.9, 0.9, -9]
    assert ranked(codes, values)[0] == [4, 5, 6, 7]


def test_of_an_artist_only_the_best_songs_count() -> None:
    codes, values = [0] * 7 + [1] * 3, [0.9, 0.9, 0.9, -3, -3, -3, -3, 0.7, 0.7, 0.7]
    assert ranked(codes, values)[0] == [7, 8, 9]
    assert ranked(codes, values, best=5)[0] == [0, 1, 2, 3, 4]


def test_an_artist_of_one_good_song_is_less_than_one_of_several() -> None:
    codes, values = [0, 1, 1, 1, 2, 2, 2], [0.9, 0.8, 0.8, 0.8, 0, 0, 0]
    assert ranked(codes, values, best=5)[0] == [1, 2, 3]


def test_a_group_of_too_few_songs_and_songs_of_no_group_are_left_out() -> None:
    assert ranked([-1, 0, 1, 1], [9, 9, 1, 1], least=2) == [[2, 3]]


def test_what_is_liked_already_comes_once_in_so_many() -> None:
    liked = np.array([True, True, False, False])
    result = ranked([0, 1, 2, 3], [0.9, 0.8, 0.7, 0.6], liked=liked, familiar_every=2)
    assert result == [[2], [0], [3], [1]]


def test_an_artist_has_no_more_albums_than_two_in_a_list() -> None:
    leads = np.array([7, 7, 7, 8])
    assert ranked([0, 1, 2, 3], [0.9, 0.8, 0.7, 0.6], leads=leads) == [[0], [1], [3]]


@given(
    st.lists(st.tuples(st.integers(-1, 5), st.floats(-5, 5, width=32), st.booleans()), max_size=40),
    st.integers(1, 8),
    st.one_of(st.none(), st.integers(1, 3)),
)
def test_groups_hold_counted_songs_of_their_own_once_and_never_too_many(
    songs: list[tuple[int, float, bool]], count: int, best: int | None
) -> None:
    codes = np.array([code for code, _, _ in songs], np.int64)
    values = np.array([value for _, value, _ in songs], np.float32)
    counted = np.array([is_counted for _, _, is_counted in songs], np.bool_)
    groups = rank_groups(codes, values, counted, count, best=best, liked=counted, familiar_every=3)
    assert len(groups) <= count
    rows = [row for group in groups for row in group.rows.tolist()]
    assert len(set(rows)) == len(rows)
    assert all(counted[row] for row in rows)
    for group in groups:
        assert len(set(codes[group.rows].tolist())) == 1
        assert best is None or len(group.rows) <= best
    there = len(set(codes[counted & (codes >= 0)].tolist()))
    assert len(groups) == min(count, there)
