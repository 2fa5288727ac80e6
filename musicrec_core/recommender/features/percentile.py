"""Percentile ranks within one library, so that a nearness means the same in any space."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray

_KNOTS = 1025
_EDGE = 12.0  # knots reach percentiles of 1 / (1 + e^12): finer than any library is large
_CELLS = 8192


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
        ordered = np.sort(measured)  # NaN comes last
        n = int(np.searchsorted(ordered, np.inf, side="right"))
        ordered = ordered[:n]
        if n == 0 or _same(ordered[0], ordered[-1]):
            return cls(0.0, 1.0, np.empty(0, np.float32))
        share = 1 / (1 + np.exp(-np.linspace(-_EDGE, _EDGE, _KNOTS)))
        values = np.unique(ordered[np.minimum((share * n).astype(np.int64), n - 1)])
        below = np.searchsorted(ordered, values, side="left")
        upto = np.searchsorted(ordered, values, side="right")
        middle = (below + upto) / (2 * n)
        grid = np.linspace(float(ordered[0]), float(ordered[-1]), _CELLS + 1)
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
