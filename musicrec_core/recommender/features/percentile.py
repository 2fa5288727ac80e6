"""Percentile ranks within one library, so that a nearness means the same in any space."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray, IntArray

_KNOTS = 1025
_EDGE = 12.0  # knots reach percentiles of 1 / (1 + e^12): finer than any library is large
_CELLS = 8192
_SHARES = 1 / (1 + np.exp(-np.linspace(-_EDGE, _EDGE, _KNOTS)))
_BINS = 32_768
_MANY = 20_000
"""Values from which putting them in bins costs less than putting all of them in order."""


@dataclass(frozen=True, slots=True)
class PercentileTransform:
    """How the values of one measure are spread over a library, on an even grid of values.

    low, cell: the grid's first value and its step. log_odds: float32 [cells + 1],
    log(p / (1 - p)) of the mid-rank percentile p at each grid value; empty when nothing
    could be measured.
    """

    low: float
    cell: float
    log_odds: FloatArray

    @classmethod
    def of(cls, measured: FloatArray) -> PercentileTransform:
        """The yardstick of `measured` [n]; NaN is left out. Ties share their middle rank."""
        low, high = (
            np.fmin.reduce(measured, initial=np.nan),
            np.fmax.reduce(measured, initial=np.nan),
        )
        if np.isnan(low) or _same(low, high):
            return cls(0.0, 1.0, np.empty(0, np.float32))
        is_binned = len(measured) > _MANY and np.isfinite(high - low)
        few = _around_knots(measured, low, high) if is_binned else _in_order(measured)
        values, places = np.unique(few.values[few.places], return_index=True)
        skipped = few.skipped[places]
        below = np.searchsorted(few.values, values, side="left") + skipped
        upto = np.searchsorted(few.values, values, side="right") + skipped
        middle = (below + upto) / (2 * few.count)
        grid = np.linspace(float(low), float(high), _CELLS + 1)
        log_odds = np.interp(grid, values, np.log(middle / (1 - middle)))
        return cls(float(grid[0]), float(grid[1] - grid[0]), log_odds.astype(np.float32))

    def log_odds_of(self, measured: FloatArray) -> FloatArray:
        """Log odds of the percentile of each of `measured` [m]; 0, the middle, for NaN."""
        if len(self.log_odds) == 0:
            return np.zeros(len(measured), np.float32)
        is_finite = np.isfinite(measured)
        place = (measured - np.float32(self.low)) * np.float32(1 / self.cell)
        place = np.where(is_finite, np.clip(place, 0, _CELLS), np.float32(0))
        left = np.minimum(place.astype(np.intp), _CELLS - 1)
        place -= left
        odds = self.log_odds.take(left)
        odds += np.diff(self.log_odds).take(left) * place
        odds[~is_finite] = 0
        return odds


def _same(lowest: np.float32, highest: np.float32) -> bool:
    """Whether two values are a rounding error apart: their order then says nothing."""
    return bool(np.isclose(lowest, highest, rtol=1e-5, atol=1e-6))


@dataclass(frozen=True, slots=True)
class _Ordered:
    """What the ranks of the knots are read from: some of `count` values, in rising order.

    values: float32 [s]. places: int64 [knots], where among them each knot is. skipped: int64
    [knots], how many smaller values than that of the knot are not among them.
    """

    values: FloatArray
    count: int
    places: IntArray
    skipped: IntArray


def _ranks(count: int) -> IntArray:
    ranks: IntArray = np.minimum((_SHARES * count).astype(np.int64), count - 1)
    return ranks


def _in_order(measured: FloatArray) -> _Ordered:
    """All values but NaN."""
    ordered = np.sort(measured)  # NaN comes last
    count = int(np.searchsorted(ordered, np.inf, side="right"))
    return _Ordered(ordered[:count], count, _ranks(count), np.zeros(_KNOTS, np.int64))


def _around_knots(measured: FloatArray, low: np.float32, high: np.float32) -> _Ordered:
    """Of values in even bins, all in the bins that hold a knot: a few of a million."""
    bins = (measured - low) * np.float32((_BINS - 1) / (high - low))
    np.copyto(bins, _BINS, where=np.isnan(bins))
    which = bins.astype(np.int32)
    ends = np.cumsum(np.bincount(which, minlength=_BINS + 1)[:_BINS])
    ranks = _ranks(int(ends[-1]))
    bin_of_knot = np.searchsorted(ends, ranks, side="right")
    holds_knot = np.zeros(_BINS + 1, np.bool_)
    holds_knot[bin_of_knot] = True
    left_out = np.cumsum(np.where(holds_knot[:-1], 0, np.diff(ends, prepend=0)))
    skipped = left_out[bin_of_knot]
    return _Ordered(np.sort(measured[holds_knot[which]]), int(ends[-1]), ranks - skipped, skipped)
