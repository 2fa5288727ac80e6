"""Boosted trees, and the block that they are written out as."""

import numpy as np
import pytest

from musicrec_core.recommender.data.metrics import auc
from musicrec_core.recommender.taste.boosting import Growth, Tree, boosted
from musicrec_core.recommender.taste.training import Examples
from musicrec_core.recommender.taste.trees import Bins, as_block, fit_trees

GROWTH = Growth(trees=30, rate=0.2, patience=30)


def songs(rows: int, seed: int) -> np.ndarray:
    """Continuous, discrete, constant and patchy columns."""
    rng = np.random.default_rng(seed)
    inputs = rng.normal(size=(rows, 5)).astype(np.float32)
    inputs[:, 1] = rng.integers(0, 4, rows)
    inputs[:, 2] = 7.0
    inputs[rng.random(rows) < 0.2, 3] = np.nan
    inputs[:3, 4] = np.inf
    return inputs


def taste(inputs: np.ndarray, seed: int) -> np.ndarray:
    """High in one column and of the middle two kinds, or not known: no line tells it."""
    odd = (inputs[:, 0] > 0) ^ np.isin(inputs[:, 1], (1, 2)) ^ np.isnan(inputs[:, 3])
    rng = np.random.default_rng(seed)
    return (rng.random(len(inputs)) < np.where(odd, 0.9, 0.1)).astype(np.float32)


def test_the_block_says_what_the_trees_say_of_every_row_it_was_grown_on() -> None:
    inputs = songs(400, 0)
    bins = Bins.of(inputs, GROWTH.bins)
    codes = bins.codes(inputs)
    trees = list(boosted(codes, Examples.of(inputs, taste(inputs, 1)), GROWTH,
                         np.random.default_rng(0)))  # fmt: skip
    wanted = np.sum([tree.leaves[tree.leaf_of(codes)] for tree in trees], axis=0)
    block = as_block(trees, bins, np.arange(5))
    assert np.allclose(block.member_logits(inputs)[0], wanted, atol=1e-4)


def test_a_taste_that_no_line_can_tell_is_found_in_new_songs() -> None:
    inputs, new = songs(1200, 2), songs(600, 3)
    told = Examples.of(inputs, taste(inputs, 4))
    block = fit_trees(
        told.take(np.arange(900)), told.take(np.arange(900, 1200)), np.arange(5), GROWTH, seed=0
    )
    assert auc(block.member_logits(new)[0], taste(new, 5)) > 0.8


def test_a_taste_of_nothing_at_all_is_left_alone() -> None:
    inputs = songs(600, 6)
    told = Examples.of(inputs, np.random.default_rng(7).integers(0, 2, 600))
    block = fit_trees(
        told.take(np.arange(400)), told.take(np.arange(400, 600)), np.arange(5), GROWTH, seed=0
    )
    assert np.abs(block.member_logits(inputs)).mean() < 0.3


def test_what_lies_between_two_values_never_seen_apart_changes_smoothly() -> None:
    bins = Bins.of(np.array([[0.0], [1.0]], np.float32), 8)
    tree = Tree(np.array([0]), np.array([0]), np.array([-1.0, 1.0], np.float32))
    block = as_block([tree], bins, np.arange(1))
    said = block.member_logits(np.array([[-9], [0], [0.25], [0.5], [1], [9]], np.float32))[0]
    assert said == pytest.approx([-1, -1, -0.5, 0, 1, 1])


@pytest.mark.parametrize("column", [[np.nan] * 4, [3.0] * 4, [np.inf, np.nan, 1.0, 1.0]])
def test_a_column_that_tells_nothing_has_no_cuts(column: list[float]) -> None:
    bins = Bins.of(np.array(column, np.float32)[:, None], 8)
    assert np.isnan(bins.above).all()
    assert np.isfinite(as_block([], bins, np.arange(1)).tables).all()
