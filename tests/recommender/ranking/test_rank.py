from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from musicrec_core.recommender.ranking.list_rules import Rules
from musicrec_core.recommender.ranking.rank import rank
from musicrec_core.recommender.ranking.seeds import rank_by_seeds
from musicrec_core.recommender.scoring.library import Contribution, Scoring
from tests.recommender.taste_world import LOUD, kind_of, library, nothing_said, opinions

WORLD = library()


def scoring(seed: int = 0) -> Scoring:
    rng = np.random.default_rng(seed)
    scores = rng.random(len(WORLD)).astype(np.float32)
    order = np.argsort(-scores)[:100]
    terms = tuple((Contribution("sound", float(scores[r])),) for r in order)
    return Scoring(scores, rng.random(len(WORLD)).astype(np.float32), order, terms)


def test_a_disliked_recording_is_never_picked():
    made = scoring()
    worst = made.top_rows[:30].tolist()
    picks = rank(WORLD, opinions([], worst), made, 50)
    assert not {pick.row for pick in picks} & set(worst)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 30))
def test_no_artist_fills_a_list_and_no_row_comes_twice(seed, count):
    picks = rank(WORLD, nothing_said(), scoring(seed), count, rules=Rules(explore=False))
    assert len(picks) == count == len({pick.row for pick in picks})
    assert max(Counter(int(WORLD.artists[pick.row]) for pick in picks).values()) <= 2


def test_one_version_of_a_song_is_enough():
    versions = np.arange(len(WORLD)) // 3
    picks = rank(WORLD, nothing_said(), scoring(), 30, versions=versions)
    shown = [int(versions[pick.row]) for pick in picks if not pick.explore]
    assert len(shown) == len(set(shown))


def test_a_short_library_is_shown_whole_rather_than_cut_by_the_rules():
    allowed = np.zeros(len(WORLD), np.bool_)
    allowed[WORLD.artists == WORLD.artists[0]] = True
    picks = rank(WORLD, nothing_said(), scoring(), 50, allowed=allowed)
    assert {pick.row for pick in picks} == set(np.flatnonzero(allowed).tolist())


def test_one_pick_in_ten_explores_and_says_how_likely_it_was():
    picks = rank(WORLD, nothing_said(), scoring(), 30)
    explored = [pick for pick in picks if pick.explore]
    assert len(explored) == 3
    assert all(0 < pick.probability < 1 for pick in explored)
    assert all(pick.probability == 1 for pick in picks if not pick.explore)


def test_the_same_seed_gives_the_same_list():
    one, other = (rank(WORLD, nothing_said(), scoring(), 20, rules=Rules(seed=4)) for _ in "ab")
    assert one == other


def test_nothing_allowed_gives_an_empty_list():
    none = np.zeros(len(WORLD), np.bool_)
    assert rank(WORLD, nothing_said(), scoring(), 20, allowed=none) == ()


def test_picks_by_seeds_are_of_the_seeds_kind_and_name_a_seed():
    seeds = np.array([1, 3])
    picks = rank_by_seeds(WORLD, nothing_said(), seeds, scoring().scores, 20)
    assert len(picks) == 20
    assert np.mean([kind_of(pick.row) == LOUD for pick in picks]) > 0.9
    assert not {1, 3} & {pick.row for pick in picks}
    assert all(pick.contributions[0].evidence_row in (1, 3) for pick in picks)


def test_two_unlike_seeds_both_get_neighbours_instead_of_what_lies_between():
    picks = rank_by_seeds(WORLD, nothing_said(), np.array([0, 1]), scoring().scores, 20)
    kinds = Counter(int(kind_of(pick.row)) for pick in picks)
    assert min(kinds.values()) >= 4


def test_a_seed_of_which_nothing_is_known_gives_nothing():
    bare = library(sound=False, tags=False)
    assert rank_by_seeds(bare, nothing_said(), np.array([0]), scoring().scores, 5) == ()


def test_only_the_dial_gives_popularity_a_say():
    made, known = scoring(), np.random.default_rng(1).random(len(WORLD)).astype(np.float32)

    def listed(popular):
        rules = Rules(popular=popular, explore=False)
        return [p.row for p in rank(WORLD, nothing_said(), made, 20, popularity=known, rules=rules)]

    without = rank(WORLD, nothing_said(), made, 20, rules=Rules(explore=False))
    assert listed(0.5) == [pick.row for pick in without]
    means = [float(known[listed(dial)].mean()) for dial in (0.0, 0.5, 1.0)]
    assert means[0] < means[1] - 0.05 < means[2] - 0.1
