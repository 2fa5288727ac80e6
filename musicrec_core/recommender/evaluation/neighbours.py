"""Guesses by the nearest songs: nothing is learned but how near they are as a rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data.predictions import (
    LabelledRows,
    Prediction,
    Scale,
    both,
    prior_mean,
    unit,
)
from musicrec_core.recommender.taste.calibration import slope_and_shift
from musicrec_core.recommender.taste.forward import sigmoid

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray

MOST_NEIGHBOURS = 5_000
GOALS_AT_ONCE = 10_000


def nearest_liked(train: LabelledRows, test: LabelledRows, seed: int) -> Prediction:
    """By the mean cosine to the three nearest liked songs, made a probability on the way."""
    train = _some(train, seed)
    opinion = train.take(np.isfinite(train.liked))
    if not both(opinion.liked):
        return prior_mean(train, test, 0)
    scale = Scale.of(train.inputs)
    points, goals = unit(scale(opinion.inputs)), unit(scale(test.inputs))
    at = np.flatnonzero(opinion.liked > 0.5)
    own = points @ points[at].T
    own[at, np.arange(len(at))] = -np.inf
    slope, shift = slope_and_shift(
        _nearest(own), opinion.liked, np.ones(len(opinion), np.float32), doubt=10.0
    )
    near = _in_parts(goals, lambda part: _nearest(part @ points[at].T))
    return Prediction(sigmoid(slope * near + shift), _neighbour_ratings(train, test, scale))


def _some(train: LabelledRows, seed: int) -> LabelledRows:
    """As many neighbours as can be looked at."""
    if len(train) <= MOST_NEIGHBOURS:
        return train
    return train.take(np.random.default_rng(seed).permutation(len(train))[:MOST_NEIGHBOURS])


def _in_parts(goals: FloatArray, of: Callable[[FloatArray], FloatArray]) -> FloatArray:
    """`of` all rows, so many at a time that their neighbours fit into memory."""
    parts = np.array_split(goals, 1 + len(goals) // GOALS_AT_ONCE)
    return np.concatenate([of(part) for part in parts])


def _nearest(similarity: FloatArray, count: int = 3) -> FloatArray:
    count = min(count, similarity.shape[1])
    part = np.partition(similarity, -count, axis=1)[:, -count:]
    mean: FloatArray = np.where(np.isfinite(part), part, 0).mean(axis=1)
    return mean


def _neighbour_ratings(
    train: LabelledRows, test: LabelledRows, scale: Scale, count: int = 10
) -> FloatArray:
    rated = train.take(np.isfinite(train.ratings))
    if not len(rated):
        return np.full(len(test), np.nan, np.float32)
    points, count = unit(scale(rated.inputs)), min(count, len(rated))

    def mean_of_nearest(goals: FloatArray) -> FloatArray:
        best = np.argpartition(goals @ points.T, -count, axis=1)[:, -count:]
        mean: FloatArray = rated.ratings[best].mean(axis=1)
        return mean

    return _in_parts(unit(scale(test.inputs)), mean_of_nearest)
