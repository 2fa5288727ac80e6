"""Whether one scorer is better than another beyond noise, on the same held-out opinions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray, IntArray

RESAMPLES = 2000
CHUNK = 200


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gain in AUC and its 95 % interval; better when all of the interval is a gain."""

    gain: float
    low: float
    high: float

    @property
    def better(self) -> bool:
        """Beyond noise."""
        return self.low > 0


def compare(
    candidate: FloatArray,
    incumbent: FloatArray,
    liked: FloatArray,
    groups: IntArray,
    *,
    seed: int = 0,
) -> Verdict:
    """Paired bootstrap over groups (Efron, Tibshirani, 1993) of the difference in AUC.

    Scores and likes are [m]; groups [m] are codes of what belongs together (artists), drawn
    whole, for opinions about one artist are not independent.
    """
    _, code = np.unique(groups, return_inverse=True)
    rng = np.random.default_rng(seed)
    count = int(code.max()) + 1
    gains = []
    for _ in range(RESAMPLES // CHUNK):
        draws = rng.multinomial(count, np.full(count, 1 / count), size=CHUNK)
        weights = draws[:, code].astype(np.float64)
        gains.append(
            weighted_auc(candidate, liked, weights) - weighted_auc(incumbent, liked, weights)
        )
    spread = np.concatenate(gains)
    spread = spread[np.isfinite(spread)]
    once = np.ones((1, len(liked)))
    gain = weighted_auc(candidate, liked, once) - weighted_auc(incumbent, liked, once)
    low, high = np.quantile(spread, [0.025, 0.975]) if len(spread) else (-1.0, 1.0)
    return Verdict(float(gain[0]), float(low), float(high))


def weighted_auc(
    scores: FloatArray, liked: FloatArray, weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Float64 [b]: the AUC of scores [m] under each row of weights [b, m]; NaN if one-sided."""
    order = np.argsort(scores, kind="stable")
    starts = np.flatnonzero(np.diff(scores[order], prepend=np.nan) != 0)
    positive = np.add.reduceat((weights * liked)[:, order], starts, axis=1)
    negative = np.add.reduceat((weights * (1 - liked))[:, order], starts, axis=1)
    below = np.cumsum(negative, axis=1) - negative / 2
    pairs = positive.sum(axis=1) * negative.sum(axis=1)
    won: NDArray[np.float64] = np.divide(
        (positive * below).sum(axis=1), pairs, out=np.full(len(pairs), np.nan), where=pairs > 0
    )
    return won
