"""What any model has to beat, all behind one call: learn from some rows, guess others.

scikit-learn is imported where it is used: it costs a second.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from musicrec_core.recommender.taste.calibrating import slope_and_shift
from musicrec_core.recommender.taste.forward import sigmoid
from musicrec_core.recommender.threads import single_thread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray, IntArray

MOST_NEIGHBOURS = 5_000
GOALS_AT_ONCE = 10_000


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """Rows with answers.

    inputs: float32 [m, K], NaN where unknown. liked: float32 [m], 0, 1 or NaN for neither.
    ratings: float32 [m], NaN where not rated. users, tracks: int64 [m] codes.
    """

    inputs: FloatArray
    liked: FloatArray
    ratings: FloatArray
    users: IntArray
    tracks: IntArray

    def take(self, rows: IntArray | NDArray[np.bool_]) -> Known:
        """Some of the rows."""
        return Known(
            self.inputs[rows], self.liked[rows], self.ratings[rows],
            self.users[rows], self.tracks[rows],
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.liked)


@dataclass(frozen=True, slots=True, repr=False)
class Guess:
    """For each row the probability of a like, and a rating (NaN where none can be guessed)."""

    scores: FloatArray
    ratings: FloatArray

    @classmethod
    def blank(cls, rows: int) -> Guess:
        """To be filled part by part."""
        return cls(np.zeros(rows, np.float32), np.full(rows, np.nan, np.float32))

    def put(self, rows: IntArray, guess: Guess) -> None:
        """Fill some of the rows."""
        self.scores[rows], self.ratings[rows] = guess.scores, guess.ratings


Baseline = Callable[[Known, Known, int], Guess]
"""(rows to learn from, rows to guess, seed); never looks at the answers of the second."""


def prior_mean(train: Known, test: Known, seed: int) -> Guess:
    """Everything gets this person's share of likes and mean rating."""
    del seed
    return Guess(
        np.full(len(test), _like_share(train), np.float32),
        np.full(len(test), _mean_rating(train), np.float32),
    )


def user_item_bias(train: Known, test: Known, seed: int) -> Guess:
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
    guess = np.clip(mean + people[test.users] + songs[test.tracks], 1, 5).astype(np.float32)
    return Guess((guess - 1) / 4, guess)


def _shrunken_means(values: NDArray[np.floating[Any]], codes: IntArray, count: int) -> FloatArray:
    total = np.bincount(codes, values, count)
    means: FloatArray = (total / (np.bincount(codes, minlength=count) + 5)).astype(np.float32)
    return means


def nearest_liked(train: Known, test: Known, seed: int) -> Guess:
    """By the mean cosine to the three nearest liked songs, made a probability on the way."""
    train = _some(train, seed)
    opinion = train.take(np.isfinite(train.liked))
    if not _both(opinion.liked):
        return prior_mean(train, test, 0)
    scale = _Scale.of(train.inputs)
    points, goals = _unit(scale(opinion.inputs)), _unit(scale(test.inputs))
    at = np.flatnonzero(opinion.liked > 0.5)
    own = points @ points[at].T
    own[at, np.arange(len(at))] = -np.inf
    slope, shift = slope_and_shift(
        _nearest(own), opinion.liked, np.ones(len(opinion), np.float32), doubt=10.0
    )
    near = _in_parts(goals, lambda part: _nearest(part @ points[at].T))
    return Guess(sigmoid(slope * near + shift), _neighbour_ratings(train, test, scale))


def _some(train: Known, seed: int) -> Known:
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


def _neighbour_ratings(train: Known, test: Known, scale: _Scale, count: int = 10) -> FloatArray:
    rated = train.take(np.isfinite(train.ratings))
    if not len(rated):
        return np.full(len(test), np.nan, np.float32)
    points, count = _unit(scale(rated.inputs)), min(count, len(rated))

    def mean_of_nearest(goals: FloatArray) -> FloatArray:
        best = np.argpartition(goals @ points.T, -count, axis=1)[:, -count:]
        mean: FloatArray = rated.ratings[best].mean(axis=1)
        return mean

    return _in_parts(_unit(scale(test.inputs)), mean_of_nearest)


def logistic_regression(train: Known, test: Known, seed: int) -> Guess:
    """L2-regularised linear models of standardised inputs; missing ones get their mean."""
    from sklearn.linear_model import LogisticRegression, Ridge

    scale = _Scale.of(train.inputs)
    return _by_models(
        train, test,
        LogisticRegression(C=1.0, max_iter=2000, random_state=seed), Ridge(alpha=1.0), scale,
    )  # fmt: skip


