"""Gradient boosting of small symmetric trees, in numpy.

Friedman, "Greedy function approximation", Annals of Statistics 2001; with the second-order gains of
Chen, Guestrin, "XGBoost", KDD 2016. Columns are cut into bins first, so that a level of a tree is a
histogram; rows and columns are drawn anew for each tree (Friedman, 2002). All nodes of a level ask
the same (oblivious trees: Kohavi, 1994; Prokhorenkova et al., "CatBoost", NeurIPS 2018), so that a
leaf's number is a few bits of the row, and a library is scored by looking leaves up in tables.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.taste.forward import sigmoid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.taste.examples import Examples
    from musicrec_core.records import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Growth:
    """How trees grow. leaf_curvature: the least sum of second derivatives on each side of a cut."""

    trees: int = 300
    depth: int = 5
    rate: float = 0.1
    rows: float = 0.7
    columns: float = 0.7
    shrinkage: float = 1.0
    leaf_curvature: float = 1.0
    bins: int = 32
    patience: int = 20


@dataclass(frozen=True, slots=True, repr=False)
class Tree:
    """A symmetric tree: the bits of a leaf's number, highest first, answer the levels' questions.

    columns, cuts: int64 [depth], what each level asks: is the bin in that column above the cut?
    A cut of -1 asks nothing: its bit is 0. leaves: float32 [2^depth].
    """

    columns: IntArray
    cuts: IntArray
    leaves: FloatArray

    def leaf_of(self, codes: IntArray) -> IntArray:
        """Int64 [m]: the leaf that each row of bins [m, K] falls into."""
        leaf = np.zeros(len(codes), np.int64)
        for column, cut in zip(self.columns, self.cuts, strict=True):
            leaf = 2 * leaf + (codes[:, column] > cut if cut >= 0 else 0)
        return leaf


def boosted(
    codes: IntArray, examples: Examples, growth: Growth, rng: np.random.Generator
) -> Iterator[Tree]:
    """One tree after another, each on what those before it left. codes: int64 [m, K], bins."""
    logits = examples.offsets.astype(np.float64)
    for _ in range(growth.trees):
        likely = sigmoid(logits)
        drawn = np.flatnonzero((rng.random(len(codes)) < growth.rows) & (examples.weights > 0))
        weights = examples.weights[drawn]
        gradient = weights * (likely - examples.targets)[drawn]
        curvature = weights * np.maximum(likely * (1 - likely), 1e-6)[drawn]
        columns = _some(codes.shape[1], growth.columns, rng)
        tree = _grown(codes[np.ix_(drawn, columns)], columns, gradient, curvature, growth)
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
    """A tree level by level, of bins [m, C] in `columns` [C] of all.

    gradient, curvature: of the loss, float64 [m].
    """
    bins = growth.bins + 1
    place = codes + np.arange(len(columns)) * bins
    slope, bend = (np.repeat(part, len(columns)) for part in (gradient, curvature))
    leaf = np.zeros(len(codes), np.int64)
    asked, cuts = np.zeros(growth.depth, np.int64), np.full(growth.depth, -1)
    for level in range(growth.depth):
        size = (1 << level, len(columns), bins)
        where = (leaf[:, None] * (len(columns) * bins) + place).ravel()
        slopes, bends = (
            np.bincount(where, part, np.prod(size)).reshape(size).cumsum(axis=2)
            for part in (slope, bend)
        )
        gains = _gains(slopes, bends, growth)
        column, cut = divmod(int(gains.argmax()), bins - 1)
        leaf *= 2
        if gains[column, cut] > 1e-9:
            asked[level], cuts[level] = columns[column], cut
            leaf += codes[:, column] > cut
    steps = -growth.rate * np.bincount(leaf, gradient, 1 << growth.depth)
    steps /= np.bincount(leaf, curvature, 1 << growth.depth) + growth.shrinkage
    return Tree(asked, cuts, steps.astype(np.float32))


def _gains(
    slopes: NDArray[np.float64], bends: NDArray[np.float64], growth: Growth
) -> NDArray[np.float64]:
    """Float64 [columns, bins - 1]: what cutting all nodes there after each bin gains.

    slopes, bends: float64 [nodes, columns, bins], sums of the derivatives up to each bin.
    """
    all_slopes, all_bends = slopes[:, :1, -1:], bends[:, :1, -1:]
    slopes, bends = slopes[:, :, :-1], bends[:, :, :-1]
    rest = all_bends - bends
    gain = slopes**2 / (bends + growth.shrinkage)
    gain += (all_slopes - slopes) ** 2 / (rest + growth.shrinkage)
    gain -= all_slopes**2 / (all_bends + growth.shrinkage)
    gain[np.minimum(bends, rest) < growth.leaf_curvature] = 0
    total: NDArray[np.float64] = gain.sum(axis=0)
    return total
