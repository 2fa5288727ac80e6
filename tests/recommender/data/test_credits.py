"""Credits as vectors over artists: every way to look at them says the same."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from musicrec_core.recommender.data.credits import Credits
from musicrec_core.recommender.data.sample import subset
from tests.recommender.taste_world import library

COUNT, ARTISTS = 9, 6


@st.composite
def credited(draw):
    """Credits of some recordings, and the same as a table [n, artists] of weights."""
    lists = draw(
        st.lists(
            st.lists(st.integers(0, ARTISTS - 1), max_size=4, unique=True),
            min_size=COUNT,
            max_size=COUNT,
        )
    )
    table = np.zeros((COUNT, ARTISTS))
    rows, codes, weights = [], [], []
    for row, artists in enumerate(lists):
        heft = np.array([1.0, *draw(st.tuples(*[st.sampled_from((1.0, 0.5))] * 3))])[: len(artists)]
        heft = heft / max(np.linalg.norm(heft), 1e-9)
        table[row, artists] = heft
        rows += [row] * (len(artists) - 1)
        codes += artists[1:]
        weights += heft[1:].tolist()
    leads = np.array([artists[0] if artists else -1 for artists in lists], np.int64)
    made = Credits(
        leads, np.array(rows, np.int64), np.array(codes, np.int64), np.array(weights, np.float32)
    )
    return made, table


ROWS = st.lists(st.integers(0, COUNT - 1), max_size=6).map(lambda rows: np.array(rows, np.int64))


@settings(max_examples=60)
@given(credited(), ROWS, ROWS)
def test_overlap_is_the_cosine_of_the_vectors(made, rows, others):
    credits_, table = made
    np.testing.assert_allclose(
        credits_.overlap(rows, others), table[rows] @ table[others].T, atol=1e-6
    )


@settings(max_examples=60)
@given(credited(), ROWS, st.integers(0, COUNT), st.integers(0, COUNT))
def test_what_is_summed_and_gathered_is_the_overlap_with_all_that_was_summed(made, rows, a, b):
    credits_, table = made
    values = np.arange(2 * len(rows), dtype=np.float32).reshape(-1, 2)
    sums = credits_.summed(rows, values)
    expected = table @ table[rows].T @ values
    for part in (slice(min(a, b), max(a, b)), np.array([a, b, a]) % COUNT):
        np.testing.assert_allclose(credits_.gathered(sums, part), expected[part], atol=1e-4)


@settings(max_examples=60)
@given(credited(), ROWS)
def test_who_shares_an_artist_with_a_recording_is_found_by_any_of_them(made, rows):
    credits_, table = made
    wanted = set(np.flatnonzero((table @ table[rows].T > 0).any(axis=1)).tolist())
    sharing = credits_.sharing(rows, COUNT)
    assert set(np.concatenate([[], *sharing]).astype(int).tolist()) == wanted
    artists = np.flatnonzero(table[rows].any(axis=0))
    assert set(np.flatnonzero(credits_.credit(artists)).tolist()) == wanted
    for row in range(COUNT):
        assert set(credits_.of(row).tolist()) == set(np.flatnonzero(table[row]).tolist())


def test_a_part_of_a_library_keeps_its_credits():
    songs = library(40)
    songs = replace(
        songs,
        credit_rows=np.array([3, 3, 20]),
        credit_codes=np.array([9, 8, 9]),
        credit_weights=np.array([0.5, 0.5, 0.6], np.float32),
    )
    rows = np.array([1, 3, 20, 30])
    part = subset(songs, rows)
    everything = np.arange(4)
    np.testing.assert_array_equal(
        part.credits.overlap(everything, everything), songs.credits.overlap(rows, rows)
    )
