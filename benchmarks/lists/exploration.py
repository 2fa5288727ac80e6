"""Whether a share of uncertain picks finds more of what a listener likes, over a thousand rounds.

    python -m benchmarks exploration [--songs 20000] [--listeners 6] [--rounds 1000]

Made-up listeners with several interests, of which one is known at first (three likes), are shown
LISTED songs a round, and say of each whether they like it; a song is shown once. Every EVERY rounds
the bundled taste model scores the library anew by what was said, and a list is made. *explore* is
the product's default share, *greedy* shows the highest scores, *random* anything, *oracle* what
suits the listener best. Found: songs liked, of all shown. Interests: how many of the listener's
interests were met by at least five likes. Regret: what the oracle found more, after all rounds, as
a share of what it found.
"""

from __future__ import annotations

import argparse

import numpy as np
from numpy.typing import NDArray

from benchmarks.lists.worlds import library
from benchmarks.results import record
from musicrec_core import paths
from musicrec_core.recommender.data.dataset import Catalogue, History
from musicrec_core.recommender.models import checkpoint
from musicrec_core.recommender.ranking.list_rules import Rules
from musicrec_core.recommender.ranking.rank import rank
from musicrec_core.recommender.scoring.library import LibraryScorer
from musicrec_core.recommender.taste.forward import TasteNet

WAYS = {"greedy": 0.0, "explore": 0.1, "explore more": 0.3}
LISTED = 3
INTERESTS, LIKED_SHARE = 4, 0.04
"""Kinds of music a listener likes, and which share of the library each kind is."""
MET = 5
EVERY = 10
"""Rounds to a list: it is read from its top before the next is made."""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--songs", type=int, default=20_000)
    parser.add_argument("--listeners", type=int, default=6)
    parser.add_argument("--rounds", type=int, default=1_000)
    args = parser.parse_args()
    catalogue = library(args.songs)
    net = checkpoint.load(paths.bundled_models() / "taste.safetensors")
    by_way: dict[str, list[tuple[float, float]]] = {}
    best: list[float] = []
    for listener in range(args.listeners):
        kinds = interests(catalogue, np.random.default_rng(listener))
        shown = min(args.rounds * LISTED, len(catalogue) - 3)
        best.append(float(min((kinds >= 0).sum() - 3, shown)))
        by_way.setdefault("random", []).append(_random(kinds, shown, listener))
        for way, share in WAYS.items():
            result = listened(catalogue, net, kinds, args.rounds, share, listener)
            by_way.setdefault(way, []).append(result)
    print(f"{args.songs} songs, {args.listeners} listeners, {args.rounds} rounds of {LISTED}")
    print(f"{'':14}{'found':>18}{'interests':>12}{'regret':>10}")
    for way, results in by_way.items():
        likes, met = np.array([r[0] for r in results]), np.mean([r[1] for r in results])
        error = likes.std() / len(likes) ** 0.5
        regret = float(np.mean(1 - likes / np.array(best)))
        print(f"{way:14}{likes.mean():10.1f} ± {error:5.1f}{met:12.2f}{regret:10.3f}")
        if way in WAYS:
            record(
                "exploration", f"{way}: found", round(float(likes.mean()), 1), "songs",
                "python -m benchmarks exploration", f"oracle {np.mean(best):.0f}",
            )  # fmt: skip


def interests(catalogue: Catalogue, rng: np.random.Generator) -> NDArray[np.int64]:
    """Int64 [n]: which of the listener's interests each song belongs to, -1 for none."""
    vectors = np.concatenate([catalogue.sound, np.nan_to_num(catalogue.culture)], axis=1)
    kinds = np.full(len(catalogue), -1)
    size = round(LIKED_SHARE * len(catalogue))
    for kind, centre in enumerate(rng.choice(len(catalogue), INTERESTS, replace=False)):
        kinds[np.argsort(-(vectors @ vectors[centre]))[:size]] = kind
    return kinds


def listened(
    catalogue: Catalogue, net: TasteNet, kinds: NDArray[np.int64], rounds: int, explore: float,
    seed: int,
) -> tuple[float, float]:  # fmt: skip
    """(songs found, interests met) by lists of the product."""
    rng = np.random.default_rng(seed)
    first = rng.choice(np.flatnonzero(kinds == kinds[kinds >= 0][0]), 3, replace=False)
    rated, free = [int(row) for row in first], np.ones(len(catalogue), np.bool_)
    free[rated] = False
    for sitting in range(rounds // EVERY):
        history = _history(rated, kinds)
        scorer = LibraryScorer.of(net, catalogue, history)
        scoring = scorer.scored(len(catalogue), explained=0)
        rules = Rules(explore=explore, seed=sitting)
        picks = rank(catalogue, history, scoring, LISTED * EVERY, allowed=free, rules=rules)
        rows = [pick.row for pick in picks]
        rated += rows
        free[rows] = False
    likes = kinds[rated[3:]]
    met = sum(int((likes == kind).sum() >= MET) for kind in range(INTERESTS))
    return float((likes >= 0).sum()), float(met)


def _history(rows: list[int], kinds: NDArray[np.int64]) -> History:
    values = np.where(kinds[rows] >= 0, 1, -1).astype(np.float32)
    unknown = np.full(len(rows), np.nan, np.float32)
    return History(np.array(rows), values, unknown, np.zeros(len(rows), np.float32))


def _random(kinds: NDArray[np.int64], shown: int, seed: int) -> tuple[float, float]:
    rows = np.random.default_rng(seed).permutation(len(kinds))[:shown]
    met = sum(int((kinds[rows] == kind).sum() >= MET) for kind in range(INTERESTS))
    return float((kinds[rows] >= 0).sum()), float(met)


if __name__ == "__main__":
    main()
