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
TAIL = 0.015
"""Wider than for 95 %: resampling artists does not see that training itself varies."""
SIGNIFICANT = 0.04
LIKELY = 0.75
SURE = 0.9975


@dataclass(frozen=True, slots=True)
class Verdict:
    """The gain in AUC and its 97 % interval.

    likely: the share of resamples in which there is a gain. p_value: of the test that the errors
    of the current model are no more alike among similar songs than by chance (residual_test.py);
    None where it was not made. Where it was, a gain need only be likely if the test rejects, and
    must be all but sure if not.
    """

    gain: float
    low: float
    high: float
    likely: float = 0.0
    p_value: float | None = None

    @property
    def better(self) -> bool:
        """Beyond noise."""
        if self.p_value is None:
            return self.low > 0
        return self.explained or self.likely >= SURE

    @property
    def explained(self) -> bool:
        """There is something to learn beyond chance, and a gain in most resamples."""
        return self.p_value is not None and self.p_value <= SIGNIFICANT and self.likely >= LIKELY


def compare(
    candidate: FloatArray,
    incumbent: FloatArray,
    liked: FloatArray,
    groups: IntArray,
    rounds: IntArray,
    *,
    seed: int = 0,
) -> Verdict:
    """Paired bootstrap over groups (Efron, Tibshirani, 1993) of the difference in AUC.

    Scores and likes are [m]. groups [m] are codes of what belongs together (artists), drawn
    whole, for opinions about one artist are not independent. rounds [m] say what was held out
    together; only pairs of one round are compared, for each round was guessed by another model.
    """
    _, code = np.unique(groups, return_inverse=True)
    rng = np.random.default_rng(seed)
    count = int(code.max()) + 1
    gains = []
    for _ in range(RESAMPLES // CHUNK):
        draws = rng.multinomial(count, np.full(count, 1 / count), size=CHUNK)
        weights = draws[:, code].astype(np.float64)
        gains.append(
            weighted_auc(candidate, liked, rounds, weights)
            - weighted_auc(incumbent, liked, rounds, weights)
        )
    spread = np.concatenate(gains)
    spread = spread[np.isfinite(spread)]
    gain = auc(candidate, liked, rounds) - auc(incumbent, liked, rounds)
    if not len(spread):
        return Verdict(gain, -1.0, 1.0)
    low, high = np.quantile(spread, [TAIL, 1 - TAIL])
    return Verdict(gain, float(low), float(high), float((spread > 0).mean()))


def auc(scores: FloatArray, liked: FloatArray, rounds: IntArray) -> float:
    """The share of pairs within rounds that are in order; NaN when there is no such pair."""
    return float(weighted_auc(scores, liked, rounds, np.ones((1, len(liked))))[0])


def weighted_auc(
    scores: FloatArray, liked: FloatArray, rounds: IntArray, weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Float64 [b]: the AUC of scores [m] under each row of weights [b, m]; NaN if one-sided."""
    order = np.lexsort((scores, rounds))
    new_round = np.diff(rounds[order], prepend=rounds[order[0]] - 1) != 0
    new_score = np.diff(scores[order], prepend=np.nan) != 0
    starts = np.flatnonzero(new_round | new_score)  # of runs of equal scores
    positive = np.add.reduceat((weights * liked)[:, order], starts, axis=1)
    negative = np.add.reduceat((weights * (1 - liked))[:, order], starts, axis=1)
    firsts = np.flatnonzero(new_round[starts])  # runs that open a round
    before = np.cumsum(negative, axis=1) - negative
    lengths = np.diff(np.append(firsts, len(starts)))
    below = before - np.repeat(before[:, firsts], lengths, axis=1) + negative / 2
    of_round = [np.add.reduceat(part, firsts, axis=1) for part in (positive, negative)]
    pairs = (of_round[0] * of_round[1]).sum(axis=1)
    won: NDArray[np.float64] = np.divide(
        (positive * below).sum(axis=1), pairs, out=np.full(len(pairs), np.nan), where=pairs > 0
    )
    return won
