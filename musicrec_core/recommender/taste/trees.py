"""Boosted trees as a block like any other.

A comparison of a tree is a step in the table of a column, and a leaf is a unit that wants all of
its comparisons at once: relu(steps passed that it wants - steps passed that it does not want - how
many it wants + 1) is 1 in the leaf and 0 outside. So trees are scored, explained, calibrated and
stored by what does so for networks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.taste.boosting import Growth, Tree, boosted
from musicrec_core.recommender.taste.forward import Block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from musicrec_core.recommender.taste.training import Examples
    from musicrec_core.records import FloatArray, IntArray


@dataclass(frozen=True, slots=True, repr=False)
class Bins:
    """Where columns are cut: after a value that occurs, before the next one that does.

    below, above: float32 [K, bins - 1], rising; a step goes up between the two. Columns of few
    values have fewer steps, and NaN for the others.
    """

    below: FloatArray
    above: FloatArray

    @classmethod
    def of(cls, inputs: FloatArray, bins: int) -> Bins:
        """Cuts near equal-mass quantiles of float32 [m, K]; NaN and infinities are left out."""
        below = np.full((inputs.shape[1], bins - 1), np.nan, np.float32)
        above = below.copy()
        for c, column in enumerate(inputs.T):
            low, high = _steps(column[np.isfinite(column)], bins)
            below[c, : len(low)], above[c, : len(low)] = low, high
        return cls(below, above)

    @property
    def missing(self) -> int:
        """The bin of what is not known: the last, above every cut."""
        return int(self.below.shape[1]) + 1

    def codes(self, inputs: FloatArray) -> IntArray:
        """Int64 [m, K]: how many steps each value is past."""
        codes = np.empty(inputs.shape, np.int64)
        for c, column in enumerate(inputs.T):
            steps = self.above[c][np.isfinite(self.above[c])]
            codes[:, c] = np.searchsorted(steps, column, side="right")
            codes[~np.isfinite(column), c] = self.missing
        return codes

    def tables(self) -> tuple[FloatArray, FloatArray]:
        """Knots [K, 2S] and tables [K, 2S + 1, S + 1] of a block: a step a cut, one for NaN."""
        columns, steps = self.below.shape
        knots = np.zeros((columns, 2 * steps), np.float32)
        tables = np.zeros((columns, 2 * steps + 1, steps + 1), np.float32)
        for c in range(columns):
            ends = np.stack([self.below[c], self.above[c]], axis=1).ravel()
            ends = ends[np.isfinite(ends)]
            passed = np.minimum((np.arange(2 * steps) + 1) // 2, len(ends) // 2)
            knots[c] = np.pad(ends, (0, 2 * steps - len(ends)), "edge") if len(ends) else 0
            tables[c, :-1] = np.arange(steps + 1) < passed[:, None]
        tables[:, -1] = 1
        return knots, tables


def _steps(known: FloatArray, bins: int) -> tuple[FloatArray, FloatArray]:
    """The values before and after each cut, as many as there are different ones to part."""
    values = np.unique(known)
    if len(values) < 2:
        return values[:0], values[:0]
    if len(values) <= bins:
        at = np.arange(len(values) - 1)
    else:
        marks = np.quantile(known, np.linspace(0, 1, bins + 1)[1:-1])
        at = np.unique(np.clip(np.searchsorted(values, marks, "right") - 1, 0, len(values) - 2))
    return values[at], values[at + 1]


def fit_trees(
    train: Examples, validation: Examples, columns: IntArray, growth: Growth, seed: int
) -> Block:
    """Boost until the validation loss stops falling; the best number of trees is kept.

    columns: int64 [K], which inputs of a network the columns of the examples are.
    """
    bins = Bins.of(train.inputs, growth.bins)
    codes, held = bins.codes(train.inputs), bins.codes(validation.inputs)
    trees: list[Tree] = []
    logits = validation.offsets.astype(np.float64)
    best, kept = _loss(logits, validation), 0
    for tree in boosted(codes, train, growth, np.random.default_rng(seed)):
        trees.append(tree)
        logits += tree.leaves[tree.leaf_of(held)]
        loss = _loss(logits, validation)
        if loss < best - 1e-6:
            best, kept = loss, len(trees)
        if len(trees) - kept >= growth.patience:
            break
    return as_block(trees[:kept], bins, columns)


def _loss(logits: NDArray[np.float64], told: Examples) -> float:
    losses = np.logaddexp(0, logits) - told.targets * logits
    return float(told.weights @ losses)


def as_block(trees: Sequence[Tree], bins: Bins, columns: IntArray) -> Block:
    """The sum of the trees as a network of one member and one hidden layer."""
    knots, tables = bins.tables()
    wide = tables.shape[2]
    leaves = [leaf for tree in trees for leaf in _leaves(tree)]
    hidden = np.zeros((1, len(columns) * wide, max(1, len(leaves))), np.float32)
    bias, out = np.zeros((1, hidden.shape[2]), np.float32), np.zeros((1, hidden.shape[2], 1))
    for unit, (wanted, unwanted, value) in enumerate(leaves):
        for steps, sign in ((wanted, 1), (unwanted, -1)):
            for column, cut in steps:
                hidden[0, column * wide + cut, unit] += sign
        bias[0, unit], out[0, unit, 0] = 1 - len(wanted), value
    nothing = np.zeros((1, 1), np.float32)
    return Block(columns, knots, tables, (hidden, out.astype(np.float32)), (bias, nothing))


_Step = tuple[int, int]


def _leaves(tree: Tree) -> list[tuple[list[_Step], list[_Step], float]]:
    """Each leaf that can be reached: steps that are to be passed, steps that are not, its value."""
    found = []
    depth = len(tree.leaves).bit_length() - 1
    for leaf, value in enumerate(tree.leaves.tolist()):
        ways: tuple[list[_Step], list[_Step]] = ([], [])
        node, reached = 0, True
        for level in range(depth):
            right = leaf >> (depth - 1 - level) & 1
            if tree.columns[node] >= 0:
                ways[1 - right].append((int(tree.columns[node]), int(tree.cuts[node])))
            elif right:
                reached = False
            node = 2 * node + 1 + right
        if reached:
            found.append((*ways, value))
    return found
