"""Whether a journey is smoother than straight interpolation to the nearest songs, and than chance.

    python -m benchmarks journey --home DIR [--music DIR] [--pairs 200] [--songs 12]

Pairs of songs by different artists are drawn at random; three ways lead from one to the other.
*straight* takes for each point of the great circle between them the nearest song not taken yet,
*random* draws songs. Steps are chords between points of sound and style, the space in which the
journey is planned; the *judge* is another: moods and genres as the ears hear them, of which the
path knows nothing. For each measure the mean over pairs and its standard error:
mean step and longest step (short is smooth), unevenness (deviation of the steps over their mean),
backward (share of steps that lead away from the end), artists (different ones, share of the songs).
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.lists.homes import listened
from benchmarks.results import record
from musicrec_core.app.lists.person import Person
from musicrec_core.app.scores.sound_words import SoundWords
from musicrec_core.recommender.data.dataset import History
from musicrec_core.recommender.features.points import Points
from musicrec_core.recommender.ranking.journey import journey, targets
from musicrec_core.recommender.ranking.nearness import standing_out

WAYS = ("journey", "straight", "random")
MEASURES = ("mean step", "longest", "uneven", "backward", "judge step", "judge longest", "artists")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--music", type=Path)
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--songs", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1, help="0 chose the power of the steps")
    args = parser.parse_args()
    with listened(args.home, args.music) as person:
        measured = measure(person, args.pairs, args.songs, args.seed)
        print(f"{len(person.catalogue)} songs, {args.pairs} pairs, {args.songs} songs a path")
    print(f"{'':10}" + "".join(f"{name:>22}" for name in MEASURES))
    for way in WAYS:
        mean, error = measured[way].mean(axis=0), measured[way].std(axis=0) / args.pairs**0.5
        cells = (f"{m:.3f} ± {e:.3f}" for m, e in zip(mean, error, strict=True))
        print(f"{way:10}" + "".join(f"{cell:>22}" for cell in cells))
    for k, name in (
        (0, "mean step"),
        (1, "longest step"),
        (2, "unevenness of the steps"),
        (4, "mean step to the judge"),
    ):
        own, straight = (float(measured[way][:, k].mean()) for way in WAYS[:2])
        record(
            "journey", f"journey: {name} beside straight interpolation", round(own / straight, 3),
            "times", "python -m benchmarks journey --home DIR --music DIR",
            f"{args.pairs} pairs, {args.songs} songs",
        )  # fmt: skip


def measure(person: Person, pairs: int, songs: int, seed: int) -> dict[str, NDArray[np.float64]]:
    """By way, float64 [pairs, MEASURES]."""
    catalogue, rng = person.catalogue, np.random.default_rng(seed)
    points = Points.of(catalogue)
    placed_rows = points.known_rows()
    placed_rows = placed_rows[catalogue.knows("sound")[placed_rows]]
    at = points.at(placed_rows)
    words = SoundWords.of(person.context, catalogue)
    assert words is not None
    judge = standing_out(words.all_heard)[placed_rows]
    nothing = np.zeros(0, np.float32)
    empty = History(np.zeros(0, np.int64), nothing, nothing, nothing)
    allowed = np.isin(np.arange(len(catalogue)), placed_rows)
    place = {int(row): i for i, row in enumerate(placed_rows)}
    results: dict[str, list[list[float]]] = {way: [] for way in WAYS}
    while len(results["journey"]) < pairs:
        ends = rng.choice(len(placed_rows), 2, replace=False)
        if catalogue.artists[placed_rows[ends[0]]] == catalogue.artists[placed_rows[ends[1]]]:
            continue
        path = journey(
            catalogue, empty, placed_rows[ends].tolist(), person.scores, songs, allowed=allowed,
            versions=person.versions,
        )  # fmt: skip
        ways = {
            "journey": [place[pick.row] for pick in path],
            "straight": straight(at, ends, songs),
            "random": [ends[0], *rng.choice(len(placed_rows), songs - 2, replace=False), ends[1]],
        }
        for way, rows in ways.items():
            results[way].append(smoothness(rows, at, judge, catalogue.artists[placed_rows]))
    return {way: np.array(rows) for way, rows in results.items()}


def straight(at: NDArray[np.float32], ends: NDArray[np.int64], songs: int) -> list[int]:
    """The song nearest to each target that is not taken yet."""
    aims, _ = targets(at[ends], songs)
    taken = ends.tolist()
    way = [int(ends[0])]
    for aim in aims[1:-1]:
        order = np.argsort(-(at @ aim))
        way.append(next(int(row) for row in order if int(row) not in taken))
        taken.append(way[-1])
    return [*way, int(ends[1])]


def smoothness(
    rows: Sequence[int], at: NDArray[np.float32], judge: NDArray[np.float32],
    artists: NDArray[np.int64],
) -> list[float]:  # fmt: skip
    """In the order of MEASURES."""
    steps, other = (
        np.array([np.sqrt(max(0.0, 2 - 2 * float(v[a] @ v[b]))) for a, b in pairwise(rows)])
        for v in (at, judge)
    )
    to_end = np.array([float(at[row] @ at[rows[-1]]) for row in rows])
    return [
        float(steps.mean()), float(steps.max()), float(steps.std() / steps.mean()),
        float((np.diff(to_end) < 0).mean()), float(other.mean()), float(other.max()),
        len(set(artists[list(rows)].tolist())) / len(rows),
    ]  # fmt: skip


if __name__ == "__main__":
    main()
