from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.recommender.ranking import near_seeds as near_seeds_module
from musicrec_core.recommender.ranking.dissimilar import likeness, rank_dissimilar
from musicrec_core.recommender.ranking.interests import interests
from musicrec_core.recommender.ranking.near_seeds import Seed
from musicrec_core.recommender.ranking.near_seeds import unlike as taken_off
from musicrec_core.recommender.ranking.nearness import Nearness
from musicrec_core.recommender.ranking.seeds import rank_by_seeds
from tests.recommender.taste_world import kind_of, library, nothing_said, opinions

WORLD = library()
NEAR = Nearness.of(WORLD, None)
VERSIONS = np.arange(len(WORLD)) // 2
ROWS = st.integers(0, len(WORLD) - 1)


def scores(seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).random(len(WORLD)).astype(np.float32)


def unlike(row: int) -> np.ndarray:
    return np.sum(list(NEAR.parts(np.array([row])).values()), axis=0)


def test_what_is_not_wanted_is_taken_off_the_nearness_to_the_seeds():
    counts = np.zeros(2, np.int64)
    for first, second, unwanted in ((0, 1, 3), (2, 5, 7), (0, 5, 11)):
        both = [Seed(np.array([first])), Seed(np.array([second]))]
        for i, off in enumerate((None, unlike(unwanted))):
            picks = rank_by_seeds(NEAR, nothing_said(), both, scores(), 20, unlike=off)
            counts[i] += sum(kind_of(pick.row) == kind_of(unwanted) for pick in picks)
    without, with_it = counts
    assert with_it < without


def test_what_is_near_to_either_of_two_unwanted_songs_is_taken_down_as_by_that_one_alone():
    apart = [Seed(np.array([3])), Seed(np.array([6]))]
    alone = [taken_off(NEAR, [seed]) for seed in apart]
    both = taken_off(NEAR, apart)
    assert np.corrcoef(both, np.maximum(*alone))[0, 1] > 0.9
    assert np.corrcoef(both, np.minimum(*alone))[0, 1] < 0.6


def test_seeds_of_two_kinds_share_the_list_evenly():
    picks = rank_by_seeds(
        NEAR, nothing_said(), [Seed(np.array([2])), Seed(np.array([5]))], scores(), 20
    )
    kinds = Counter(int(kind_of(pick.row)) for pick in picks)
    assert min(kinds[int(kind_of(2))], kinds[int(kind_of(5))]) >= 8


def test_what_all_seeds_have_in_common_is_looked_at_before_votes_are_cast():
    three = [Seed(np.array([row])) for row in (0, 2, 4)]
    alone = rank_by_seeds(NEAR, nothing_said(), three[:1], scores(), 10)
    together = rank_by_seeds(NEAR, nothing_said(), three, scores(), 10)
    near_all = np.mean([unlike(row) for row in (0, 2, 4)], axis=0)
    means = [np.mean([near_all[p.row] for p in picks]) for picks in (alone, together)]
    assert means[1] > means[0]


def test_nearness_that_is_too_large_to_be_kept_is_the_same(monkeypatch):
    both = [Seed(np.array([0])), Seed(np.array([1, 3]), 0.5)]
    kept = rank_by_seeds(NEAR, nothing_said(), both, scores(), 20)
    monkeypatch.setattr(near_seeds_module, "MOST_KEPT", 0)
    assert rank_by_seeds(NEAR, nothing_said(), both, scores(), 20) == kept


def test_a_list_of_several_kinds_of_music_votes_kind_by_kind():
    mixed = np.concatenate([np.arange(0, 80, 2), np.arange(1, 21, 2)])
    voters = Seed.voters(WORLD, mixed)
    assert len(voters) > 1
    assert np.isclose(sum(voter.weight for voter in voters), 1)
    assert sorted(np.concatenate([v.rows for v in voters]).tolist()) == sorted(mixed.tolist())
    pure = [len(set(kind_of(voter.rows).tolist())) == 1 for voter in voters]
    assert np.mean(pure) > 0.6


@given(st.lists(ROWS, min_size=1, max_size=60))
def test_interests_hold_every_row_once(rows):
    groups = interests(WORLD, np.array(rows))
    assert sorted(np.concatenate(groups).tolist()) == sorted(set(rows))


def test_songs_of_which_nothing_is_known_are_one_interest():
    bare = library(sound=False, tags=False)
    assert [group.tolist() for group in interests(bare, np.arange(9))] == [list(range(9))]


@given(
    st.lists(ROWS, min_size=1, max_size=5),
    st.lists(ROWS, max_size=5),
    st.lists(ROWS, max_size=5),
    st.integers(1, 40),
)
def test_no_banned_disliked_or_repeated_song_is_near_or_far(seeds, banned, disliked, count):
    allowed = np.ones(len(WORLD), np.bool_)
    allowed[banned] = False
    rows = np.unique(seeds)
    near = rank_by_seeds(
        NEAR, opinions([], disliked), Seed.voters(WORLD, rows), scores(), count,
        allowed=allowed, versions=VERSIONS, unlike=unlike(5),
    )  # fmt: skip
    far = rank_dissimilar(
        WORLD, opinions([], disliked), rows, scores(), count, allowed=allowed, versions=VERSIONS
    )
    for picks in (near, far):
        shown = [pick.row for pick in picks]
        assert not set(shown) & {*banned, *disliked, *seeds}
        assert len(shown) == len(set(shown)) <= count
    again = rank_dissimilar(
        WORLD, opinions([], disliked), rows, scores(), count, allowed=allowed, versions=VERSIONS
    )
    assert far == again


def test_dissimilar_is_of_another_kind_and_the_best_of_it_by_score():
    own = scores()
    picks = rank_dissimilar(WORLD, nothing_said(), np.array([0, 2]), own, 10)
    assert all(kind_of(pick.row) != kind_of(0) for pick in picks)
    near = likeness(WORLD, np.array([0, 2]))
    assert all(near[p.row] <= np.quantile(near, 0.26) for p in picks)
    far = np.flatnonzero(near <= np.quantile(near, 0.25))
    assert np.mean([pick.score for pick in picks]) > own[far].mean() + 0.2


def test_dissimilar_to_songs_of_which_nothing_is_known_is_nothing():
    bare = library(sound=False, tags=False)
    assert rank_dissimilar(bare, nothing_said(), np.array([0]), scores(), 5) == ()
