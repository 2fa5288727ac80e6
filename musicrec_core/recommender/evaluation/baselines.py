"""What any model has to beat, all behind one call: learn from some rows, predict others.

scikit-learn is imported where it is used: it costs a second.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from musicrec_core.recommender.data.predictions import (
    LabelledRows,
    Prediction,
    Scale,
    both,
    prior_mean,
)
from musicrec_core.recommender.evaluation.neighbours import nearest_liked
from musicrec_core.recommender.evaluation.sampling import MOST_POOLED, sample_rows
from musicrec_core.recommender.threads import single_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray, IntArray

Baseline = Callable[[LabelledRows, LabelledRows, int], Prediction]
"""(rows to learn from, rows to predict, seed); never looks at the labels of the second."""


def user_item_bias(train: LabelledRows, test: LabelledRows, seed: int) -> Prediction:
    """Mean rating plus a shrunken bias of the song (Koren, Bell, Volinsky, 2009).

    Likes and dislikes count as 5 and 1 where nothing was rated. The people are in `users`.
    """
    del seed
    value = np.where(np.isfinite(train.ratings), train.ratings, 1 + 4 * train.liked)
    there = np.isfinite(value)
    if not there.any():
        return prior_mean(train, test, 0)
    value, users, tracks = value[there], train.users[there], train.tracks[there]
    mean = float(value.mean())
    people = _shrunken_means(value - mean, users, max(users.max(), test.users.max()) + 1)
    songs = _shrunken_means(
        value - mean - people[users], tracks, max(tracks.max(), test.tracks.max()) + 1
    )
    ratings = np.clip(mean + people[test.users] + songs[test.tracks], 1, 5).astype(np.float32)
    return Prediction((ratings - 1) / 4, ratings)


def _shrunken_means(values: NDArray[np.floating[Any]], codes: IntArray, count: int) -> FloatArray:
    total = np.bincount(codes, values, count)
    means: FloatArray = (total / (np.bincount(codes, minlength=count) + 5)).astype(np.float32)
    return means


def logistic_regression(train: LabelledRows, test: LabelledRows, seed: int) -> Prediction:
    """L2-regularised linear models of standardised inputs; missing ones get their mean."""
    from sklearn.linear_model import LogisticRegression, Ridge

    scale = Scale.of(train.inputs)
    return _by_models(
        train, test,
        LogisticRegression(C=1.0, max_iter=2000, random_state=seed), Ridge(alpha=1.0), scale,
    )  # fmt: skip


def gradient_boosting(train: LabelledRows, test: LabelledRows, seed: int) -> Prediction:
    """Histogram gradient boosting, scikit-learn's defaults; smaller leaves where rows are few."""
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    leaf = min(20, max(2, len(train) // 10))  # the default of 20 cannot split below 40 rows
    return _by_models(
        train, test,
        HistGradientBoostingClassifier(random_state=seed, min_samples_leaf=leaf),
        HistGradientBoostingRegressor(random_state=seed, min_samples_leaf=leaf),
        lambda inputs: np.where(np.isfinite(inputs), inputs, np.nan),
    )  # fmt: skip


def pooled_gradient_boosting(train: LabelledRows, test: LabelledRows, seed: int) -> Prediction:
    """Gradient boosting over all people's rows, each one's mean rating and like share as inputs."""
    level = _levels(train, max(train.users.max(initial=0), test.users.max(initial=0)) + 1)
    train = train.take(sample_rows(np.arange(len(train)), MOST_POOLED, seed))
    with_level = [
        LabelledRows(
            np.concatenate([rows.inputs, level[rows.users]], axis=1).astype(np.float32),
            rows.liked, rows.ratings, rows.users, rows.tracks,
        )
        for rows in (train, test)
    ]  # fmt: skip
    return gradient_boosting(with_level[0], with_level[1], seed)


def _levels(train: LabelledRows, people: int) -> FloatArray:
    """Float32 [people, 2]: mean rating and share of likes, drawn to everyone's by five rows."""
    columns = []
    for values in (train.ratings, train.liked):
        there = np.isfinite(values)
        middle = float(values[there].mean()) if there.any() else 0.0
        centred = values[there] - middle
        columns.append(middle + _shrunken_means(centred, train.users[there], people))
    levels: FloatArray = np.stack(columns, axis=1)
    return levels


def _by_models(
    train: LabelledRows,
    test: LabelledRows,
    classifier: Any,
    regressor: Any,
    prepare: Callable[[FloatArray], FloatArray],
) -> Prediction:
    """Scores and ratings by two scikit-learn models, each where it can be trained."""
    predictions = prior_mean(train, test, 0)
    if not train.inputs.shape[1] or not len(test.inputs):
        return predictions
    scores, ratings = predictions.scores, predictions.ratings
    goal = prepare(test.inputs)
    opinion = train.take(np.isfinite(train.liked))
    rated = train.take(np.isfinite(train.ratings))
    with single_thread():
        if both(opinion.liked):
            inputs = prepare(opinion.inputs)
            has_values = _has_values(inputs)
            classifier.fit(inputs[:, has_values], opinion.liked > 0.5)
            scores = classifier.predict_proba(goal[:, has_values])[:, 1].astype(np.float32)
        if len(rated) > 1:
            inputs = prepare(rated.inputs)
            has_values = _has_values(inputs)
            regressor.fit(inputs[:, has_values], rated.ratings)
            ratings = np.clip(regressor.predict(goal[:, has_values]), 1, 5).astype(np.float32)
    return Prediction(scores, ratings)


def _has_values(inputs: FloatArray) -> NDArray[np.bool_]:
    """Bool [K]: columns that say something; the first one always, for models refuse none."""
    has_values: NDArray[np.bool_] = np.array(np.isfinite(inputs).any(axis=0))
    if not has_values.any():
        inputs[:, :1], has_values[:1] = 0, True
    return has_values


ONE_PERSON: dict[str, Baseline] = {
    "prior_mean": prior_mean,
    "nearest_liked": nearest_liked,
    "logistic_regression": logistic_regression,
    "gradient_boosting": gradient_boosting,
}
"""Those that learn from the rows of one person."""

EVERYBODY: dict[str, Baseline] = {
    "user_item_bias": user_item_bias,
    "pooled_gradient_boosting": pooled_gradient_boosting,
}
"""Those that learn from the rows of all."""
