"""Where a column's piecewise-linear function bends, and where values lie between the bends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray, IntArray

_NARROWEST = 1e-37
_FEW = 1000
_BYTE = 255


@dataclass(frozen=True, slots=True, repr=False)
class Knots:
    """Where each column's piecewise-linear function bends.

    at: float32 [K, T + 1], rising along each row, near equal-mass quantiles of the training rows.
    normal: float32 [K, T + 1], the standard normal quantile of each knot's rank there.
    """

    at: FloatArray
    normal: FloatArray

    @classmethod
    def of(cls, inputs: FloatArray, bins: int) -> Knots:
        """Knots for float32 [m, K] training inputs; NaN and infinities are left out."""
        at = np.stack([_column_knots(column, bins) for column in inputs.T])
        normal = np.stack(
            [_normal_ranks(column, row) for column, row in zip(inputs.T, at, strict=True)]
        )
        return cls(at, normal)

    def positions(self, inputs: FloatArray) -> FloatArray:
        """Where float32 [m, K] inputs lie between the knots: [m, K] in [0, T], NaN if missing."""
        return positions(self.at, inputs)


def _column_knots(column: FloatArray, bins: int) -> FloatArray:
    values = column[np.isfinite(column)].astype(np.float64)
    if not len(values):
        return np.arange(bins + 1, dtype=np.float32)
    marks = np.unique(np.quantile(values, np.linspace(0, 1, bins + 1)))
    if len(marks) == 1:
        constant: FloatArray = (marks[0] + np.arange(bins + 1)).astype(np.float32)
        return constant
    # A column of few distinct values gets its spare knots between them.
    steps = np.linspace(0, len(marks) - 1, bins + 1)
    spread: FloatArray = np.interp(steps, np.arange(len(marks)), marks).astype(np.float32)
    return spread


def _normal_ranks(column: FloatArray, at: FloatArray) -> FloatArray:
    values = np.sort(column[np.isfinite(column)])
    if len(values) < 2 or values[0] == values[-1]:
        return np.zeros(len(at), np.float32)
    below, upto = np.searchsorted(values, at, "left"), np.searchsorted(values, at, "right")
    ranks = np.clip((below + upto) / (2 * len(values)), 0.5 / len(values), 1 - 0.5 / len(values))
    from statistics import NormalDist  # for training alone

    normal = NormalDist()
    return np.array([normal.inv_cdf(float(r)) for r in np.clip(ranks, 1e-3, 1 - 1e-3)], np.float32)


def positions(at: FloatArray, inputs: FloatArray) -> FloatArray:
    """Float32 [m, K]: the fractional knot index of each input, NaN where it is not finite."""
    out = np.empty(inputs.shape, np.float32)
    for c, knots in enumerate(at):
        segment, share = locate(knots, inputs[:, c])
        out[:, c] = np.where(segment == len(knots) - 1, np.nan, segment + share)
    return out


def locate(knots: FloatArray, column: FloatArray) -> tuple[IntArray, FloatArray]:
    """The segment of each value [m], T where it is missing, and its share of the way through it."""
    is_finite = np.isfinite(column)
    column = np.where(is_finite, column, knots[0])
    segment = _segments(knots[1:-1], column)
    widths = np.diff(knots.astype(np.float64))  # of huge values, or all but equal ones
    inverse = np.divide(1, widths, out=np.zeros_like(widths), where=widths > _NARROWEST)
    with np.errstate(over="ignore"):  # what lies infinitely far beyond a knot is at the next
        share = column - knots.take(segment)
        share *= inverse.astype(np.float32).take(segment)
    segment[~is_finite] = len(knots) - 1
    return segment, np.clip(share, 0, 1, out=share)


def _segments(bends: FloatArray, column: FloatArray) -> IntArray:
    """How many of the rising `bends` each value has reached.

    Of many values in no order, comparing all with each bend takes a fifth of the time of a binary
    search, whose every step is a guess for the processor.
    """
    if len(column) < _FEW or len(bends) > _BYTE:
        return np.searchsorted(bends, column, side="right")
    passed, reached = np.zeros(len(column), np.uint8), np.empty(len(column), np.bool_)
    for bend in bends:
        np.greater_equal(column, bend, out=reached)
        passed += reached.view(np.uint8)
    return passed.astype(np.int64)
