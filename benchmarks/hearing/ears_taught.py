"""Whether `retrain --ears` helps on real clips of artists that the ears never met.

    python -m benchmarks ears_taught --music DIR --songs DIR [--cache DIR]

Three libraries: the clips of listeners.csv, heard by ears trained without them, and each half of
the artists of moods.csv, heard by ears trained on the other half. Each is split in three ways.
"""

from __future__ import annotations

import csv
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from benchmarks.hearing.corpora import Clips, corpora, make_lessons, options
from musicrec_core.audio.version import FEATURE_VERSION
from musicrec_core.recommender.ears.model import Ears
from musicrec_core.recommender.ears.train import EarsTrainingSet, learn
from training.ears_fit import EarsRecipe, Lessons, train_ears

SEEDS = 3


def main() -> None:
    """Print the verdict of every library and split."""
    data = corpora(options(__doc__).parse_args())
    clips, others, songs = data.clips, data.others, data.songs
    with (data.music / "listeners.csv").open(encoding="utf-8", newline="") as file:
        albums = np.array([f"{row['artist']}\n{row['album']}" for row in csv.DictReader(file)])
    ears = trained(make_lessons(clips, songs))
    tell("listeners", library(ears, others.views[:, 0], others.artists, albums))
    order = np.random.default_rng(0).permutation(np.unique(clips.artists))
    for name, own in (("first half", order[::2]), ("second half", order[1::2])):
        mine = np.isin(clips.artists, own)
        ears = trained(make_lessons(part(clips, ~mine), songs, others))
        tell(name, library(ears, clips.views[mine, 0], clips.artists[mine], None))


def trained(lessons: Lessons) -> Ears:
    """Ears as the bundled ones are trained."""
    return train_ears(lessons, EarsRecipe(), 0, "", FEATURE_VERSION)


def part(clips: Clips, rows: NDArray[np.bool_]) -> Clips:
    """Some of the clips."""
    return replace(
        clips, views=clips.views[rows], labels=clips.labels[rows], artists=clips.artists[rows]
    )


def library(
    ears: Ears,
    vectors: NDArray[np.float32],
    artists: NDArray[np.str_],
    albums: NDArray[np.str_] | None,
) -> EarsTrainingSet:
    """The clips as a library that these ears have heard."""
    codes = np.unique(artists, return_inverse=True)[1]
    on = np.full(len(codes), -1) if albums is None else np.unique(albums, return_inverse=True)[1]
    ids = np.arange(len(codes)) + 1
    return EarsTrainingSet(ids, vectors, ears.hear(vectors).embeddings, codes, on)


def tell(name: str, songs: EarsTrainingSet) -> None:
    """The verdicts of several splits."""
    for seed in range(SEEDS):
        outcome = learn(songs, None, seed=seed)
        kept = "promoted" if outcome.sound is not None else "refused"
        print(f"{name}, {len(songs)} clips, {songs.artists_with_more} artists with two or more, "
              f"seed {seed}: {kept}. {outcome.reason}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
