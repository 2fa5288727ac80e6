"""What scorers learn from and what they say: rows with answers, and guesses about others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray, IntArray


@dataclass(frozen=True, slots=True, repr=False)
class LabelledRows:
    """Rows with answers.

    inputs: float32 [m, K], NaN where unknown. liked: float32 [m], 0, 1 or NaN for neither.
    ratings: float32 [m], NaN where not rated. users, tracks: int64 [m] codes.
    """

    inputs: FloatArray
    liked: FloatArray
    ratings: FloatArray
    users: IntArray
    tracks: IntArray

    def take(self, rows: IntArray | NDArray[np.bool_]) -> LabelledRows:
        """Some of the rows."""
        return LabelledRows(
            self.inputs[rows], self.liked[rows], self.ratings[rows],
            self.users[rows], self.tracks[rows],
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.liked)


@dataclass(frozen=True, slots=True, repr=False)
class Prediction:
    """For each row the probability of a like, and a rating (NaN where none can be guessed)."""

    scores: FloatArray
    ratings: FloatArray

    @classmethod
    def blank(cls, rows: int) -> Prediction:
        """To be filled part by part."""
        return cls(np.zeros(rows, np.float32), np.full(rows, np.nan, np.float32))

    def put(self, rows: IntArray, predictions: Prediction) -> None:
        """Fill some of the rows."""
        self.scores[rows], self.ratings[rows] = predictions.scores, predictions.ratings


def prior_mean(train: LabelledRows, test: LabelledRows, seed: int) -> Prediction:
    """Everything gets this person's share of likes and mean rating."""
    del seed
    return Prediction(
        np.full(len(test), like_share(train), np.float32),
        np.full(len(test), mean_rating(train), np.float32),
    )


@dataclass(frozen=True, slots=True)
class Scale:
    """Standardises columns by what the training rows know of them; missing becomes the mean."""

    mean: FloatArray
    spread: FloatArray

    @classmethod
    def of(cls, inputs: FloatArray) -> Scale:
        """The scale of these rows."""
        is_known = np.isfinite(inputs)
        count = np.maximum(is_known.sum(axis=0), 1)
        mean = np.where(is_known, inputs, 0).sum(axis=0, dtype=np.float64) / count
        variance = (np.where(is_known, inputs - mean, 0) ** 2).sum(axis=0) / count
        return cls(mean.astype(np.float32), np.sqrt(variance + 1e-12).astype(np.float32))

    def __call__(self, inputs: FloatArray) -> FloatArray:
        scaled = np.where(np.isfinite(inputs), (inputs - self.mean) / self.spread, 0)
        bounded: FloatArray = np.clip(scaled, -10, 10)
        return bounded


def unit(points: FloatArray) -> FloatArray:
    """Rows of length one."""
    unit: FloatArray = points / np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-9)
    return unit


def both(liked: FloatArray) -> bool:
    """Whether there are likes and dislikes."""
    return bool((liked > 0.5).any() and (liked < 0.5).any())


def like_share(train: LabelledRows) -> float:
    """The posterior mean of the share of likes under a uniform prior (Laplace smoothing)."""
    opinions = train.liked[np.isfinite(train.liked)]
    return float((opinions.sum() + 1) / (len(opinions) + 2))


def mean_rating(train: LabelledRows) -> float:
    """NaN where nothing was rated."""
    rated = train.ratings[np.isfinite(train.ratings)]
    return float(rated.mean()) if len(rated) else float("nan")
