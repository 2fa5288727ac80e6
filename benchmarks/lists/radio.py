"""Whether radio adapts within a session, and neither wanders off nor goes in circles.

    python -m benchmarks radio [--songs 10000] [--listeners 20] [--length 500]

Made-up listeners over a made-up library start a radio from two songs that suit them and hear
`length` songs, asked for five at a time. A listener likes what suits them better than nine tenths
of the library, and skips what suits them worse than two thirds of it; no scores are known
beforehand. *deaf* is the same radio to which no verdict is told, *chain* plays the song nearest to
the last one, *nearest* the songs nearest to the seeds in turn, *random* anything; none of them
plays a song twice, so that a repeat is one of the same artist within eight songs. By way:
liked, skipped (of all songs; and liked of the last 100), artists (entropy of their shares over
windows of 50 songs, 1 for 50 artists), artist again (within eight songs), seeds (likeness to the
nearest seed, first and last 100 songs), sameness (cosine of songs beside each other).
"""

from __future__ import annotations

import argparse

import numpy as np
from numpy.typing import NDArray

from benchmarks.lists.worlds import affinity, library, no_history
from benchmarks.results import record
from musicrec_core.recommender.data.dataset import Catalogue
from musicrec_core.recommender.ranking.dissimilar import likeness
from musicrec_core.recommender.ranking.list_rules import Rules
from musicrec_core.recommender.ranking.radio import HeardRows, radio

WAYS = ("radio", "deaf", "chain", "nearest", "random")
MEASURES = (
    "liked", "last 100", "skipped", "artists", "artist again", "seeds first", "seeds last",
    "sameness", "repeats",
)  # fmt: skip
PART = 5
WINDOW, AGAIN = 50, 8


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--songs", type=int, default=10_000)
    parser.add_argument("--listeners", type=int, default=20)
    parser.add_argument("--length", type=int, default=500)
    args = parser.parse_args()
    catalogue = library(args.songs)
    rows: dict[str, list[list[float]]] = {way: [] for way in WAYS}
    for listener in range(args.listeners):
        rng = np.random.default_rng(listener)
        suits = affinity(catalogue, rng)
        seeds = rng.choice(np.flatnonzero(suits > np.quantile(suits, 0.95)), 2, replace=False)
        verdicts = np.zeros(len(suits), np.float32)
        verdicts[suits > np.quantile(suits, 0.9)] = 1
        verdicts[suits < np.quantile(suits, 2 / 3)] = -1
        for way in WAYS:
            played = _played(catalogue, way, seeds, verdicts, args.length, listener)
            rows[way].append(measured(catalogue, played, verdicts, seeds))
    print(f"{args.songs} songs, {args.listeners} listeners, {args.length} songs each")
    print(f"{'':9}" + "".join(f"{name:>16}" for name in MEASURES))
    for way in WAYS:
        table = np.array(rows[way])
        mean, error = table.mean(axis=0), table.std(axis=0) / len(table) ** 0.5
        print(f"{way:9}" + "".join(f"{m:9.3f} ± {e:.3f}" for m, e in zip(mean, error, strict=True)))
        if way in ("radio", "deaf"):
            for name in ("liked", "artists", "repeats"):
                record(
                    "radio", f"{way}: {name}", round(float(mean[MEASURES.index(name)]), 3), "",
                    "python -m benchmarks radio", f"{args.length} songs of {args.songs}",
                )  # fmt: skip


def _played(
    catalogue: Catalogue, way: str, seeds: NDArray[np.int64], verdicts: NDArray[np.float32],
    length: int, listener: int,
) -> list[int]:  # fmt: skip
    if way in ("radio", "deaf"):
        answers = verdicts if way == "radio" else np.zeros_like(verdicts)
        return _radio(catalogue, seeds, answers, length, listener)
    if way == "chain":
        return _chain(catalogue, seeds, length)
    order = np.argsort(-likeness(catalogue, seeds))
    if way == "random":
        order = np.random.default_rng(listener).permutation(len(catalogue))
    return [int(row) for row in order if row not in seeds][:length]


def _radio(
    catalogue: Catalogue, seeds: NDArray[np.int64], verdicts: NDArray[np.float32], length: int,
    listener: int,
) -> list[int]:  # fmt: skip
    played: list[int] = []
    allowed = np.ones(len(catalogue), np.bool_)
    allowed[seeds] = False
    while len(played) < length:
        rows = np.array(played, np.int64)
        picks = radio(
            catalogue, no_history(), seeds, HeardRows(rows, verdicts[rows]),
            np.full(len(catalogue), 0.5, np.float32), PART, allowed=allowed,
            rules=Rules(seed=listener),
        )  # fmt: skip
        played += [pick.row for pick in picks]
    return played


def _chain(catalogue: Catalogue, seeds: NDArray[np.int64], length: int) -> list[int]:
    free = np.ones(len(catalogue), np.bool_)
    free[seeds] = False
    played = [int(seeds[0])]
    while len(played) <= length:
        near = likeness(catalogue, np.array([played[-1]]))
        played.append(int(np.argmax(np.where(free, near, -np.inf))))
        free[played[-1]] = False
    return played[1:]


def measured(
    catalogue: Catalogue, played: list[int], verdicts: NDArray[np.float32],
    seeds: NDArray[np.int64],
) -> list[float]:  # fmt: skip
    """In the order of MEASURES."""
    verdicts_heard, artists = verdicts[played], catalogue.artists[played]
    near, sound = likeness(catalogue, seeds)[played], catalogue.sound[played]
    windows = [artists[at : at + WINDOW] for at in range(0, len(played), WINDOW)]
    again = [artists[i] in artists[max(0, i - AGAIN) : i] for i in range(len(played))]
    return [
        float((verdicts_heard > 0).mean()), float((verdicts_heard[-100:] > 0).mean()),
        float((verdicts_heard < 0).mean()),
        float(np.mean([_entropy(window) for window in windows])), float(np.mean(again)),
        float(near[:100].mean()), float(near[-100:].mean()),
        float((sound[1:] * sound[:-1]).sum(axis=1).mean()), float(len(played) - len(set(played))),
    ]  # fmt: skip


def _entropy(artists: NDArray[np.int64]) -> float:
    share = np.unique(artists, return_counts=True)[1] / len(artists)
    return float(-(share * np.log(share)).sum() / np.log(len(artists)))


if __name__ == "__main__":
    main()
