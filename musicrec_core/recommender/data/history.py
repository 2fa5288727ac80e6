"""One person's history as weights: what counts for, what against, how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import History
    from musicrec_core.records import FloatArray, IntArray

MOST_RECORDINGS = 400
"""More than these, the strongest, are not compared one by one: it keeps rescoring fast."""


@dataclass(frozen=True, slots=True)
class UserHistory:
    """What is left of a history of h recordings, each once.

    rows: int64 [h], rows of the catalogue. liked, disliked: float32 [h] in [0, 1], at most one
    of them above zero.
    """

    rows: IntArray
    liked: FloatArray
    disliked: FloatArray

    @classmethod
    def of(cls, history: History) -> UserHistory:
        """Events of one recording added up and faded by age, the strongest first to be kept.

        A like made after ten plays is one like: sums are cut at 1.
        """
        faded = history.values * history.left
        rows, which = np.unique(history.rows, return_inverse=True)
        value = np.clip(np.bincount(which, weights=faded, minlength=len(rows)), -1, 1)
        strongest = np.argsort(-np.abs(value), kind="stable")[:MOST_RECORDINGS]
        chosen = np.sort(strongest[np.abs(value[strongest]) > 1e-3])
        value = value[chosen].astype(np.float32)
        return cls(rows[chosen], np.maximum(value, 0), np.maximum(-value, 0))

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def sides(self) -> FloatArray:
        """Float32 [h, 2]: liked and disliked side by side."""
        return np.stack([self.liked, self.disliked], axis=1)

    def where(self, chosen: IntArray | NDArray[np.bool_]) -> UserHistory:
        """Only the recordings at the positions, or under the mask, `chosen`."""
        return UserHistory(self.rows[chosen], self.liked[chosen], self.disliked[chosen])
