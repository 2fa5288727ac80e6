"""What a like costs: scoring a library anew, beside the floor of the matrix products it needs.

    python -m benchmarks rescore [--tracks 100000] [--events 100 400 2000]

Made-up songs with 64 numbers of sound, 64 of culture, tags, four columns; 60 % of the events are
likes. Processor time of one thread, best of five; the floor is sound and culture against the
history, each one product of float32 matrices. A like is all of it as the screens ask for it:
inputs, network, a list of a hundred and the reasons of each.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import sys
import time
from collections.abc import Callable

import numpy as np

from benchmarks.results import record
from musicrec_core import paths
from musicrec_core.recommender.data.dataset import Catalogue, History
from musicrec_core.recommender.features.user import UserFeatures
from musicrec_core.recommender.models import checkpoint
from musicrec_core.recommender.ranking.nearness import Nearness
from musicrec_core.recommender.ranking.rank import rank
from musicrec_core.recommender.ranking.seeds import Seed, rank_by_seeds
from musicrec_core.recommender.scoring.library import LibraryScorer
from musicrec_core.recommender.taste.forward import TasteNet

TAGS = 2000
SHOWN = 100


def made_up(n: int) -> Catalogue:
    """A library of `n` songs with up to 7 tags each, ten songs an album, ten albums an artist."""
    rng = np.random.default_rng(0)
    counts = rng.integers(0, 8, n)
    starts = np.concatenate([[0], np.cumsum(counts)])
    codes = (TAGS * rng.random(starts[-1]) ** 3).astype(np.int64)

    def unit() -> np.ndarray:
        x = rng.standard_normal((n, 64), np.float32) + np.float32(0.5)
        return x / np.linalg.norm(x, axis=1, keepdims=True)

    return Catalogue(
        np.arange(n), unit(), unit(), rng.standard_normal((n, 4), np.float32),
        ("tempo_bpm", "energy", "loudness", "year"), np.arange(n) // 100, np.arange(n) // 10,
        codes, starts, tuple(f"tag {i}" for i in range(TAGS)),
    )  # fmt: skip


def history_of(n: int, events: int) -> History:
    """Likes and dislikes of songs drawn at random."""
    rng = np.random.default_rng(1)
    values = np.where(rng.random(events) < 0.6, 1, -1).astype(np.float32)
    none = np.full(events, np.nan, np.float32)
    ages = np.full(events, 1.0, np.float32)
    return History(rng.choice(n, events, replace=False), values, none, ages)


def best_s(work: Callable[[], object], runs: int = 5) -> float:
    """Processor seconds of the quickest run."""
    runs_s = []
    for _ in range(runs):
        started = time.process_time()
        work()
        runs_s.append(time.process_time() - started)
    return min(runs_s)


def main() -> None:
    """Print a table for each number of events."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tracks", type=int, default=100_000)
    parser.add_argument("--events", type=int, nargs="+", default=[100])
    args = parser.parse_args()
    catalogue = made_up(args.tracks)
    for events in args.events:
        measure(catalogue, history_of(args.tracks, events))


def listed(net: TasteNet, catalogue: Catalogue, history: History) -> None:
    """Score everything, choose what is shown, and say why."""
    scorer = LibraryScorer.of(net, catalogue, history)
    picks = rank(catalogue, history, scorer.scored(1000, explained=0), SHOWN)
    scorer.explained(np.array([pick.row for pick in picks]))


def measure(catalogue: Catalogue, history: History) -> None:
    """Print one table."""
    net = checkpoint.load(paths.bundled_models() / "taste.safetensors")
    view = UserFeatures.of(catalogue, history)
    scoring = LibraryScorer.of(net, catalogue, history).scored(1000, explained=0)
    seeds = [Seed(np.array([i * 997 % len(catalogue)])) for i in range(5)]
    floor = best_s(lambda: [v @ v[history.rows].T for v in (catalogue.sound, catalogue.culture)])
    steps: dict[str, Callable[[], object]] = {
        "inputs of the library": lambda: UserFeatures.of(catalogue, history),
        "network": lambda: net.member_logits(view.inputs()),
        f"a like, {SHOWN} shown": lambda: listed(net, catalogue, history),
        "reasons of one row": lambda: LibraryScorer.of(net, catalogue, history).explained(
            np.array([5])
        ),
        "rank, 20 picks": lambda: rank(catalogue, history, scoring, 20),
        "rank_by_seeds, 5 seeds": lambda: rank_by_seeds(
            Nearness.of(catalogue, None), history, seeds, scoring.scores, 20
        ),
    }
    print(
        f"{len(catalogue)} tracks, {len(history)} events; torch imported: {'torch' in sys.modules}"
    )
    print(f"{'step':32}{'seconds':>9}{'times the floor':>17}")
    print(f"{'two matrix products (floor)':32}{floor:9.3f}{1:17.1f}")
    for name, work in steps.items():
        seconds = best_s(work)
        print(f"{name:32}{seconds:9.3f}{seconds / floor:17.1f}", flush=True)
        if name.startswith("a like"):
            record(
                "rescore", f"a like among {len(catalogue):,} songs, {len(history):,} said before",
                round(seconds, 2), "s of processor time", "python -m benchmarks rescore",
                f"{seconds / floor:.0f} times two bare matrix products; {SHOWN} shown with reasons",
            )  # fmt: skip


if __name__ == "__main__":
    main()
