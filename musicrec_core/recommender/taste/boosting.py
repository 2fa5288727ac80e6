"""Gradient boosting of small trees, in numpy.

Friedman, "Greedy function approximation", Annals of Statistics 2001; with the second-order gains of
Chen, Guestrin, "XGBoost", KDD 2016. Columns are cut into bins first, so that a level of a tree is a
histogram; rows and columns are drawn anew for each tree (Friedman, 2002).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.taste.forward import sigmoid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.taste.training import Examples
    from musicrec_core.records import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Growth:
    """How trees grow. leaf_curvature: the least sum of second derivatives on each side of a cut."""

    trees: int = 400
    depth: int = 5
    rate: float = 0.05
    rows: float = 0.8
    columns: float = 0.8
    shrinkage: float = 1.0
    leaf_curvature: float = 1.0
    bins: int = 32
    patience: int = 40


@dataclass(frozen=True, slots=True, repr=False)
class Tree:
    """A whole binary tree, level by level.

    columns, cuts: int64 [2^depth - 1], what each node compares: rows whose bin in that column is
    above the cut go right. Where a column is -1 all rows go left. leaves: float32 [2^depth].
    """

    columns: IntArray
    cuts: IntArray
    leaves: FloatArray

    def leaf_of(self, codes: IntArray) -> IntArray:
        """Int64 [m]: the leaf that each row of bins [m, K] falls into."""
        rows, node = np.arange(len(codes)), np.zeros(len(codes), np.int64)
        for _ in range(len(self.leaves).bit_length() - 1):
            column = self.columns[node]
            right = (column >= 0) & (codes[rows, column] > self.cuts[node])
            node = 2 * node + 1 + right
        return node - len(self.columns)


def boosted(
    codes: IntArray, examples: Examples, growth: Growth, rng: np.random.Generator
) -> Iterator[Tree]:
    """One tree after another, each on what those before it left. codes: int64 [m, K], bins."""
    logits = examples.offsets.astype(np.float64)
    for _ in range(growth.trees):
        likely = sigmoid(logits)
        drawn = examples.weights * (rng.random(len(codes)) < growth.rows)
        gradient = drawn * (likely - examples.targets)
        curvature = drawn * np.maximum(likely * (1 - likely), 1e-6)
        columns = _some(codes.shape[1], growth.columns, rng)
        tree = _grown(codes, columns, gradient, curvature, growth)
        logits += tree.leaves[tree.leaf_of(codes)]
        yield tree


def _some(columns: int, share: float, rng: np.random.Generator) -> IntArray:
    count = max(1, round(share * columns))
    return np.sort(rng.permutation(columns)[:count])


def _grown(
    codes: IntArray,
    columns: IntArray,
    gradient: NDArray[np.float64],
    curvature: NDArray[np.float64],
    growth: Growth,
) -> Tree:
    """A tree level by level; gradient, curvature: of the loss, float64 [m]."""
    own, bins = codes[:, columns], growth.bins + 1
    place = own + np.arange(len(columns)) * bins
    node = np.zeros(len(codes), np.int64)
    split_columns, cuts = [], []
    for level in range(growth.depth):
        size = (1 << level, len(columns), bins)
        where = (node[:, None] * (len(columns) * bins) + place).ravel()
        slopes, bends = (
            np.bincount(where, np.repeat(part, len(columns)), np.prod(size)).reshape(size)
            for part in (gradient, curvature)
        )
        column, cut = _best_cuts(slopes.cumsum(axis=2), bends.cumsum(axis=2), growth)
        right = (column[node] >= 0) & (own[np.arange(len(own)), column[node]] > cut[node])
        node = 2 * node + right
        split_columns.append(np.where(column >= 0, columns[column], -1))
        cuts.append(cut)
    steps = -growth.rate * np.bincount(node, gradient, 1 << growth.depth)
    steps /= np.bincount(node, curvature, 1 << growth.depth) + growth.shrinkage
    return Tree(np.concatenate(split_columns), np.concatenate(cuts), steps.astype(np.float32))


def _best_cuts(
    slopes: NDArray[np.float64], bends: NDArray[np.float64], growth: Growth
) -> tuple[IntArray, IntArray]:
    """The column, -1 where no cut gains, and the bin to cut after, for each of the nodes.

    slopes, bends: float64 [nodes, columns, bins], sums of the derivatives up to each bin.
    """
    all_slopes, all_bends = slopes[:, :1, -1:], bends[:, :1, -1:]
    gain = slopes**2 / (bends + growth.shrinkage)
    gain += (all_slopes - slopes) ** 2 / (all_bends - bends + growth.shrinkage)
    gain -= all_slopes**2 / (all_bends + growth.shrinkage)
    least = np.minimum(bends, all_bends - bends)
    gain[least < growth.leaf_curvature] = 0
    flat = gain[:, :, :-1].reshape(len(gain), -1)
    best = flat.argmax(axis=1)
    column, cut = np.divmod(best, gain.shape[2] - 1)
    found = flat[np.arange(len(flat)), best] > 1e-9
    return np.where(found, column, -1), cut
