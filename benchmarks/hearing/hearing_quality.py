"""What do the ears hear, on artists they never met? Beside plain features with plain models.

    python -m benchmarks hearing_quality --music DIR --songs DIR [--cache DIR] [--seeds 3] [--write]

Five folds over moods.csv, artists never shared. Every figure on moods and genres comes from
predictions for clips of unseen artists, averaged over seeds (each seed another split). The other
corpus (listeners.csv) is heard by models that were trained without it. `plain` is the mean and
spread of usual librosa features over the clip. Differences, from the better of the plain models in
each measure, come with a 95 % interval from a bootstrap over the artists of both corpora, paired.
`--learning` repeats ours with a quarter, half and three quarters of the training artists.
"""

from __future__ import annotations

import argparse
import sys
import time
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr
from sklearn.metrics import roc_auc_score

from benchmarks.hearing.hearing_systems import (
    COMMON_MOODS,
    SYSTEMS,
    Answers,
    Array,
    Corpus,
    System,
    ears,
    used,
)
from benchmarks.hearing.plain_features import plain_features
from benchmarks.results import record
from training.ears_data import (
    Analyst,
    Clips,
    felt_plane,
    read_listeners,
    read_moods,
    read_songs,
)
from training.train_ears import GENRES, MOODS

FOLDS = 5
RESAMPLES = 300
COMMAND = "python -m benchmarks hearing_quality --music DIR --songs DIR"
MEASURES = {
    "quadrant": ("mood quadrant", "balanced accuracy"),
    "arousal": ("arousal", "AUC"),
    "valence": ("valence", "AUC"),
    "moods": ("forty most frequent moods", "mean AUC"),
    "genres": ("twelve most frequent genres", "mean AUC"),
    "other arousal": ("arousal on another corpus", "rank correlation"),
    "other valence": ("valence on another corpus", "rank correlation"),
    "nearest 5": ("nearest five share the genre on another corpus", "of five"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--music", type=Path, required=True)
    parser.add_argument("--songs", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path(".cache/ears"))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--systems", default=",".join(SYSTEMS))
    parser.add_argument("--learning", action="store_true")
    parser.add_argument("--write", action="store_true", help="record the figures")
    options = parser.parse_args()
    warnings.filterwarnings("ignore", category=FutureWarning)
    corpus, other, truth = load(options.music, options.songs, Analyst(options.cache))
    print(
        f"{len(corpus.plain)} clips, {len(set(corpus.clips.artists))} artists, "
        f"{options.seeds} seeds of {FOLDS} folds"
    )
    heard = {}
    for name in options.systems.split(","):
        heard[name] = run(SYSTEMS[name], corpus, other, options.seeds)
        print_row(name, [figures(corpus.clips, truth, *answers) for answers in heard[name]])
    if "ears" in heard and any(name.startswith("plain") for name in heard):
        compare(corpus.clips, truth, heard)
        if options.write:
            keep(corpus.clips, truth, heard)
    for share in (0.25, 0.5, 0.75) if options.learning else ():
        part = run(lambda *options: ears(*options, share), corpus, other, options.seeds)  # noqa: B023
        print_row(f"ears, {share:.0%}", [figures(corpus.clips, truth, *each) for each in part])


Heard = tuple[Array, "Answers"]
"""Held-out predictions [n, O] on the labelled corpus, and the answers on the other one."""


def run(system: System, corpus: Corpus, other: Corpus, seeds: int) -> list[Heard]:
    """One system over all seeds."""
    out = []
    for seed in range(seeds):
        started = time.perf_counter()
        out.append((held_out(corpus, system, seed), system(corpus, other, seed)))
        print(f"  seed {seed}: {time.perf_counter() - started:.0f} s", file=sys.stderr, flush=True)
    return out


def figures(
    clips: Clips, truth: dict[str, NDArray[np.generic]], out: Array, answers: Answers
) -> dict[str, float]:
    """Every measure of one seed."""
    return measures(clips, out) | elsewhere(answers, truth)


def load(
    music: Path, songs: Path, analyst: Analyst
) -> tuple[Corpus, Corpus, dict[str, NDArray[np.generic]]]:
    """The labelled corpus, the other one, and what is known of the other."""
    clips = read_moods(music, analyst, MOODS, GENRES)
    others = read_listeners(music, analyst, clips)
    rows = _rows(music / "listeners.csv")
    free = read_songs(songs, analyst)
    plain = [
        plain_features([music / row["path"] for row in part], analyst.cache)
        for part in (_rows(music / "moods.csv"), rows)
    ]
    felt = felt_plane(music, [row["track_id"] for row in rows])
    truth = {
        "artist": others.artists,
        "genre": np.array([row["genre"] for row in rows]),
        "arousal": felt[:, 0],
        "valence": felt[:, 1],
    }
    return Corpus(clips, plain[0], free), Corpus(others, plain[1], free), truth


def _rows(path: Path) -> list[dict[str, str]]:
    import csv

    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


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
    quadrant, predicted = (2 * (m[:, 0] > 0.5) + (m[:, 1] > 0.5) for m in (y, out))
    hits = [np.mean(predicted[quadrant == q] == q) for q in range(4) if (quadrant == q).any()]
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


def print_row(name: str, rows: list[dict[str, float]]) -> None:
    cells = []
    for key in rows[0]:
        values = [row[key] for row in rows]
        cells.append(f"{key} {np.mean(values):.3f} ({np.std(values):.3f})")
    print(f"{name}: " + ", ".join(cells), flush=True)


def compare(
    clips: Clips, truth: dict[str, NDArray[np.generic]], heard: dict[str, list[Heard]]
) -> None:
    """Difference of the figures, ears less the better plain model in each, with its interval."""
    random = np.random.default_rng(0)
    plain = [name for name in heard if name.startswith("plain")]
    table = []
    for _ in range(RESAMPLES):
        rows, others = drawn(clips.artists, random), drawn(truth["artist"], random)
        part = replace(clips, labels=clips.labels[rows])
        there = {key: column[others] for key, column in truth.items()}
        seed = random.integers(len(heard["ears"]))
        of_system = {name: _of_rows(heard[name][seed], rows, others) for name in ("ears", *plain)}
        by_name = {name: figures(part, there, *answers) for name, answers in of_system.items()}
        table.append([[by_name[name][key] for key in by_name["ears"]] for name in of_system])
    keys = [*by_name["ears"], "mean of all"]
    values = np.array(table)  # [resample, system, measure]
    best = np.argmax(values[:, 1:].mean(axis=0), axis=0)
    gain = values[:, 0] - values[:, 1:][:, best, np.arange(len(best))]
    for key, column in zip(keys, [*gain.T, gain.mean(axis=1)], strict=True):
        low, high = np.percentile(column, (2.5, 97.5))
        print(f"ears less plain, {key}: {column.mean():+.3f} ({low:+.3f} to {high:+.3f})")


def keep(
    clips: Clips, truth: dict[str, NDArray[np.generic]], heard: dict[str, list[Heard]]
) -> None:
    """Record the ears' figures, beside the best plain model in each."""
    rows = {name: [figures(clips, truth, *each) for each in runs] for name, runs in heard.items()}
    for key, (what, unit) in MEASURES.items():
        mean = {name: float(np.mean([row[key] for row in each])) for name, each in rows.items()}
        best = max(value for name, value in mean.items() if name.startswith("plain"))
        spread = float(np.std([row[key] for row in rows["ears"]]))
        note = f"unknown artists, ± {spread:.3f} between seeds; plain features {best:.3f}"
        record("hearing_quality", f"hears {what}", round(mean["ears"], 3), unit, COMMAND, note)


def drawn(artists: NDArray[np.generic], random: np.random.Generator) -> NDArray[np.int64]:
    """Rows of as many artists as there are, drawn with replacement."""
    names = np.unique(artists)
    return np.concatenate(
        [np.flatnonzero(artists == name) for name in random.choice(names, len(names))]
    )


def _of_rows(heard: Heard, rows: NDArray[np.int64], others: NDArray[np.int64]) -> Heard:
    out, answers = heard
    return out[rows], Answers(answers.labels[others], answers.embeddings[others])


if __name__ == "__main__":
    main()
