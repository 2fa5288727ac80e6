"""How often the gate promotes ears taught by tags that mean nothing, and those that should help.

    python -m benchmarks ears_gate [--runs 200]

Each run is a made-up library, and `retrain --ears` as the product runs it. In the random ones who
made what is drawn by lot; in the planted ones artists differ along some directions of the analysis,
while the bundled ears hear mostly another one that differs from song to song.
"""

from __future__ import annotations

import argparse
import time

import numpy as np

from benchmarks.results import record
from benchmarks.taste.libraries import unit
from musicrec_core.recommender.ears.train import EarsTrainingSet, learn

SIZES = ((40, 3), (60, 8), (150, 5))
"""Artists, and songs of each."""
INPUTS, EMBEDDING = 60, 32


def main() -> None:
    """Print and record the shares of promotions."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    runs = parser.parse_args().runs
    for name, make, goal in (
        ("ears taught by random tags that are promoted", random_tags, "at most 5 %"),
        ("ears that hear past a planted nuisance that are promoted", planted, ""),
    ):
        started = time.monotonic()
        outcomes = [
            learn(make(*SIZES[run % len(SIZES)], run), None, seed=run) for run in range(runs)
        ]
        share = 100 * np.mean([outcome.sound is not None for outcome in outcomes])
        seconds = (time.monotonic() - started) / runs
        print(f"{name}: {share:.1f} % of {runs} runs {goal}; {seconds:.2f} s a run")
        record(
            "ears_gate", name, round(share, 1), "%", f"python -m benchmarks ears_gate --runs {runs}"
        )


def planted(artists: int, songs: int, seed: int) -> EarsTrainingSet:
    """Artists differ in twelve of the numbers; the ears hear those faintly and one other loudly."""
    rng = np.random.default_rng(seed)
    by = np.repeat(np.arange(artists), songs)
    vectors = rng.normal(size=(len(by), INPUTS))
    vectors[:, :12] += rng.normal(size=(artists, 12))[by]
    vectors[:, -1] *= 6
    heard = vectors @ rng.normal(size=(INPUTS, EMBEDDING))
    return library(vectors, heard, by, rng)


def random_tags(artists: int, songs: int, seed: int) -> EarsTrainingSet:
    """The same sounds, each credited to an artist by lot."""
    made = planted(artists, songs, seed)
    by = np.random.default_rng(seed + 10**6).permutation(made.artists)
    return EarsTrainingSet(
        made.track_ids, made.vectors, made.embeddings, by, by * 2 + made.albums % 2
    )


def library(
    vectors: np.ndarray, heard: np.ndarray, by: np.ndarray, rng: np.random.Generator
) -> EarsTrainingSet:
    """EarsTrainingSet with two albums to an artist."""
    return EarsTrainingSet(
        np.arange(len(by)) + 1,
        vectors.astype(np.float32),
        unit(heard),
        by,
        by * 2 + rng.integers(0, 2, len(by)),
    )


if __name__ == "__main__":
    main()
