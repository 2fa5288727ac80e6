"""A list that keeps the shares of a person's interests, instead of only the strongest one.

Steck, "Calibrated recommendations" (RecSys 2018): the list is chosen greedily by relevance less the
Kullback-Leibler divergence of its shares from those of what was liked. Here the divergence counts
times the length of the list, so that a place weighs the same near the top and near the end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.feedback_kinds import CLEARLY_LIKED
from musicrec_core.recommender.features.points import Points
from musicrec_core.recommender.ranking.interests import interests

if TYPE_CHECKING:
    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.records import FloatArray, IntArray

FEWEST_LIKED = 8  # songs, before their shares mean anything
BORDER = 0.1  # share of the likes that would themselves be too far from their interest
_SMOOTHING = 0.01  # of the target mixed into the list's shares, so that none is 0 (Steck)


@dataclass(frozen=True, slots=True, repr=False)
class Calibration:
    """target: float64 [k], the shares wanted, each above 0, which sum to 1.

    interest: int64 [c], the one each candidate belongs to, or k where it belongs to none.
    """

    interest: IntArray
    target: FloatArray

    @classmethod
    def of(cls, catalogue: Catalogue, history: History, rows: IntArray) -> Calibration | None:
        """To what was liked, as far as age left it, for candidates int64 [c]; None for one alone.

        A candidate belongs to the interest it is nearest to, if it is as near to its middle as most
        of what was liked is to that of the others liked of its interest.
        """
        liked = history.values >= CLEARLY_LIKED
        groups = interests(catalogue, history.rows[liked])
        if len(groups) < 2:
            return None
        points = Points.of(catalogue)
        at = [points.at(group) for group in groups]
        middles = _unit(np.stack([group.sum(axis=0) for group in at]))
        within = np.concatenate([_to_the_others(group) for group in at if len(group) > 1])
        edge = float(np.quantile(within, BORDER)) if len(within) else 0.0
        interest = np.full(len(rows), len(groups), np.int64)
        placed, at_candidates = points.placed(rows)
        likeness = at_candidates @ middles.T
        near = likeness.max(axis=1) >= edge
        interest[placed[near]] = likeness[near].argmax(axis=1)
        weights = np.array(
            [history.left[liked & np.isin(history.rows, group)].sum() for group in groups]
        )
        weights = np.maximum(weights, np.finfo(np.float32).tiny).astype(np.float64)
        return cls(interest, weights / weights.sum())

    def strays(self, chosen: list[int]) -> FloatArray:
        """Float64 [c], in nats, at least 0: divergence of the list with each candidate added.

        Times its length: a candidate is the likelier the lower its value among the others.
        """
        length = len(chosen) + 1
        size = len(self.target)
        counts = np.bincount(self.interest[chosen], minlength=size + 1)
        shares = ((counts + np.eye(size + 1)) / length)[:, :size]
        smooth = (1 - _SMOOTHING) * shares + _SMOOTHING * self.target
        divergence = (self.target * np.log(self.target / smooth)).sum(axis=1)
        strays: FloatArray = length * np.maximum(divergence, 0)[self.interest]
        return strays


def knows_enough(history: History) -> bool:
    """Whether so much was liked that shares of it mean anything."""
    return len(np.unique(history.rows[history.values >= CLEARLY_LIKED])) >= FEWEST_LIKED


def _to_the_others(points: FloatArray) -> FloatArray:
    """Float32 [m]: cosine of each with the middle of the others of its group."""
    others = _unit(points.sum(axis=0) - points)
    cosines: FloatArray = (points * others).sum(axis=1)
    return cosines


def _unit(vectors: FloatArray) -> FloatArray:
    unit: FloatArray = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return unit


def within_reach(relevance: FloatArray) -> FloatArray:
    """The same order, but nothing below -1.

    What does not contend may lie arbitrarily far below 0 (Candidates); no share would reach it.
    """
    below = np.minimum(relevance, 0)
    reached: FloatArray = np.where(relevance < 0, 1 / (1 - below) - 1, relevance).astype(np.float32)
    return reached
