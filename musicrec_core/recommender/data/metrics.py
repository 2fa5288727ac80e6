"""How good a list of scores is, from scratch: each measure is a few lines and None if undefined.

Everything takes float arrays of one length; `liked` holds 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.model_records import Metrics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musicrec_core.records import FloatArray, IntArray


def auc(scores: FloatArray, liked: FloatArray) -> float | None:
    """The chance that a liked song scores above a disliked one; ties count half.

    By ranks (Mann and Whitney, 1947). None unless there are some of both.
    """
    positives = int((liked > 0.5).sum())
    negatives = len(liked) - positives
    if not positives or not negatives:
        return None
    ranks = mean_ranks(scores)
    wins = ranks[liked > 0.5].sum() - positives * (positives + 1) / 2
    return float(wins / (positives * negatives))


def mean_ranks(values: FloatArray) -> FloatArray:
    """Ranks from 1, ties sharing their mean; float64 [m]."""
    _, group, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: FloatArray = (last - (counts - 1) / 2)[group].astype(np.float64, copy=False)
    return ranks


def ndcg(scores: FloatArray, liked: FloatArray, at: int = 10) -> float | None:
    """Normalised discounted cumulative gain of the first `at` (Järvelin, Kekäläinen, 2002).

    Songs of equal score share the mean gain of their places. None when nothing is liked.
    """
    if not (liked > 0.5).any():
        return None
    _, group, counts = np.unique(-np.asarray(scores), return_inverse=True, return_counts=True)
    shared = np.bincount(group, weights=liked) / counts
    discount = 1 / np.log2(np.arange(2, min(at, len(liked)) + 2))
    gained = np.repeat(shared, counts)[: len(discount)] @ discount
    return float(gained / (np.sort(liked)[::-1][: len(discount)] @ discount))


def logloss(scores: FloatArray, liked: FloatArray) -> float | None:
    """Mean negative log likelihood of probabilities, kept a millionth away from 0 and 1."""
    if not len(liked):
        return None
    return float(row_losses(scores, liked).mean())


def row_losses(scores: FloatArray, liked: FloatArray) -> FloatArray:
    """Negative log likelihood of each row; float64 [m]."""
    sure = np.clip(np.asarray(scores, np.float64), 1e-6, 1 - 1e-6)
    losses: FloatArray = -np.where(liked > 0.5, np.log(sure), np.log1p(-sure))
    return losses


def rmse(predicted: FloatArray, ratings: FloatArray) -> float | None:
    """Root mean squared error over the rows that were rated (not NaN)."""
    rated = np.isfinite(ratings) & np.isfinite(predicted)
    if not rated.any():
        return None
    return float(np.sqrt(np.mean((predicted[rated] - ratings[rated]) ** 2)))


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """A tenth of the rows by score: what was promised and what came true."""

    rows: int
    mean_score: float
    liked_share: float


def calibration(
    scores: FloatArray, liked: FloatArray, bins: int = 10
) -> tuple[CalibrationBin, ...]:
    """Bins of equal mass, by rising score."""
    parts = np.array_split(np.argsort(scores, kind="stable"), bins)
    return tuple(
        CalibrationBin(len(part), float(scores[part].mean()), float(liked[part].mean()))
        for part in parts
        if len(part)
    )


def calibration_error(bins: Sequence[CalibrationBin]) -> float | None:
    """The mean gap between promised and true, weighted by rows."""
    rows = sum(b.rows for b in bins)
    if not rows:
        return None
    return sum(b.rows * abs(b.mean_score - b.liked_share) for b in bins) / rows


def measure(
    scores: FloatArray, liked: FloatArray, predicted: FloatArray, ratings: FloatArray
) -> Metrics:
    """All four figures; `liked` and `ratings` are NaN where a row says nothing of that kind.

    Ranking and probability are measured only where both kinds of answers are present.
    """
    has_opinion = np.isfinite(liked)
    scores, liked = scores[has_opinion], liked[has_opinion]
    both = len(liked) > 0 and 0 < liked.sum() < len(liked)
    return Metrics(
        auc=auc(scores, liked) if both else None,
        ndcg_at_10=ndcg(scores, liked) if both else None,
        logloss=logloss(scores, liked) if both else None,
        rmse=rmse(predicted, ratings),
    )


def average(folds: Sequence[Metrics]) -> Metrics:
    """The mean of each figure over the parts that have it."""
    return Metrics(*(_mean([getattr(part, name) for part in folds]) for name in FIGURES))


FIGURES = ("auc", "ndcg_at_10", "logloss", "rmse")


def _mean(values: Sequence[float | None]) -> float | None:
    numbers = [value for value in values if value is not None]
    return sum(numbers) / len(numbers) if numbers else None


def grouped_folds(
    groups: IntArray, folds: int, seed: int, liked: FloatArray | None = None
) -> IntArray:
    """A fold, 0 to folds - 1, for each of m rows, so that a group lies in one fold only.

    groups: int64 [m]; a negative code is a group of its own. Groups are dealt in random order,
    large ones first, each to the fold that has least of what the group holds, so that folds are
    alike in size and, where `liked` is given, in likes and dislikes.
    """
    codes = np.where(groups < 0, groups.max(initial=0) + 1 + np.arange(len(groups)), groups)
    _, code = np.unique(codes, return_inverse=True)
    kinds = np.zeros(len(groups), np.int64) if liked is None else np.nan_to_num(liked, nan=2)
    holds = np.zeros((code.max(initial=-1) + 1, 3))
    np.add.at(holds, (code, np.asarray(kinds, np.int64)), 1)
    order = np.random.default_rng(seed).permutation(len(holds))
    order = order[np.argsort(-holds[order].sum(axis=1), kind="stable")]
    load = np.zeros((folds, 3))
    fold_of = np.zeros(len(holds), np.int64)
    for group in order:
        cost = ((load + holds[group]) ** 2).sum(axis=1) - (load**2).sum(axis=1)
        fold_of[group] = int(cost.argmin())
        load[fold_of[group]] += holds[group]
    assigned: IntArray = fold_of[code]
    return assigned
