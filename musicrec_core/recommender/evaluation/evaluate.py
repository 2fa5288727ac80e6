"""Honest evaluation on a table of ratings: whole groups held out, each user apart, baselines.

A held-out group (an artist, by default) is unseen by every user of its fold. The group itself is
no input: every recording counts as being by someone unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from musicrec_core.errors import TableError
from musicrec_core.model_records import Metrics
from musicrec_core.recommender.data import metrics
from musicrec_core.recommender.data.predictions import Prediction
from musicrec_core.recommender.data.rating_table import EvaluationTable, liked, one_rating_a_pair
from musicrec_core.recommender.evaluation.compare import own_codes
from musicrec_core.recommender.evaluation.cross_validate import MODEL, CrossValidation
from musicrec_core.recommender.evaluation.sampling import sampling_note
from musicrec_core.recommender.threads import single_thread
from musicrec_core.records import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musicrec_core.recommender.taste.forward import TasteNet
    from musicrec_core.records import FloatArray, IntArray


class HeldOutPrediction(NamedTuple):
    """A score in [0, 1] for a rating that was held out."""

    user_id: str
    track_id: str
    fold: int
    score: float


@dataclass(frozen=True, slots=True, repr=False)
class Evaluation:
    """`mean` averages folds, then users; so does every baseline.

    users: those measured. notes: what of a large table is only sampled.
    """

    users: int
    folds: int
    mean: Metrics
    baselines: dict[str, Metrics]
    predictions: tuple[HeldOutPrediction, ...]
    notes: tuple[str, ...] = ()


def evaluate(
    table: EvaluationTable,
    *,
    folds: int = 5,
    seed: int = 0,
    bundled: TasteNet | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Evaluation:
    """Evaluate the personal model and the baselines. Raises TableError when nothing can be."""
    table = one_rating_a_pair(table)
    if not len(table.ratings):
        raise TableError("there are no ratings to evaluate on")
    groups = np.unique(own_codes(table.groups)[table.tracks])
    if len(groups) < 2:
        raise TableError("all rated tracks are of one group, so none can be held out")
    folds = min(folds, len(groups))
    validation = CrossValidation.of(table, folds, seed, bundled)
    predictions = {name: Prediction.blank(len(table.ratings)) for name in validation.names}
    users = validation.measured.users
    steps = folds * len(users)
    with single_thread():
        for held in range(folds):
            pooled_prior = validation.pooled_prior(held)
            for i, user in enumerate(users.tolist(), start=1):
                validation.predict(user, held, pooled_prior, predictions)
                if progress:
                    progress(Progress("evaluating", held * len(users) + i, steps))
            validation.predict_by_all(held, predictions)
    return _summary(validation, predictions)


def _summary(validation: CrossValidation, prediction_of: dict[str, Prediction]) -> Evaluation:
    table = validation.table
    means = {
        name: _mean_of_users(validation, prediction) for name, prediction in prediction_of.items()
    }
    rows = np.flatnonzero(validation.measured.ratings)
    columns = (table.users, table.tracks, validation.fold, prediction_of[MODEL].scores)
    predictions = tuple(
        HeldOutPrediction(table.user_ids[user], table.track_ids[track], fold, round(score, 6))
        for user, track, fold, score in zip(*(part[rows].tolist() for part in columns), strict=True)
    )
    mean = means.pop(MODEL)
    users, notes = len(validation.measured.users), tuple(sampling_note(table, validation.measured))
    return Evaluation(users, validation.folds, mean, means, predictions, notes)


def _mean_of_users(validation: CrossValidation, prediction: Prediction) -> Metrics:
    rows = np.flatnonzero(validation.measured.ratings)
    rows = rows[np.argsort(validation.table.users[rows], kind="stable")]
    ends = np.searchsorted(validation.table.users[rows], validation.measured.users[1:])
    users = np.split(rows, ends)
    return metrics.average([_mean_of_folds(validation, prediction, rows) for rows in users])


def _mean_of_folds(validation: CrossValidation, prediction: Prediction, rows: IntArray) -> Metrics:
    """The mean over the folds; over all predictions together if a fold lacks likes or dislikes."""
    ratings = validation.table.ratings
    folds = [rows[validation.fold[rows] == fold] for fold in np.unique(validation.fold[rows])]
    one_sided = any(len(np.unique(_finite(liked(ratings[part])))) < 2 for part in folds)
    return metrics.average([
        metrics.measure(prediction.scores[p], liked(ratings[p]), prediction.ratings[p], ratings[p])
        for p in ([rows] if one_sided else folds)
    ])  # fmt: skip


def _finite(opinions: FloatArray) -> Sequence[float]:
    finite: list[float] = opinions[np.isfinite(opinions)].tolist()
    return finite
