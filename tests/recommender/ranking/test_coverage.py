"""A first list stands for as much as it can of what contends, another part of it each day."""

import numpy as np

from musicrec_core.recommender.ranking.candidates import best_candidates, drawn
from musicrec_core.recommender.ranking.coverage import Coverage
from musicrec_core.recommender.ranking.diversify import diversify
from musicrec_core.recommender.ranking.likeness import Likeness
from musicrec_core.recommender.ranking.list_rules import Rules
from tests.recommender.taste_world import library, nothing_said

WORLD = library(400)
LEVEL = best_candidates(WORLD, nothing_said(), np.ones(len(WORLD), np.float32), 10, None)


def stood_for(positions: list[int]) -> float:
    """How alike, squared, everything is on the mean to what of the list it is most like."""
    alike = np.maximum(Likeness.of(WORLD, LEVEL).cosines(), 0) ** 2
    return float(alike[positions].max(axis=0).mean())


def listed(covering: bool) -> list[int]:
    return diversify(WORLD, LEVEL, 10, Rules(variety=0.8, covering=covering))


def test_it_stands_for_more_than_a_list_that_is_only_varied_or_drawn_by_lot():
    random = np.random.default_rng(0)
    lots = [stood_for(random.choice(len(WORLD), 10, replace=False).tolist()) for _ in range(50)]
    covering = stood_for(listed(covering=True))
    assert covering > stood_for(listed(covering=False))
    assert covering > np.mean(lots) + 2 * np.std(lots)


def test_gains_are_what_a_song_adds_to_what_is_stood_for():
    likeness = Likeness.of(WORLD, LEVEL)
    coverage, chosen = Coverage.of(likeness), [3, 50]
    for at in chosen:
        coverage.take(at)
    before = stood_for(chosen)
    added = [stood_for([*chosen, at]) - before for at in range(20)]
    np.testing.assert_allclose(
        coverage.gains()[:20], np.array(added) * len(WORLD) / coverage.whole, atol=1e-4
    )
    assert coverage.gains()[3] == 0


def test_cosines_with_one_are_a_row_of_those_with_all():
    likeness = Likeness.of(WORLD, LEVEL)
    table = likeness.tags.table()
    for at in (0, 17):
        np.testing.assert_allclose(table[at], likeness.tags.cosines(at), atol=1e-5)


def test_each_day_draws_others_and_the_same_day_the_same():
    rows = {seed: drawn(WORLD, LEVEL, 10, seed).rows.tolist() for seed in (1, 2)}
    assert rows[1] == drawn(WORLD, LEVEL, 10, 1).rows.tolist()
    assert len(rows[1]) == len(WORLD) // 2
    assert 0.2 < len(set(rows[1]) & set(rows[2])) / len(rows[1]) < 0.8
    assert drawn(WORLD, LEVEL, 100, 1) is LEVEL
