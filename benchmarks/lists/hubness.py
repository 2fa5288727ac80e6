"""Whether some songs are everyone's neighbour, and what the known remedies do about it.

    python -m benchmarks hubness --music DIR [--cache DIR] [--seeds 0 1] [--write]

The libraries of `words_to_songs`: halves of the clips of moods.csv, heard by ears that never met
their artists, with tags hidden, coarse and full. By way of comparing songs: skewness of how often a
song is among the ten nearest of another (Radovanović, Nanopoulos, Ivanović, JMLR 2010), the share
of songs that are nobody's neighbour, and how many of ten neighbours share the seed's quadrant, and
a genre with it. `as seeds do` is what `recommend --seed` goes by; beside it the same with local
scaling (as Conneau et al. 2018 write it for likeness) and with mutual proximity of normal
distributions (Schnitzer, Flexer, Schedl, Widmer, JMLR 2012), from all songs or from 64 of them, as
a large library would need; mutual proximity among songs that are equally near alone; the mean of
the nearness in both directions; and a little less for songs that are often near. Last, the ten
nearest artists among all of the bundled culture map.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, skew

from benchmarks.results import record
from benchmarks.words import word_homes
from benchmarks.words.word_measures import DEPTH, World, likeness
from musicrec_core import paths
from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists import seed_rows
from musicrec_core.app.lists.person import Person
from musicrec_core.culture.files import read

COMMAND = "python -m benchmarks hubness --music DIR"
MEASURES = ("skew", "nobody's", "quadrant", "genre")
SOME, MANY = 64, 256
TIED = 0.1  # deviations of nearness, within which songs count as equally near
HEED = 0.03  # deviations of nearness for a deviation of how often a song is near to others
BLOCK = 2_000  # artists at a time
Matrix = NDArray[np.float32]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--music", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path(".cache/words"))
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1])
    parser.add_argument("--write", action="store_true", help="record the figures")
    options = parser.parse_args()
    table: dict[tuple[str, str], list[list[float]]] = {}
    for seed, state, home, own in word_homes.libraries(options.music, options.cache, options.seeds):
        with MusicRec(home=home) as musicrec:
            for way, row in measured(musicrec, own, seed).items():
                table.setdefault((state, way), []).append(row)
    for way, row in of_artists().items():
        table["artists", way] = [row]
    print(f"{'tags, compared':38}" + "".join(f"{name:>18}" for name in MEASURES))
    for (state, way), rows in table.items():
        means = np.mean(rows, axis=0)
        errors = np.std(rows, axis=0) / max(1, len(rows) - 1) ** 0.5
        cells = "".join(f"{f'{m:.3f} ± {e:.3f}':>18}" for m, e in zip(means, errors, strict=True))
        print(f"{f'{state}, {way}':38}{cells}")
        if options.write:
            kind = "of artists" if state == "artists" else f"tags {state}"
            name = f"skewness of 10-occurrence, {kind}, {way}"
            note = f"{means[1]:.3f} are nobody's"
            if state != "artists":
                note += f"; {means[2]:.3f} of ten share the quadrant, {means[3]:.3f} a genre"
            record("hubness", name, round(float(means[0]), 2), "", COMMAND, note)


def measured(musicrec: MusicRec, clips: list[word_homes.Clip], seed: int) -> dict[str, list[float]]:
    """By way of comparing, its MEASURES."""
    world = World.of(musicrec, clips)
    nearness = seed_rows.nearness(Person.now(musicrec._context))  # noqa: SLF001 - arrays
    n = len(world.clips)
    near = np.stack(
        [sum(nearness.parts(np.array([row])).values(), np.zeros(n, np.float32)) for row in range(n)]
    )
    some = np.random.default_rng(seed).choice(n, min(SOME, n), replace=False)
    ways = {
        "sound, plain cosine": world.sound @ world.sound.T,
        "as seeds do": near,
        "local scaling": locally_scaled(near, np.arange(n)),
        f"local scaling from {SOME}": locally_scaled(near, some),
        "mutual proximity": mutual_proximity(near, np.arange(n)),
        f"mutual proximity from {SOME}": mutual_proximity(near, some),
        "mean of both directions": (near + near.T) / 2,
        "mutual proximity among near ties": among_ties(near, mutual_proximity(near, np.arange(n))),
        "a little less for the often near": near
        - HEED * near.std(axis=1, keepdims=True) * often(near),
    }
    return {way: _measures(values.copy(), world) for way, values in ways.items()}


def of_artists() -> dict[str, list[float]]:
    """By way of comparing all artists of the culture map, its MEASURES; none of likeness."""
    places = read(paths.bundled_models() / "culture.safetensors").artist_vectors
    places = places[np.linalg.norm(places, axis=1) > 0.5]  # without those of which nothing is known
    others = places[np.random.default_rng(0).choice(len(places), MANY, replace=False)]
    to_others = places @ others.T
    usual, spread = to_others.mean(axis=1), to_others.std(axis=1)
    ways = ("plain cosine", "from the centre, as seeds do", f"mutual proximity from {MANY}")
    counts = np.zeros((len(ways), len(places)), np.int64)
    for start in range(0, len(places), BLOCK):
        rows = np.arange(start, min(start + BLOCK, len(places)))
        near = places[rows] @ places.T
        z_seed = (near - usual[rows, None]) / spread[rows, None]
        mutual = norm.logcdf(z_seed) + norm.logcdf((near - usual) / spread)
        each = (near, near - places @ places.mean(axis=0), mutual)
        for way, values in enumerate(each):
            values[np.arange(len(rows)), rows] = -np.inf
            nearest = np.argpartition(-values, DEPTH - 1, axis=1)[:, :DEPTH]
            counts[way] += np.bincount(nearest.ravel(), minlength=len(places))
    return {
        way: [float(skew(own)), float((own == 0).mean()), np.nan, np.nan]
        for way, own in zip(ways, counts, strict=True)
    }


def locally_scaled(near: Matrix, some: NDArray[np.int64]) -> Matrix:
    """Twice the nearness [seed, song] less what either has to its own ten nearest of some seeds."""
    others = near.copy()
    np.fill_diagonal(others, -np.inf)
    own = np.sort(others, axis=1)[:, -DEPTH:].mean(axis=1)
    to_song = np.sort(others[some], axis=0)[-DEPTH:].mean(axis=0)
    scaled: Matrix = 2 * near - own[:, None] - to_song
    return scaled


def mutual_proximity(near: Matrix, some: NDArray[np.int64]) -> Matrix:
    """Chance that another song is less near to the seed, and another seed to the song (log)."""
    others = near.astype(np.float64)
    np.fill_diagonal(others, np.nan)
    z_seed = (near - np.nanmean(others, axis=1)[:, None]) / np.nanstd(others, axis=1)[:, None]
    z_song = (near - np.nanmean(others[some], axis=0)) / np.nanstd(others[some], axis=0)
    chance: Matrix = (norm.logcdf(z_seed) + norm.logcdf(z_song)).astype(np.float32)
    return chance


def among_ties(near: Matrix, by: Matrix) -> Matrix:
    """The order of nearness in steps of TIED deviations, and that of `by` within a step."""
    steps = np.round(near / (TIED * near.std(axis=1, keepdims=True)))
    ranks = np.argsort(np.argsort(by, axis=1, kind="stable"), axis=1)
    result: Matrix = (steps * len(near) + ranks).astype(np.float32)
    return result


def often(near: Matrix) -> NDArray[np.float32]:
    """Float32 [n], z-scores: the logarithm of how often each is among the ten nearest."""
    others = near.copy()
    np.fill_diagonal(others, -np.inf)
    nearest = np.argsort(-others, axis=1, kind="stable")[:, :DEPTH]
    counts = np.log1p(np.bincount(nearest.ravel(), minlength=len(near)))
    scores: NDArray[np.float32] = ((counts - counts.mean()) / counts.std()).astype(np.float32)
    return scores


def _measures(values: Matrix, world: World) -> list[float]:
    np.fill_diagonal(values, -np.inf)
    nearest = np.argsort(-values, axis=1, kind="stable")[:, :DEPTH]
    counts = np.bincount(nearest.ravel(), minlength=len(values))
    alike: dict[str, list[float]] = {"quadrant": [], "genre": []}
    for row, clip in enumerate(world.clips):
        for what, fits in likeness(world.clips, [clip]).items():
            alike[what].append(float(fits[nearest[row]].mean()))
    return [float(skew(counts)), float((counts == 0).mean()),
            float(np.mean(alike["quadrant"])), float(np.mean(alike["genre"]))]  # fmt: skip


if __name__ == "__main__":
    main()
