from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from musicrec_core.recommender.ranking.dials import Pull
from musicrec_core.recommender.ranking.list_rules import Rules
from musicrec_core.recommender.ranking.nearness import Nearness
from musicrec_core.recommender.ranking.rank import rank
from musicrec_core.recommender.ranking.seeds import Seed, rank_by_seeds
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
    picks = rank(WORLD, nothing_said(), scoring(seed), count, rules=Rules(explore=0))
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


@settings(max_examples=10)
@given(st.integers(0, 1000))
def test_what_is_tried_stays_while_scores_move_a_little(seed):
    made, noise = scoring(seed), np.random.default_rng(seed + 1).normal(0, 1e-6, len(WORLD))
    moved = replace(made, scores=(made.scores + noise).astype(np.float32))
    tried = [
        [p.row for p in rank(WORLD, nothing_said(), s, 30) if p.explore] for s in (made, moved)
    ]
    assert tried[0] == tried[1]


def test_how_likely_a_try_was_is_how_often_it_happens():
    first = Counter[int]()
    for seed in range(400):
        picks = rank(WORLD, nothing_said(), scoring(), 30, rules=Rules(seed=seed))
        first.update(p.row for p in picks[:10] if p.explore)
        likely = {p.row: p.probability for p in picks[:10] if p.explore}
    row, chance = next(iter(likely.items()))
    assert abs(first[row] / 400 - chance) < 0.03


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
    picks = rank_by_seeds(
        Nearness.of(WORLD, None),
        nothing_said(),
        [Seed(seeds[:1]), Seed(seeds[1:])],
        scoring().scores,
        20,
    )
    assert len(picks) == 20
    assert np.mean([kind_of(pick.row) == LOUD for pick in picks]) > 0.9
    assert not {1, 3} & {pick.row for pick in picks}
    assert all(pick.contributions[0].evidence_row in (1, 3) for pick in picks)


def test_two_unlike_seeds_both_get_neighbours_instead_of_what_lies_between():
    picks = rank_by_seeds(
        Nearness.of(WORLD, None),
        nothing_said(),
        [Seed(np.array([0])), Seed(np.array([1]))],
        scoring().scores,
        20,
    )
    kinds = Counter(int(kind_of(pick.row)) for pick in picks)
    assert min(kinds.values()) >= 4


def test_a_seed_of_which_nothing_is_known_gives_nothing():
    bare = library(sound=False, tags=False)
    assert (
        rank_by_seeds(
            Nearness.of(bare, None), nothing_said(), [Seed(np.array([0]))], scoring().scores, 5
        )
        == ()
    )


def test_only_the_dial_gives_popularity_a_say():
    made, existing = scoring(), np.random.default_rng(1).random(len(WORLD)).astype(np.float32)

    def listed(popular):
        pulls, rules = [Pull(existing, popular)], Rules(explore=0)
        return [p.row for p in rank(WORLD, nothing_said(), made, 20, pulls=pulls, rules=rules)]

    without = rank(WORLD, nothing_said(), made, 20, rules=Rules(explore=0))
    assert listed(0.5) == [pick.row for pick in without]
    means = [float(existing[listed(dial)].mean()) for dial in (0.0, 0.5, 1.0)]
    assert means[0] < means[1] - 0.05 < means[2] - 0.1


def test_an_artist_that_stands_for_many_songs_counts_no_more_than_a_single_song():
    many, one = np.arange(0, 60, 2), np.array([1])
    near = Nearness.of(library(tags=False), None)
    picks = rank_by_seeds(near, nothing_said(), [Seed(many), Seed(one)], scoring().scores, 20)
    kinds = Counter(int(kind_of(pick.row)) for pick in picks)
    assert min(kinds[0], kinds[1]) >= 8


def test_what_both_seeds_are_near_to_comes_before_what_only_one_is():
    near = Nearness.of(WORLD, None)
    seeds = [np.array([0]), np.array([2])]
    picks = rank_by_seeds(near, nothing_said(), list(map(Seed, seeds)), scoring().scores, 10)
    each = [sum(near.parts(rows).values()) for rows in seeds]
    middle = [np.median(values) for values in each]
    assert all(values[picks[0].row] > m for values, m in zip(each, middle, strict=True))


def test_a_tag_that_most_songs_carry_says_little_and_none_where_sound_contradicts():
    parts = Nearness.of(WORLD, None).parts(np.array([1]))
    against = parts["sound"] <= -1.0
    assert against.any()
    assert (parts["tags"][against] == parts["tags"].min()).all()
    most = replace(
        WORLD,
        tag_codes=np.zeros(len(WORLD) - 5, np.int64),
        tag_starts=np.minimum(np.arange(len(WORLD) + 1), len(WORLD) - 5),
    )
    common = Nearness.of(most, None).parts(np.array([1]))["tags"]
    assert np.ptp(common) < 0.2 * np.ptp(parts["tags"])
    assert abs(common.mean()) < 1e-4


