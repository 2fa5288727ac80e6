"""The systems that `hearing_quality` compares: plain features with plain models, and the ears."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from musicrec_core.audio.version import FEATURE_VERSION
from training.ears_data import Clips, Songs
from training.ears_fit import EarsRecipe, train_ears
from training.train_ears import make_lessons

COMMON_MOODS, COMMON_GENRES = 40, 12
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Corpus:
    """Clips by our analysis and by the plain one: plain is [n, P]."""

    clips: Clips
    plain: Array
    songs: Songs

    def part(self, rows: NDArray[np.bool_]) -> Corpus:
        clips = replace(
            self.clips,
            views=self.clips.views[rows],
            labels=self.clips.labels[rows],
            artists=self.clips.artists[rows],
        )
        return Corpus(clips, self.plain[rows], self.songs)


@dataclass(frozen=True)
class Answers:
    """labels: [n, 2 + M + G] as the labels of the corpus; embeddings: [n, E]."""

    labels: Array
    embeddings: Array


System = Callable[[Corpus, Corpus, int], Answers]


def ears(train: Corpus, test: Corpus, seed: int, share: float = 1.0) -> Answers:
    """The network of this repository, trained as the bundled one is, without the other corpus."""
    artists = np.unique(train.clips.artists)
    np.random.default_rng(seed + 100).shuffle(artists)
    train = train.part(np.isin(train.clips.artists, artists[: round(share * len(artists))]))
    lessons = make_lessons(train.clips, train.songs)
    heard = train_ears(lessons, EarsRecipe(), seed, "", FEATURE_VERSION).hear(
        test.clips.views[:, 0]
    )
    plane = np.stack([heard.arousal, heard.valence], axis=1)
    labels = np.concatenate([plane, heard.moods, heard.genres], axis=1).astype(np.float64)
    return Answers(labels, heard.embeddings.astype(np.float64))


def logistic(inputs: str) -> System:
    def system(train: Corpus, test: Corpus, _: int) -> Answers:
        def fit(x: Array, y: Array, to: Array) -> Array:
            model = LogisticRegression(C=0.003, class_weight="balanced", max_iter=500)
            return model.fit(x, y).predict_proba(to)[:, 1]

        return one_by_one(inputs, train, test, fit)

    return system


def kernel(inputs: str, cost: float = 3.0) -> System:
    def system(train: Corpus, test: Corpus, _: int) -> Answers:
        def fit(x: Array, y: Array, to: Array) -> Array:
            model = SVC(C=cost, gamma=0.7 / x.shape[1], class_weight="balanced").fit(x, y)
            return 1 / (1 + np.exp(-2 * model.decision_function(to)))

        return one_by_one(inputs, train, test, fit)

    return system


def one_by_one(
    inputs: str, train: Corpus, test: Corpus, fit: Callable[[Array, Array, Array], Array]
) -> Answers:
    """One model a label on standardised features, which are also the embedding."""
    pick = (lambda c: c.plain) if inputs == "plain" else (lambda c: c.clips.views[:, 0])
    scaler = StandardScaler().fit(pick(train))
    x, to = (np.clip(scaler.transform(pick(part)), -4, 4) for part in (train, test))
    columns = [fit(x, column, to) for column in train.clips.labels[:, used(train.clips)].T]
    labels = np.zeros((len(to), train.clips.labels.shape[1]))
    labels[:, used(train.clips)] = np.stack(columns, axis=1)
    return Answers(labels, to)


SYSTEMS: dict[str, System] = {
    "plain + logistic": logistic("plain"),
    "plain + SVM": kernel("plain"),
    "plain + smooth SVM": kernel("plain", 1.0),
    "our vector + SVM": kernel("ours"),
    "ears": ears,
}


def used(clips: Clips) -> NDArray[np.int64]:
    """Columns that are measured: the plane, the most frequent moods and genres."""
    genres = 2 + len(clips.moods)
    return np.r_[0 : 2 + COMMON_MOODS, genres : genres + COMMON_GENRES]
