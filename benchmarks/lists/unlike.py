"""Whether "like these, but not like those" brings the one kind of music and keeps the other out.

    python -m benchmarks unlike --music DIR [--cache DIR] [--seeds 0 1] [--write]

The libraries of `words_to_songs`: halves of the clips of moods.csv, heard by ears that never met
their artists, with tags hidden, coarse and full. For every ordered pair of genres X and Y that some
clips have both of, three seeds of X and three of Y that are not X: of the ten songs listed, the
share that is X, the share that is Y, and what is wanted, X and not Y. Labels that tags hide are the
truth; in the states `coarse` and `full` the product reads some of them. Beside `recommend --seed X
--unlike Y`: the seeds of X alone; the mean nearness to X less that to Y (average minus), of all
songs and of what the guards and the cap of songs an artist let through, as the product must; and
the cosine of sound with the mean of X less that of Y. Last, two seeds of genres that have nothing
in common: the lesser of their shares of the list.
"""

from __future__ import annotations

import argparse
from collections import Counter
from itertools import permutations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.results import record
from benchmarks.words import word_homes
from benchmarks.words.word_measures import DEPTH, Truth, World, genres_of
from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists import seed_rows
from musicrec_core.app.lists.person import Person
from musicrec_core.app.lists.request import ListRequest
from musicrec_core.recommender.ranking import Nearness, Rules

COMMAND = "python -m benchmarks unlike --music DIR"
MEASURES = ("X", "Y", "X and not Y")
APART = "two seeds: X, Y, the lesser"
SEEDS = 3
LEAST_BOTH = 3
"""Clips of X and Y both, else the one keeps the other out by itself."""
Ways = dict[str, list[int]]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--music", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path(".cache/words"))
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1])
    parser.add_argument("--write", action="store_true", help="record the figures")
    options = parser.parse_args()
    table: dict[tuple[str, str], list[NDArray[np.float64]]] = {}
    for seed, state, home, own in word_homes.libraries(options.music, options.cache, options.seeds):
        with MusicRec(home=home) as musicrec:
            for way, row in measured(musicrec, own, seed).items():
                table.setdefault((state, way), []).append(row)
    print(f"{'tags, way':38}" + "".join(f"{name:>18}" for name in MEASURES))
    for (state, way), rows in table.items():
        means, errors = np.mean(rows, axis=0), np.std(rows, axis=0) / max(1, len(rows) - 1) ** 0.5
        cells = "".join(f"{f'{m:.3f} ± {e:.3f}':>18}" for m, e in zip(means, errors, strict=True))
        print(f"{f'{state}, {way}':38}{cells}")
        if options.write:
            note = f"{means[0]:.3f} are X, {means[1]:.3f} Y"
            name = f"{'lesser share of two seeds' if way == APART else 'X and not Y'}, tags {state}"
            name += "" if way == APART else f", {way}"
            record("unlike", name, round(float(means[2]), 3), "of ten", COMMAND, note)


def measured(
    musicrec: MusicRec, clips: list[word_homes.Clip], seed: int
) -> dict[str, NDArray[np.float64]]:
    """By way, the means of MEASURES over all pairs of genres."""
    world = World.of(musicrec, clips)
    nearness = seed_rows.nearness(Person.now(musicrec._context))  # noqa: SLF001 - arrays
    rng = np.random.default_rng(seed)
    sums: dict[str, list[list[float]]] = {}
    for (_, is_x), (_, is_y) in permutations(genres_of(world), 2):
        only_x, only_y = np.flatnonzero(is_x & ~is_y), np.flatnonzero(is_y & ~is_x)
        if (is_x & is_y).sum() < LEAST_BOTH:
            pair = [int(rng.choice(only_x)), int(rng.choice(only_y))]
            sums.setdefault(APART, []).append(_of_two(world, pair, is_x, is_y))
        elif len(only_y) >= 2 * SEEDS:
            like = rng.choice(np.flatnonzero(is_x), SEEDS, replace=False)
            unlike = rng.choice(only_y, SEEDS, replace=False)
            for way, listed in _lists(world, nearness, like, unlike).items():
                sums.setdefault(way, []).append(_shares(listed, is_x, is_y))
    return {way: np.mean(rows, axis=0) for way, rows in sums.items()}


def _of_two(world: World, pair: list[int], is_x: Truth, is_y: Truth) -> list[float]:
    """The shares of X and of Y, and the lesser of them."""
    seeds = tuple(world.clips[row].path for row in pair)
    of_x, of_y, _ = _shares(world.listed(ListRequest(DEPTH, seeds=seeds)), is_x, is_y)
    return [of_x, of_y, min(of_x, of_y)]


def _lists(
    world: World, nearness: Nearness, like: NDArray[np.int64], unlike: NDArray[np.int64]
) -> Ways:
    paths = [tuple(world.clips[row].path for row in rows.tolist()) for rows in (like, unlike)]
    minus = _near(nearness, like) - _near(nearness, unlike)
    by_sound = world.sound @ (world.sound[like].mean(axis=0) - world.sound[unlike].mean(axis=0))
    seeds = np.concatenate([like, unlike])
    return {
        "--seed X --unlike Y": world.listed(ListRequest(DEPTH, seeds=paths[0], unlike=paths[1])),
        "--seed X": world.listed(ListRequest(DEPTH, seeds=paths[0])),
        "average minus": _best(minus, seeds),
        "average minus, held to the guards": _best_held(world, minus, seeds),
        "average minus, by sound": _best(by_sound, seeds),
    }


def _near(nearness: Nearness, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """Float32 [n]: the mean nearness to single rows."""
    each = [sum(nearness.parts(rows[k : k + 1]).values()) for k in range(len(rows))]
    return np.asarray(np.mean(each, axis=0), np.float32)


def _best(values: NDArray[np.float32], seeds: NDArray[np.int64]) -> list[int]:
    open_to = values.copy()
    open_to[seeds] = -np.inf
    return np.argsort(-open_to, kind="stable")[:DEPTH].tolist()


def _best_held(world: World, values: NDArray[np.float32], seeds: NDArray[np.int64]) -> list[int]:
    """The best that the guards show, and of an artist no more than a list may hold."""
    listed: list[int] = []
    artists: Counter[str] = Counter()
    for row in np.argsort(-values, kind="stable").tolist():
        artist = world.clips[row].artist
        if world.shown[row] and row not in seeds and artists[artist] < Rules().per_artist:
            artists[artist] += 1
            listed.append(row)
    return listed[:DEPTH]


def _shares(listed: list[int], is_x: Truth, is_y: Truth) -> list[float]:
    rows = np.array(listed, np.int64)
    return [float(of[rows].sum()) / DEPTH for of in (is_x, is_y, is_x & ~is_y)]


if __name__ == "__main__":
    main()
