"""Dials: each moves its own measure one way, and none in the middle moves anything."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.recommender.ranking.dials import (
    Pull,
    closeness,
    familiarity,
    leaning,
)
from musicrec_core.recommender.ranking.list_rules import Rules
from musicrec_core.recommender.ranking.rank import rank
from musicrec_core.recommender.scoring.library import Scoring
from tests.support.worlds import history, library

SONGS = 600
WORLD = library(SONGS, seed=5, artists=150)
PAST = history(np.arange(0, 60, 3), np.arange(20) % 2 == 0)
STEPS = (0.0, 0.25, 0.5, 0.75, 1.0)


def _scoring(seed: int = 0) -> Scoring:
    scores = np.random.default_rng(seed).random(SONGS).astype(np.float32)
    order = np.argsort(-scores, kind="stable")
    return Scoring(scores, np.full(SONGS, 0.1, np.float32), order, ())


def _rows(dial: float, name: str) -> list[int]:
    rules = Rules(explore=0)
    pulls = []
    if name == "familiar":
        pulls, rules = (
            [Pull(familiarity(WORLD, PAST), dial)],
            leaning(rules, familiar=dial, diverse=0.5),
        )
    elif name == "close":
        near = closeness(WORLD, PAST)
        assert near is not None
        pulls = [Pull(near, dial)]
    else:
        rules = leaning(rules, familiar=0.5, diverse=dial)
    return [p.row for p in rank(WORLD, PAST, _scoring(), 20, pulls=pulls, rules=rules)]


def _measure(name: str, rows: list[int]) -> float:
    if name == "familiar":
        return float(familiarity(WORLD, PAST)[rows].mean())
    if name == "close":
        near = closeness(WORLD, PAST)
        assert near is not None
        return float(near[rows].mean())
    vectors = WORLD.near[rows]
    likeness = vectors @ vectors.T
    return -float(likeness[np.triu_indices(len(rows), 1)].mean())


@pytest.mark.parametrize("name", ["familiar", "close", "diverse"])
def test_a_dial_moves_its_measure_one_way(name: str) -> None:
    curve = [_measure(name, _rows(dial, name)) for dial in STEPS]
    assert all(later >= earlier - 0.02 for earlier, later in pairwise(curve))
    assert curve[-1] > curve[0] + 0.02


def test_dials_in_the_middle_change_nothing() -> None:
    plain = [p.row for p in rank(WORLD, PAST, _scoring(), 20, rules=Rules(explore=0))]
    assert leaning(Rules(explore=0), familiar=0.5, diverse=0.5) == Rules(explore=0)
    for name in ("familiar", "close", "diverse"):
        assert _rows(0.5, name) == plain


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.integers(1, 80))
def test_whatever_the_dials_a_list_holds_no_song_twice(
    familiar: float, close: float, diverse: float, count: int
) -> None:
    near = closeness(WORLD, PAST)
    assert near is not None
    pulls = [Pull(familiarity(WORLD, PAST), familiar), Pull(near, close)]
    rules = leaning(Rules(), familiar=familiar, diverse=diverse)
    rows = [p.row for p in rank(WORLD, PAST, _scoring(), count, pulls=pulls, rules=rules)]
    assert len(rows) == len(set(rows)) == count
    assert not np.isin(rows, PAST.rows[PAST.values < 0]).any()


def test_nothing_lies_near_to_what_nobody_liked() -> None:
    none = history(np.arange(4), np.zeros(4, bool))
    assert closeness(WORLD, none) is None


def test_what_was_shown_yesterday_comes_later() -> None:
    first = [p.row for p in rank(WORLD, PAST, _scoring(), 20, rules=Rules(explore=0))]
    stale = np.zeros(SONGS, np.float32)
    stale[first] = 1
    second = [p.row for p in rank(WORLD, PAST, _scoring(), 20, stale=stale, rules=Rules(explore=0))]
    assert 0 < len(set(first) & set(second)) < 15


def test_places_in_a_row_hold_different_artists_and_albums() -> None:
    rules = Rules(explore=0, variety=0.0, per_artist=20)
    rows = [p.row for p in rank(WORLD, PAST, _scoring(), 20, rules=rules)]
    artists = WORLD.artists[rows]
    for place in range(len(rows)):
        above = artists[max(0, place - rules.artist_window + 1) : place]
        assert artists[place] not in above
