"""Boosted symmetric trees as plain numpy arrays: how a library is scored by them.

A row's leaf in a tree is a number whose bits are comparisons of single columns. Comparisons that
trees share are made once; the leaves of a few trees at a time are then one look-up in a table of
their sums.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray, IntArray

ROWS_AT_ONCE = 8192
DEEPEST = 8


@dataclass(frozen=True, slots=True, repr=False)
class TreeBlock:
    """The sum of T symmetric trees of depth D over some of the inputs: an ensemble of one member.

    columns: int64 [T, D], the input that each level of each tree compares. cuts: float32 [T, D];
    a value above the cut, or one that is missing, sets the level's bit of the leaf's number, the
    first level the highest. leaves: float32 [T, 2^D], in logits.
    """

    columns: IntArray
    cuts: FloatArray
    leaves: FloatArray

    def __post_init__(self) -> None:
        trees, depth = self.columns.shape
        fits = self.cuts.shape == (trees, depth) and self.leaves.shape == (trees, 1 << depth)
        if not fits or depth > DEEPEST:
            raise ValueError("the trees' arrays do not fit each other")

    @property
    def members(self) -> int:
        """One: the trees of a block correct each other, so only their sum says anything."""
        return 1

    def member_logits(self, inputs: FloatArray) -> FloatArray:
        """Float32 [1, m] for float32 [m, all inputs]."""
        out = np.zeros((1, len(inputs)), np.float32)
        pairs, which = self._comparisons()
        for start in range(0, len(inputs), ROWS_AT_ONCE):
            passed = _passed(pairs, inputs[start : start + ROWS_AT_ONCE])
            self._add_leaves(passed, which, out[0, start : start + ROWS_AT_ONCE])
        return out

    def leaf_bits(self, inputs: FloatArray, seen: NDArray[np.bool_]) -> NDArray[np.uint8]:
        """Uint8 [T, m]: the bits of each row's leaves that come of the `seen` [all inputs]."""
        bits = np.zeros((len(self.columns), len(inputs)), np.uint8)
        pairs, which = self._comparisons()
        passed = _passed(pairs, inputs)
        for level in range(self.columns.shape[1]):
            own = seen[self.columns[:, level]]
            bits <<= 1
            bits[own] |= passed[which[own, level]]
        return bits

    def sums(self, bits: NDArray[np.uint8]) -> FloatArray:
        """Float32 [m]: the trees' logit of rows whose leaves are `bits` [T, m]."""
        size = self.leaves.shape[1]
        at = bits + np.arange(len(bits))[:, None] * size
        total: FloatArray = self.leaves.ravel().take(at).sum(axis=0)
        return total

    def _comparisons(self) -> tuple[list[tuple[int, float]], IntArray]:
        """The different (column, cut), and which of them each level of each tree is, [T, D]."""
        keys = np.stack([self.columns.ravel(), self.cuts.ravel()], axis=1).astype(np.float64)
        pairs, which = np.unique(keys, axis=0, return_inverse=True)
        return [(int(c), float(cut)) for c, cut in pairs], which.reshape(self.columns.shape)

    def _add_leaves(self, passed: NDArray[np.uint8], which: IntArray, out: FloatArray) -> None:
        """Add each tree's leaf of every row to `out` [m]; passed: uint8 [comparisons, m]."""
        number = np.empty(len(out), np.uint8)
        place, of_tree = np.empty(len(out), np.intp), np.empty(len(out), np.float32)
        for levels, leaves in zip(which, self.leaves, strict=True):
            number[:] = 0
            for comparison in levels:
                np.left_shift(number, 1, out=number)
                np.bitwise_or(number, passed[comparison], out=number)
            place[:] = number
            np.take(leaves, place, out=of_tree, mode="clip")
            out += of_tree


def _passed(pairs: list[tuple[int, float]], inputs: FloatArray) -> NDArray[np.uint8]:
    """Uint8 [comparisons, m]: whether the column is above the cut, or not known."""
    passed = np.empty((len(pairs), len(inputs)), np.uint8)
    read, column = -1, np.empty(0, np.float32)
    for line, (which, cut) in zip(passed.view(np.bool_), pairs, strict=True):
        if which != read:
            read, column = which, inputs[:, which]
            column = np.where(np.isfinite(column), column, np.float32(np.inf))
        np.greater(column, np.float32(cut), out=line)
    return passed