def gradient_boosting(train: Known, test: Known, seed: int) -> Guess:
    """Histogram gradient boosting, scikit-learn's defaults; smaller leaves where rows are few."""
    from sklearn.ensemble import HistGradientBoostingClassifier, HistGradientBoostingRegressor

    leaf = min(20, max(2, len(train) // 10))  # the default of 20 cannot split below 40 rows
    return _by_models(
        train, test,
        HistGradientBoostingClassifier(random_state=seed, min_samples_leaf=leaf),
        HistGradientBoostingRegressor(random_state=seed, min_samples_leaf=leaf),
        lambda inputs: np.where(np.isfinite(inputs), inputs, np.nan),
    )  # fmt: skip


def pooled_gradient_boosting(train: Known, test: Known, seed: int) -> Guess:
    """Gradient boosting over the rows of all people, told each one's mean rating and like share."""
    level = _levels(train, max(train.users.max(initial=0), test.users.max(initial=0)) + 1)
    with_level = [
        Known(
            np.concatenate([rows.inputs, level[rows.users]], axis=1).astype(np.float32),
            rows.liked, rows.ratings, rows.users, rows.tracks,
        )
        for rows in (train, test)
    ]  # fmt: skip
    return gradient_boosting(with_level[0], with_level[1], seed)


def _levels(train: Known, people: int) -> FloatArray:
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
    train: Known,
    test: Known,
    classifier: Any,
    regressor: Any,
    prepare: Callable[[FloatArray], FloatArray],
) -> Guess:
    """Scores and ratings by two scikit-learn models, each where it can be trained."""
    guess = prior_mean(train, test, 0)
    if not train.inputs.shape[1] or not len(test.inputs):
        return guess
    scores, ratings = guess.scores, guess.ratings
    goal = prepare(test.inputs)
    opinion = train.take(np.isfinite(train.liked))
    rated = train.take(np.isfinite(train.ratings))
    with single_thread():
        if _both(opinion.liked):
            inputs = prepare(opinion.inputs)
            told = _told(inputs)
            classifier.fit(inputs[:, told], opinion.liked > 0.5)
            scores = classifier.predict_proba(goal[:, told])[:, 1].astype(np.float32)
        if len(rated) > 1:
            inputs = prepare(rated.inputs)
            told = _told(inputs)
            regressor.fit(inputs[:, told], rated.ratings)
            ratings = np.clip(regressor.predict(goal[:, told]), 1, 5).astype(np.float32)
    return Guess(scores, ratings)


def _told(inputs: FloatArray) -> NDArray[np.bool_]:
    """Bool [K]: columns that say something; the first one always, for models refuse none."""
    told: NDArray[np.bool_] = np.array(np.isfinite(inputs).any(axis=0))
    if not told.any():
        inputs[:, :1], told[:1] = 0, True
    return told


@dataclass(frozen=True, slots=True)
class _Scale:
    """Standardises columns by what the training rows know of them; missing becomes the mean."""

    mean: FloatArray
    spread: FloatArray

    @classmethod
    def of(cls, inputs: FloatArray) -> _Scale:
        known = np.isfinite(inputs)
        count = np.maximum(known.sum(axis=0), 1)
        mean = np.where(known, inputs, 0).sum(axis=0, dtype=np.float64) / count
        variance = (np.where(known, inputs - mean, 0) ** 2).sum(axis=0) / count
        return cls(mean.astype(np.float32), np.sqrt(variance + 1e-12).astype(np.float32))

    def __call__(self, inputs: FloatArray) -> FloatArray:
        scaled = np.where(np.isfinite(inputs), (inputs - self.mean) / self.spread, 0)
        bounded: FloatArray = np.clip(scaled, -10, 10)
        return bounded


def _unit(points: FloatArray) -> FloatArray:
    unit: FloatArray = points / np.maximum(np.linalg.norm(points, axis=1, keepdims=True), 1e-9)
    return unit


def _both(liked: FloatArray) -> bool:
    return bool((liked > 0.5).any() and (liked < 0.5).any())


def _like_share(train: Known) -> float:
    told = train.liked[np.isfinite(train.liked)]
    return float((told.sum() + 1) / (len(told) + 2))


def _mean_rating(train: Known) -> float:
    rated = train.ratings[np.isfinite(train.ratings)]
    return float(rated.mean()) if len(rated) else float("nan")


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
