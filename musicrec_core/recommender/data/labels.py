"""What one person thinks of each recording, added up from all that was said and done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import History
    from musicrec_core.records import FloatArray, IntArray

WEAKEST = 0.05
CLEAR = 0.4
"""Labels at least this strong are what models are compared on: likes, dislikes, ratings."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What one person thinks of m recordings, each once.

    rows: int64 [m]. liked: float32 [m], 1 or 0 where that was said clearly, else NaN.
    targets: float32 [m] in [0, 1], (rating - 1) / 4 where rated, so that what is learned is the
    mean rating too. weights: float32 [m], how much to make of it. ratings: float32 [m] or NaN.
    """

    rows: IntArray
    liked: FloatArray
    targets: FloatArray
    weights: FloatArray
    ratings: FloatArray

    @classmethod
    def of(cls, history: History) -> Labels:
        """Events of one recording added up; contradictions cancel, and weigh next to nothing."""
        rows, which = np.unique(history.rows, return_inverse=True)
        value = np.clip(np.bincount(which, history.values, len(rows)), -1, 1)
        ratings = np.full(len(rows), np.nan, np.float32)
        order = np.argsort(-history.ages_days, kind="stable")  # the latest rating is written last
        order = order[np.isfinite(history.ratings[order])]
        ratings[which[order]] = history.ratings[order]
        # A rating alone says its value; with other events beside it, it is one of them.
        rated = np.isfinite(ratings) & (np.bincount(which, minlength=len(rows)) == 1)
        strength = np.abs(value)
        weight = np.where(rated, 1, np.where(strength < WEAKEST, 0, strength))
        left = np.zeros(len(rows), np.float32)
        np.maximum.at(left, which, history.left)  # the latest event says how old an opinion is
        return cls(
            rows,
            np.where(strength >= CLEAR, value > 0, np.nan).astype(np.float32),
            np.where(rated, (ratings - 1) / 4, value > 0).astype(np.float32),
            (weight * left).astype(np.float32),
            ratings,
        )

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, chosen: IntArray) -> Labels:
        """Some of them."""
        return Labels(
            self.rows[chosen],
            self.liked[chosen],
            self.targets[chosen],
            self.weights[chosen],
            self.ratings[chosen],
        )

    @property
    def both(self) -> bool:
        """Whether something is liked and something disliked."""
        return bool((self.liked == 1).any() and (self.liked == 0).any())


def events(history: History, chosen: NDArray[np.bool_]) -> History:
    """Some of the events."""
    return replace(
        history,
        rows=history.rows[chosen],
        values=history.values[chosen],
        ratings=history.ratings[chosen],
        ages_days=history.ages_days[chosen],
    )
