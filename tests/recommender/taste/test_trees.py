"""Boosted trees, and the block that they are written out as."""

from dataclasses import replace

import numpy as np
import pytest

from musicrec_core.recommender.data.metrics import auc
from musicrec_core.recommender.scoring.shapley import shares
from musicrec_core.recommender.taste.boosting import Growth, Tree, boosted
from musicrec_core.recommender.taste.examples import Examples
from musicrec_core.recommender.taste.forward import Block, TasteNet
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


def grown() -> tuple[np.ndarray, list[Tree], Bins]:
    """Songs, trees grown on them, and the bins that the trees read."""
    inputs = songs(400, 0)
    bins = Bins.of(inputs, GROWTH.bins)
    examples = Examples.of(inputs, taste(inputs, 1))
    return (
        inputs,
        list(boosted(bins.codes(inputs), examples, GROWTH, np.random.default_rng(0))),
        bins,
    )


def test_the_block_says_what_the_trees_say_of_every_row() -> None:
    _, trees, bins = grown()
    for inputs in (songs(400, 0), songs(20_000, 8)):
        codes = bins.codes(inputs)
        wanted = np.sum([tree.leaves[tree.leaf_of(codes)] for tree in trees], axis=0)
        block = as_block(trees, bins, np.arange(5), GROWTH.depth)
        assert np.allclose(block.member_logits(inputs)[0], wanted, atol=1e-4)


def test_a_trees_leaves_by_parts_of_the_inputs_are_those_by_all() -> None:
    inputs, trees, bins = grown()
    block = as_block(trees, bins, np.arange(5), GROWTH.depth)
    first = np.arange(5) < 2
    bits = block.leaf_bits(inputs, first) | block.leaf_bits(inputs, ~first)
    assert np.allclose(block.sums(bits), block.member_logits(inputs)[0], atol=1e-4)


def test_shares_of_trees_beside_networks_add_up_and_give_nothing_to_what_is_not_asked() -> None:
    inputs, trees, bins = grown()
    two = [replace(tree, columns=np.minimum(tree.columns, 1)) for tree in trees]
    block = as_block(two, bins, np.arange(5), GROWTH.depth)
    groups = ("sound", "culture", "era", "era", "tags")
    net = TasteNet(tuple("abcde"), groups, (block, linear(5)), prior=(block,), prior_weight=0.5)
    only = replace(net, blocks=(block,))
    usual = np.zeros(5, np.float32)
    for model in (net, only):
        names, shares_found = shares(model, inputs[10:60], usual)
        distance = model.logits(inputs[10:60]) - model.logits(usual[None])
        assert np.allclose(shares_found.sum(axis=1), distance, atol=1e-3)
    assert (shares_found[:, names.index("era")] == 0).all()
    assert np.abs(shares_found[:, names.index("sound")]).max() > 0.1


def linear(columns: int) -> Block:
    """A network that adds its inputs up."""
    knots = np.tile(np.linspace(-4, 4, 3, dtype=np.float32), (columns, 1))
    tables = np.concatenate([knots, np.zeros((columns, 1), np.float32)], axis=1)[..., None]
    ones, zero = np.ones((1, columns, 1), np.float32), np.zeros((1, 1), np.float32)
    return Block(np.arange(columns), knots, tables, (ones,), (zero,))


def test_a_taste_that_no_line_can_tell_is_found_in_new_songs() -> None:
    inputs, new = songs(1200, 2), songs(600, 3)
    message = Examples.of(inputs, taste(inputs, 4))
    block = fit_trees(
        message.take(np.arange(900)),
        message.take(np.arange(900, 1200)),
        np.arange(5),
        GROWTH,
        seed=0,
    )
    assert auc(block.member_logits(new)[0], taste(new, 5)) > 0.8


def test_a_taste_of_nothing_at_all_is_left_alone() -> None:
    inputs = songs(600, 6)
    message = Examples.of(inputs, np.random.default_rng(7).integers(0, 2, 600))
    block = fit_trees(
        message.take(np.arange(400)),
        message.take(np.arange(400, 600)),
        np.arange(5),
        GROWTH,
        seed=0,
    )
    assert np.abs(block.member_logits(inputs)).mean() < 0.3


def test_a_cut_lies_half_way_between_the_values_that_it_parts() -> None:
    bins = Bins.of(np.array([[0.0], [1.0]], np.float32), 8)
    tree = Tree(np.array([0]), np.array([0]), np.array([-1.0, 1.0], np.float32))
    block = as_block([tree], bins, np.arange(1), depth=1)
    statement = block.member_logits(np.array([[-9], [0], [0.4], [0.6], [1], [9]], np.float32))[0]
    assert statement.tolist() == [-1, -1, -1, 1, 1, 1]


def test_values_that_no_number_lies_between_are_parted() -> None:
    low = np.float32(1)
    column = np.array([[low], [np.nextafter(low, np.float32(2))]], np.float32)
    assert Bins.of(column, 8).codes(column).ravel().tolist() == [0, 1]


def test_a_level_that_asks_nothing_changes_nothing() -> None:
    bins = Bins.of(np.array([[0.0], [1.0]], np.float32), 8)
    tree = Tree(np.array([0, 0]), np.array([-1, 0]), np.array([-1, 1, 7, 7], np.float32))
    block = as_block([tree], bins, np.arange(1), depth=2)
    rows = np.array([[0.0], [1.0], [np.nan]], np.float32)
    assert block.member_logits(rows)[0].tolist() == [-1, 1, 1]


@pytest.mark.parametrize("column", [[np.nan] * 4, [3.0] * 4, [np.inf, np.nan, 1.0, 1.0]])
def test_a_column_that_tells_nothing_has_no_cuts(column: list[float]) -> None:
    bins = Bins.of(np.array(column, np.float32)[:, None], 8)
    assert (bins.cuts == np.finfo(np.float32).max).all()
    nothing = as_block([], bins, np.arange(1), GROWTH.depth)
    assert nothing.member_logits(np.zeros((3, 1), np.float32)).tolist() == [[0, 0, 0]]