def test_songs_of_the_mood_of_a_seed_come_before_others_that_sound_alike():
    moods = np.tile(np.array([[0.9], [0.1]], np.float32), (len(WORLD) // 2, 3))
    moody = replace(
        WORLD,
        columns=np.concatenate([WORLD.columns, moods], axis=1),
        column_names=(*WORLD.column_names, "valence", "arousal", "energy"),
        sound=np.repeat(WORLD.sound[::2], 2, axis=0),
    )
    near = Nearness.of(moody, None).parts(np.array([0]))
    assert np.allclose(near["sound"][::2], near["sound"][1::2], atol=1e-5)
    assert (near["affect"][::2] > near["affect"][1::2]).all()
    unknown = replace(moody, columns=np.full_like(moody.columns, np.nan))
    assert "affect" not in Nearness.of(unknown, None).parts(np.array([0]))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000))
def test_what_is_explored_is_promising_and_by_nobody_turned_down(seed):
    made, disliked = scoring(seed), [2, 3]
    rules = Rules(seed=seed, explore=0.2)
    picks = rank(WORLD, opinions([], disliked), made, 30, rules=rules)
    explored = [pick.row for pick in picks if pick.explore]
    assert explored
    assert not set(WORLD.artists[explored].tolist()) & set(WORLD.artists[disliked].tolist())
    assert (made.scores[explored] >= np.quantile(made.scores, 0.75)).all()


def test_exploring_can_be_turned_off():
    picks = rank(WORLD, nothing_said(), scoring(), 30, rules=Rules(explore=0))
    assert not any(pick.explore for pick in picks)


def level() -> Scoring:
    flat = np.full(len(WORLD), 0.5, np.float32)
    return Scoring(flat, flat * 0, np.arange(100), ())


def test_ties_are_broken_by_variety_and_not_by_the_order_of_the_library():
    bare = library(sound=False, tags=False)
    picks = [p.row for p in rank(bare, nothing_said(), level(), 20, rules=Rules(seed=1))]
    again = [p.row for p in rank(bare, nothing_said(), level(), 20, rules=Rules(seed=1))]
    other = [p.row for p in rank(bare, nothing_said(), level(), 20, rules=Rules(seed=2))]
    assert picks == again != other
    assert picks != sorted(picks)
    assert len(set(bare.artists[picks[:10]].tolist())) == 10


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000))
def test_the_order_is_by_score_but_where_variety_is_named(seed):
    picks = rank(WORLD, nothing_said(), scoring(seed), 30, rules=Rules(explore=0))
    plain = [pick.score for pick in picks if not pick.moved]
    assert all(b <= a + 0.05 for a, b in pairwise(plain))


def test_what_variety_moved_is_marked():
    picks = rank(WORLD, nothing_said(), scoring(), 30, rules=Rules(explore=0, variety=0.9))
    assert {pick.moved for pick in picks} >= {1, -1}
    for place, pick in enumerate(picks):
        if pick.moved > 0:
            assert any(later.score > pick.score for later in picks[place:])
        if pick.moved < 0:
            assert any(earlier.score < pick.score for earlier in picks[:place])


def test_what_variety_moves_does_not_hang_on_the_worst_of_the_library():
    made = scoring()
    worse = made.scores.copy()
    worse[np.argsort(worse)[:50]] -= 1.0
    one, other = (
        [p.row for p in rank(WORLD, nothing_said(), replace(made, scores=scores), 10)]
        for scores in (made.scores, worse)
    )
    assert one == other


def test_a_first_list_shows_more_of_the_library_and_each_opinion_narrows_it():
    made = scoring()
    loud = kind_of(np.arange(len(WORLD))) == LOUD
    made = replace(made, scores=np.where(loud, 0.6, 0.55).astype(np.float32) + made.scores / 100)
    shares = []
    for opinions_given in (0, 1, 3, 10):
        rules = Rules(explore=0).knowing(opinions_given)
        picks = rank(WORLD, nothing_said(), replace(made, contributions=()), 20, rules=rules)
        shares.append(float(loud[[p.row for p in picks]].mean()))
    assert shares[0] < 0.9
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_many_shared_tags_count_whatever_the_sound():
    rows = np.arange(len(WORLD))
    kinds = kind_of(rows)
    codes = np.stack([kinds * 6 + i for i in range(6)], axis=1).ravel()
    names = tuple(f"tag {i}" for i in range(12))
    many = replace(
        WORLD, tag_codes=codes, tag_starts=6 * np.arange(len(WORLD) + 1), tag_names=names
    )
    parts = Nearness.of(many, None).parts(np.array([1]))
    assert (parts["sound"][kinds == LOUD] < -0.3).any()
    assert np.ptp(parts["tags"][kinds == LOUD]) < 1e-4
    assert (parts["tags"][kinds == LOUD] > 1).all()


def test_what_lies_near_to_everything_is_near_to_no_seed():
    middle = WORLD.culture.mean(axis=0)
    hub = replace(WORLD, culture=WORLD.culture.copy())
    hub.culture[10] = middle / np.linalg.norm(middle)
    parts = Nearness.of(hub, None).parts(np.array([1]))["culture"]
    assert abs(parts[10]) < 0.5 * parts[kind_of(np.arange(len(WORLD))) == LOUD].mean()
