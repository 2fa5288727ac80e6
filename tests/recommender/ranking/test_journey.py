from collections import Counter
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.recommender.features.points import Points
from musicrec_core.recommender.ranking.journey import journey, targets
from tests.recommender.taste_world import kind_of, library, nothing_said, opinions

WORLD = library()
SCORES = np.random.default_rng(0).random(len(WORLD)).astype(np.float32)
ROWS = st.integers(0, len(WORLD) - 1)
VERSIONS = np.arange(len(WORLD)) // 2


@given(
    st.lists(ROWS, min_size=2, max_size=3, unique=True),
    st.lists(ROWS, max_size=6),
    st.lists(ROWS, max_size=6),
    st.integers(3, 40),
)
def test_a_path_has_its_ends_and_no_banned_disliked_or_repeated_song(
    stops, banned, disliked, count
):
    allowed = np.ones(len(WORLD), np.bool_)
    allowed[banned] = False
    made = [
        journey(
            WORLD, opinions([], disliked), stops, SCORES, count, allowed=allowed, versions=VERSIONS
        )
        for _ in "ab"
    ]
    rows = [pick.row for pick in made[0]]
    assert made[0] == made[1]
    assert not set(rows) & {*banned, *disliked}
    left = [row for row in stops if row not in {*banned, *disliked}]
    assert [row for row in rows if row in stops] == left
    between = [int(VERSIONS[row]) for row in rows if row not in stops]
    assert len(between) == len(set(between))
    assert not set(between) & set(VERSIONS[stops].tolist())
    assert len(rows) == count


def test_no_artist_comes_more_than_twice_on_the_way():
    path = journey(WORLD, nothing_said(), [0, 1], SCORES, 20)
    assert max(Counter(WORLD.artists[[p.row for p in path]].tolist()).values()) <= 2


def test_the_way_leads_from_one_kind_to_the_other():
    path = [pick.row for pick in journey(WORLD, nothing_said(), [0, 1], SCORES, 20)]
    kinds = np.array([int(kind_of(row)) for row in path])
    assert (kinds[:5] == kinds[0]).mean() > 0.7
    assert (kinds[-5:] == kinds[-1]).mean() > 0.7


def test_its_steps_are_shorter_than_between_the_songs_nearest_to_the_line():
    points = Points.of(WORLD)
    every = points.at(np.arange(len(WORLD)))
    shorter = []
    for start in range(0, 40, 4):
        stops = [start, start + 1]
        path = [p.row for p in journey(WORLD, nothing_said(), stops, SCORES * 0, 12)]
        aims, _ = targets(points.at(np.array(stops)), 12)
        straight = [stops[0]]
        for aim in aims[1:-1]:
            order = np.argsort(-(every @ aim))
            straight.append(next(int(r) for r in order if r not in (*straight, stops[1])))
        straight.append(stops[1])
        squares = [
            float(sum(2 - 2 * every[a] @ every[b] for a, b in pairwise(rows)))
            for rows in (path, straight)
        ]
        shorter.append(squares[0] < squares[1])
    assert np.mean(shorter) >= 0.8


def test_a_library_of_the_ends_alone_gives_the_ends():
    allowed = np.zeros(len(WORLD), np.bool_)
    allowed[[4, 9]] = True
    path = journey(WORLD, nothing_said(), [4, 9], SCORES, 10, allowed=allowed)
    assert [pick.row for pick in path] == [4, 9]
