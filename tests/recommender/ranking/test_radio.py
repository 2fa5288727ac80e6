from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from musicrec_core.recommender.ranking.radio import HeardRows, radio
from tests.recommender.taste_world import kind_of, library, nothing_said, opinions

WORLD = library()
SCORES = np.random.default_rng(0).random(len(WORLD)).astype(np.float32)
ROWS = st.integers(0, len(WORLD) - 1)
VERSIONS = np.arange(len(WORLD)) // 2


def heard(rows: list[int], verdict: float = 0.0) -> HeardRows:
    return HeardRows(np.array(rows, np.int64), np.full(len(rows), verdict, np.float32))


def rows_of(picks) -> list[int]:
    return [pick.row for pick in picks]


@settings(max_examples=50)
@given(
    st.lists(ROWS, max_size=3),
    st.lists(st.tuples(ROWS, st.sampled_from([-1.0, 0.0, 1.0])), max_size=12),
    st.lists(ROWS, max_size=5),
    st.lists(ROWS, max_size=5),
    st.integers(1, 30),
)
def test_nothing_banned_disliked_or_heard_is_played(seeds, session, banned, disliked, count):
    allowed = np.ones(len(WORLD), np.bool_)
    allowed[banned] = False
    before = HeardRows(
        np.array([row for row, _ in session], np.int64),
        np.array([verdict for _, verdict in session], np.float32),
    )
    made = [
        radio(
            WORLD, opinions([], disliked), np.array(seeds, np.int64), before, SCORES, count,
            allowed=allowed, versions=VERSIONS,
        )
        for _ in "ab"
    ]  # fmt: skip
    rows = rows_of(made[0])
    assert made[0] == made[1]
    assert not set(rows) & {*banned, *disliked}
    songs = VERSIONS[rows].tolist()
    assert len(songs) == len(set(songs)) == count
    assert not set(songs) & set(VERSIONS[before.rows].tolist())
    assert all(pick.contributions for pick in made[0])


def test_skips_turn_it_away_and_likes_towards():
    seeds = np.array([0, 1])
    loud = [row for row in range(60, 80) if kind_of(row) == kind_of(1)][:4]
    share = {
        verdict: np.mean([
            kind_of(row) == kind_of(1)
            for row in rows_of(
                radio(WORLD, nothing_said(), seeds, heard(loud, verdict), SCORES, 15)
            )
        ])
        for verdict in (-1.0, 0.0, 1.0)
    }  # fmt: skip
    assert share[-1.0] < share[0.0] <= share[1.0]
    (first, *_) = radio(WORLD, nothing_said(), seeds, heard(loud, -1.0), SCORES, 1)
    assert {term.group for term in first.contributions} <= {
        "radio_seed", "radio_taste", "radio_skipped",
    }  # fmt: skip


def test_no_artist_comes_twice_in_a_row():
    rows = rows_of(radio(WORLD, nothing_said(), np.array([0]), heard([]), SCORES, 60))
    assert all(WORLD.artists[a] != WORLD.artists[b] for a, b in pairwise(rows))


def test_it_ends_when_every_song_was_heard():
    every = heard(list(range(len(WORLD))))
    assert radio(WORLD, nothing_said(), np.array([0]), every, SCORES, 5) == ()
    most = heard(list(range(len(WORLD) - 3)))
    assert len(radio(WORLD, nothing_said(), np.array([0]), most, SCORES, 5)) == 3


def test_going_on_in_parts_repeats_nothing():
    rows: list[int] = []
    for _ in range(8):
        rows += rows_of(radio(WORLD, nothing_said(), np.array([0]), heard(rows), SCORES, 5))
    assert len(set(rows)) == 40
