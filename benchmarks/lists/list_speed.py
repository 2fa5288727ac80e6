"""How long a list takes after the library is loaded, of every kind, and the most memory meanwhile.

    python -m benchmarks list_speed [--tracks 100000 1000000]

Made-up libraries; a hundred likes and fifty dislikes; exact, in numpy, on one core. Wall-clock
seconds of the quicker of two runs, which does without what is kept once a catalogue (`first` has it
in). The memory is the process's peak when all ran, the library included; the vectors of the library
are the floor beside it.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np

from benchmarks.lists.worlds import library
from benchmarks.results import record
from musicrec_core.recommender.data.dataset import Catalogue, History
from musicrec_core.recommender.ranking.arc import shortest_path
from musicrec_core.recommender.ranking.dissimilar import rank_dissimilar
from musicrec_core.recommender.ranking.journey import journey
from musicrec_core.recommender.ranking.list_rules import Rules
from musicrec_core.recommender.ranking.nearness import Nearness
from musicrec_core.recommender.ranking.radio import HeardRows, radio
from musicrec_core.recommender.ranking.rank import rank
from musicrec_core.recommender.ranking.seeds import Seed, rank_by_seeds
from musicrec_core.recommender.ranking.words import rank_by_fit
from musicrec_core.recommender.scoring.library import Scoring

LIKES, DISLIKES, SHOWN = 100, 50, 20


def main() -> None:
    """A process for each size, so that one's memory is not the other's."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tracks", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--here", action="store_true", help="one size, in this process")
    args = parser.parse_args()
    if args.here:
        measure(args.tracks[0])
        return
    for size in args.tracks:
        command = [
            sys.executable,
            "-m",
            "benchmarks",
            "list_speed",
            "--here",
            "--tracks",
            str(size),
        ]
        subprocess.run(command, check=True)


def measure(size: int) -> None:
    """Print one table."""
    catalogue = library(size)
    rng = np.random.default_rng(0)
    scores = rng.random(size).astype(np.float32)
    kinds = _kinds(catalogue, scores, _history(size, rng))
    vectors_mb = (catalogue.sound.nbytes + catalogue.culture.nbytes) / 1e6
    print(f"{size:,} tracks; sound and culture {vectors_mb:.0f} MB")
    print(f"{'list':24}{'first s':>10}{'s':>10}")
    for name, work in kinds.items():
        seconds = []
        for _ in range(3):
            started = time.perf_counter()
            work()
            seconds.append(time.perf_counter() - started)
        print(f"{name:24}{seconds[0]:10.3f}{min(seconds[1:]):10.3f}", flush=True)
        record(
            "list_speed", f"{name}, {size:,} tracks", round(min(seconds[1:]), 3), "s",
            "python -m benchmarks list_speed",
        )  # fmt: skip
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"most memory of the process: {peak_mb:.0f} MB")
    record(
        "list_speed", f"most memory, {size:,} tracks", round(peak_mb), "MB",
        "python -m benchmarks list_speed", f"{vectors_mb:.0f} MB of it the library's vectors",
    )  # fmt: skip


def _history(size: int, rng: np.random.Generator) -> History:
    rows = rng.choice(size, LIKES + DISLIKES, replace=False)
    values = np.where(np.arange(len(rows)) < LIKES, 1, -1).astype(np.float32)
    nothing = np.full(len(rows), np.nan, np.float32)
    return History(rows, values, nothing, np.ones(len(rows), np.float32))


def _kinds(
    catalogue: Catalogue, scores: np.ndarray, history: History
) -> dict[str, Callable[[], object]]:
    nearness = Nearness.of(catalogue, None)
    top = np.argsort(-scores)[:1000]
    scoring = Scoring(scores, np.full(len(scores), 0.1, np.float32), top, ())
    liked = history.rows[history.values > 0]
    five = [Seed(np.array([row])) for row in liked[:5]]
    fit = scores[::-1].copy()
    heard = HeardRows(liked[:60], np.resize([1, 0, -1], 60).astype(np.float32))
    points = catalogue.sound[:200]
    apart = np.sqrt(np.maximum(2 - 2 * points @ points.T, 0))
    return {
        "for you": lambda: rank(catalogue, history, scoring, SHOWN),
        "one seed": lambda: rank_by_seeds(nearness, history, five[:1], scores, SHOWN),
        "five seeds": lambda: rank_by_seeds(nearness, history, five, scores, SHOWN),
        "seed, unlike another": lambda: rank_by_seeds(
            nearness, history, five[:1], scores, SHOWN,
            unlike=sum(nearness.parts(liked[5:6]).values(), np.zeros(len(scores), np.float32)),
        ),
        "favourites as seed": lambda: rank_by_seeds(
            nearness, history, Seed.voters(catalogue, liked), scores, SHOWN
        ),
        "dissimilar": lambda: rank_dissimilar(catalogue, history, liked, scores, SHOWN),
        "journey": lambda: journey(catalogue, history, liked[:2].tolist(), scores, SHOWN),
        "radio, 60 heard": lambda: radio(
            catalogue, history, liked[:3], heard, scores, SHOWN, rules=Rules(seed=1)
        ),
        "word": lambda: rank_by_fit(catalogue, history, fit, scores, SHOWN),
        "order of 200 songs": lambda: shortest_path(apart),
    }  # fmt: skip


if __name__ == "__main__":
    main()
