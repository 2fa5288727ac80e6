"""What is read off similarities to a past: soft nearest neighbour, means, a vote of both sides."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data.history import UserHistory
from musicrec_core.recommender.features.standardised import (
    SHARPNESS,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray

STATISTICS = ("near_liked", "like_liked", "near_disliked", "like_disliked", "pull", "vote")
PULL, VOTE = STATISTICS.index("pull"), STATISTICS.index("vote")
DOUBT = float(np.exp(SHARPNESS * 2.0))  # a vote needs a neighbour beyond 2 deviations


def pooled_masked(z: FloatArray, history: UserHistory, visible: NDArray[np.bool_]) -> FloatArray:
    sides = history.sides
    near = np.where(visible, np.exp(SHARPNESS * z), 0) @ sides
    weight = visible.astype(np.float32) @ sides
    mean = (np.where(visible, z, 0) @ sides) / np.maximum(weight, 1e-6)
    return arranged(near, mean, weight > 0)


def arranged(near: FloatArray, mean: FloatArray, present: NDArray[np.bool_]) -> FloatArray:
    """Float32 [m, 6] with room for the pull; each column lies together, for they are sorted."""
    statistics = np.empty((len(STATISTICS), len(near)), np.float32).T
    soft = np.log(near + np.float32(1e-12))
    for side in range(2):
        is_there = present[:, side]
        statistics[:, 2 * side] = np.where(is_there, soft[:, side], np.nan)
        statistics[:, 2 * side + 1] = np.where(is_there, mean[:, side], np.nan)
    statistics[:, PULL] = np.nan
    statistics[:, VOTE] = (near[:, 0] - near[:, 1]) / (near[:, 0] + near[:, 1] + DOUBT)
    return statistics
