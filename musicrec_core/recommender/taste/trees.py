"""Boosted trees fitted to a person's opinions, stopped early on held-out groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.taste.boosting import Growth, Tree, boosted
from musicrec_core.recommender.taste.tree_block import TreeBlock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from musicrec_core.recommender.taste.examples import Examples
    from musicrec_core.records import FloatArray, IntArray

MOST = np.finfo(np.float32).max


@dataclass(frozen=True, slots=True, repr=False)
class Bins:
    """Where columns are cut: half way from a value that occurs to the next one that does.

    cuts: float32 [K, bins - 1], rising; columns of few values have fewer, and the largest number
    for the others, above which is only what is not known.
    """

    cuts: FloatArray

    @classmethod
    def of(cls, inputs: FloatArray, bins: int) -> Bins:
        """Cuts near equal-mass quantiles of float32 [m, K]; NaN and infinities are left out."""
        cuts = np.full((inputs.shape[1], bins - 1), MOST, np.float32)
        for c, column in enumerate(inputs.T):
            column_cuts = _cuts(column[np.isfinite(column)], bins)
            cuts[c, : len(column_cuts)] = column_cuts
        return cls(cuts)

    def codes(self, inputs: FloatArray) -> IntArray:
        """Int64 [m, K]: how many cuts each value is above; one more than all where not known."""
        codes = np.empty(inputs.shape, np.int64)
        for c, column in enumerate(inputs.T):
            codes[:, c] = np.searchsorted(self.cuts[c], column, side="left")
            codes[~np.isfinite(column), c] = self.cuts.shape[1] + 1
        return codes


def _cuts(finite: FloatArray, bins: int) -> FloatArray:
    """Cuts between different values, as many as there are to part, at most bins - 1."""
    values = np.unique(finite).astype(np.float64)
    if len(values) < 2:
        return np.empty(0, np.float32)
    if len(values) <= bins:
        below = np.arange(len(values) - 1)
    else:
        marks = np.quantile(finite, np.linspace(0, 1, bins + 1)[1:-1])
        below = np.unique(np.clip(np.searchsorted(values, marks, "right") - 1, 0, len(values) - 2))
    lower, upper = values[below], values[below + 1]
    half = ((lower + upper) / 2).astype(np.float32)
    return np.where(half < upper, half, lower).astype(np.float32)  # no number lies between them


def fit_trees(
    train: Examples, validation: Examples, columns: IntArray, growth: Growth, seed: int
) -> TreeBlock:
    """Boost until the validation loss stops falling; the best number of trees is kept.

    columns: int64 [K], which inputs of a network the columns of the examples are.
    """
    bins = Bins.of(train.inputs, growth.bins)
    codes, held = bins.codes(train.inputs), bins.codes(validation.inputs)
    trees: list[Tree] = []
    logits = validation.offsets.astype(np.float64)
    best, best_count = _loss(logits, validation), 0
    for tree in boosted(codes, train, growth, np.random.default_rng(seed)):
        trees.append(tree)
        logits += tree.leaves[tree.leaf_of(held)]
        loss = _loss(logits, validation)
        if loss < best - 1e-6:
            best, best_count = loss, len(trees)
        if len(trees) - best_count >= growth.patience:
            break
    return as_block(trees[:best_count], bins, columns, growth.depth)


def _loss(logits: NDArray[np.float64], examples: Examples) -> float:
    losses = np.logaddexp(0, logits) - examples.targets * logits
    return float(examples.weights @ losses)


def as_block(trees: Sequence[Tree], bins: Bins, columns: IntArray, depth: int) -> TreeBlock:
    """The sum of the trees, their cuts as values of the inputs; all of the same depth."""
    asked = np.array([tree.columns for tree in trees], np.int64).reshape(-1, depth)
    places = np.array([tree.cuts for tree in trees], np.int64).reshape(-1, depth)
    cuts = np.pad(bins.cuts, ((0, 0), (0, 1)), constant_values=MOST)
    leaves = np.array([_leaves(tree) for tree in trees], np.float32).reshape(-1, 1 << depth)
    return TreeBlock(columns[asked], cuts[asked, np.maximum(places, 0)], leaves)


def _leaves(tree: Tree) -> FloatArray:
    """Float32 [2^depth]: the same on both sides of a level that asks nothing."""
    leaves = tree.leaves.reshape((2,) * len(tree.cuts)).copy()
    for level in np.flatnonzero(tree.cuts < 0).tolist():
        by_answer = np.moveaxis(leaves, level, 0)
        by_answer[1] = by_answer[0]
    return leaves.ravel()
