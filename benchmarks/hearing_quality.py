"""What do the ears hear, on artists they never met? Beside plain features with plain models.

    python benchmarks/hearing_quality.py --music DIR --songs DIR [--cache DIR] [--seeds 3]

Five folds over moods.csv, artists never shared. Every figure on moods and genres comes from
predictions for clips of unseen artists, averaged over seeds (each seed another split). The other
corpus (listeners.csv) is heard by models that were trained without it. `plain` is the mean and
spread of usual librosa features over the clip. Differences come with a 90 % interval from a
bootstrap over artists, paired.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "training"))

from ears_data import Analyst, Clips, Songs, read_listeners, read_moods, read_songs  # noqa: E402
from train_ears import GENRES, MOODS, make_lessons  # noqa: E402

from benchmarks.plain_features import plain_features  # noqa: E402
from musicrec_core.audio.features import FEATURE_VERSION  # noqa: E402
from musicrec_core.recommender.ears.training import Recipe, train_ears  # noqa: E402

FOLDS, COMMON_MOODS, COMMON_GENRES = 5, 40, 12
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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--music", type=Path, required=True)
    parser.add_argument("--songs", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path(".cache/ears"))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--systems", default=",".join(SYSTEMS))
    given = parser.parse_args()
    warnings.filterwarnings("ignore", category=FutureWarning)
    corpus, other, truth = load(given.music, given.songs, Analyst(given.cache))
    print(
        f"{len(corpus.plain)} clips, {len(set(corpus.clips.artists))} artists, "
        f"{given.seeds} seeds of {FOLDS} folds"
    )
    tables, predictions = {}, {}
    for name in given.systems.split(","):
        started = time.perf_counter()
        predictions[name] = [held_out(corpus, SYSTEMS[name], s) for s in range(given.seeds)]
        rows = [measures(corpus.clips, p) for p in predictions[name]]
        for seed, row in enumerate(rows):
            row |= elsewhere(SYSTEMS[name](corpus, other, seed), truth)
        tables[name] = rows
        print_row(name, rows, time.perf_counter() - started)
    for name in list(predictions)[:-1]:
        compare(corpus.clips, predictions["ears"], predictions[name], name)


def load(
    music: Path, songs: Path, analyst: Analyst
) -> tuple[Corpus, Corpus, dict[str, NDArray[np.generic]]]:
    """The labelled corpus, the other one, and what is known of the other."""
    clips = read_moods(music, analyst, MOODS, GENRES)
    views, rows = read_listeners(music, analyst)
    free = read_songs(songs, analyst)
    plain = [
        plain_features([music / row["path"] for row in part], analyst.cache)
        for part in (_rows(music / "moods.csv"), rows)
    ]
    artists = np.array([row["artist"] for row in rows])
    empty = np.zeros((len(rows), clips.labels.shape[1]), np.float32)
    other = Corpus(replace(clips, views=views, labels=empty, artists=artists), plain[1], free)
    felt = felt_emotions(music, [row["track_id"] for row in rows])
    truth = {"artist": artists, "genre": np.array([row["genre"] for row in rows]), **felt}
    return Corpus(clips, plain[0], free), other, truth


def _rows(path: Path) -> list[dict[str, str]]:
    import csv

    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def felt_emotions(music: Path, tracks: list[str]) -> dict[str, Array]:
    """Mean answers a clip: arousal as power less calmness, valence as joy less sadness."""
    answers = defaultdict(list)
    for row in _rows(music / "listeners_annotations.csv"):
        arousal = float(row["power"]) - float(row["calmness"])
        valence = float(row["joyful_activation"]) - float(row["sadness"])
        answers[row["track_id"]].append((arousal, valence))
    means = np.array([np.mean(answers[track], axis=0) for track in tracks])
    return {"arousal": means[:, 0], "valence": means[:, 1]}


def ears(train: Corpus, test: Corpus, seed: int) -> Answers:
    """The network of this repository, trained as the bundled one is."""
    lessons = make_lessons(train.clips, train.songs)
    heard = train_ears(lessons, Recipe(), seed, "", FEATURE_VERSION).hear(test.clips.views[:, 0])
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


def kernel(inputs: str) -> System:
    def system(train: Corpus, test: Corpus, _: int) -> Answers:
        def fit(x: Array, y: Array, to: Array) -> Array:
            model = SVC(C=1.0, gamma=0.5 / x.shape[1], class_weight="balanced").fit(x, y)
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
    "our vector + SVM": kernel("ours"),
    "ears": ears,
}


def used(clips: Clips) -> NDArray[np.int64]:
    """Columns that are measured: the plane, the most frequent moods and genres."""
    genres = 2 + len(clips.moods)
    return np.r_[0 : 2 + COMMON_MOODS, genres : genres + COMMON_GENRES]


def held_out(corpus: Corpus, system: System, seed: int) -> Array:
    """Predictions [n, O] for every clip by a model that never met its artist."""
    artists = np.unique(corpus.clips.artists)
    np.random.default_rng(seed).shuffle(artists)
    fold = {artist: i % FOLDS for i, artist in enumerate(artists)}
    folds = np.array([fold[artist] for artist in corpus.clips.artists])
    out = np.zeros(corpus.clips.labels.shape)
    for k in range(FOLDS):
        answers = system(corpus.part(folds != k), corpus.part(folds == k), seed * FOLDS + k)
        out[folds == k] = answers.labels
    return out


def measures(clips: Clips, out: Array) -> dict[str, float]:
    """The figures of one seed on the labelled corpus."""
    y, columns = clips.labels, used(clips)
    aucs = [
        roc_auc_score(y[:, c], out[:, c]) if 0 < y[:, c].sum() < len(y) else np.nan for c in columns
    ]
    quadrant, guess = (2 * (m[:, 0] > 0.5) + (m[:, 1] > 0.5) for m in (y, out))
    hits = [np.mean(guess[quadrant == q] == q) for q in range(4) if (quadrant == q).any()]
    return {
        "quadrant": float(np.mean(hits)),
        "arousal": aucs[0],
        "valence": aucs[1],
        "moods": float(np.nanmean(aucs[2 : 2 + COMMON_MOODS])),
        "genres": float(np.nanmean(aucs[2 + COMMON_MOODS :])),
    }


def elsewhere(answers: Answers, truth: dict[str, NDArray[np.generic]]) -> dict[str, float]:
    """The figures on the other corpus."""
    unit = answers.embeddings / np.linalg.norm(answers.embeddings, axis=1, keepdims=True)
    near = unit @ unit.T
    near[truth["artist"][:, None] == truth["artist"][None]] = -np.inf
    five = np.argsort(-near, axis=1)[:, :5]
    return {
        "other arousal": float(spearmanr(answers.labels[:, 0], truth["arousal"])[0]),
        "other valence": float(spearmanr(answers.labels[:, 1], truth["valence"])[0]),
        "nearest 5": float(np.mean(truth["genre"][five] == truth["genre"][:, None])),
    }


def print_row(name: str, rows: list[dict[str, float]], seconds: float) -> None:
    cells = []
    for key in rows[0]:
        values = [row[key] for row in rows]
        cells.append(f"{key} {np.mean(values):.3f} ({np.std(values):.3f})")
    print(f"{name} [{seconds:.0f} s]: " + ", ".join(cells), flush=True)


def compare(clips: Clips, ours: list[Array], theirs: list[Array], name: str) -> None:
    """Difference of the figures, ours less theirs, with its interval over artists."""
    random = np.random.default_rng(0)
    artists = np.unique(clips.artists)
    of_artist = {artist: np.flatnonzero(clips.artists == artist) for artist in artists}
    differences = []
    for _ in range(300):
        drawn = random.choice(artists, len(artists))
        rows = np.concatenate([of_artist[artist] for artist in drawn])
        part = replace(clips, labels=clips.labels[rows])
        seed = random.integers(len(ours))
        a, b = measures(part, ours[seed][rows]), measures(part, theirs[seed][rows])
        differences.append([a[key] - b[key] for key in a])
    keys = [*measures(clips, ours[0]), "mean of all"]
    table = np.array(differences)
    table = np.column_stack([table, table.mean(axis=1)])
    for key, column in zip(keys, table.T, strict=True):
        low, high = np.percentile(column, (5, 95))
        print(f"ears less {name}, {key}: {column.mean():+.3f} ({low:+.3f} to {high:+.3f})")


if __name__ == "__main__":
    main()
