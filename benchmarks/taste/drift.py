"""How often `insights` raises an alarm where nothing drifted, and whether it finds planted drift.

    python -m benchmarks drift --runs 1000

Each run is a library of artists with styles, as it was at training, and what came since: songs of
new artists, eight each, so they are not drawn one by one; and feedback then and since. In the
drifted runs the new artists' energy, or what is liked, moved by a number of standard deviations.
"""

from __future__ import annotations

import argparse

import numpy as np

from musicrec_core.recommender.data.dataset import Catalogue
from musicrec_core.recommender.insights import drift


def world(seed: int, songs: int, added: int, moved: float) -> tuple[Catalogue, np.ndarray]:
    """A library whose last `added` songs came later; their energy moved by so many deviations."""
    rng = np.random.default_rng(seed)
    artist = np.concatenate([
        rng.integers(0, max(2, songs // 8), songs),
        songs + rng.integers(0, max(2, added // 8), added),
    ])  # fmt: skip
    styles = rng.normal(size=(artist.max() + 1, 4))
    raw = styles[artist] + rng.normal(size=(songs + added, 4))
    late = np.arange(songs + added) >= songs
    raw[late, 0] += moved * raw[:, 0].std()
    columns = np.stack(
        [raw[:, 0], 120 + 25 * raw[:, 1], 1990 + np.round(10 * raw[:, 2]), np.exp(raw[:, 3])],
        axis=1,
    ).astype(np.float32)
    nothing = np.full((songs + added, 0), np.nan, np.float32)
    made = Catalogue(
        track_ids=np.arange(songs + added) + 1,
        sound=nothing,
        culture=nothing,
        columns=columns,
        column_names=("energy", "tempo_bpm", "year", "duration_s"),
        artists=artist,
        albums=artist,
        tag_codes=np.abs(np.round(4 * styles[artist, 3])).astype(np.int64),
        tag_starts=np.arange(songs + added + 1),
        tag_names=tuple(f"tag {i}" for i in range(40)),
    )
    return made, late


def liked(catalogue: Catalogue, rows: np.ndarray, count: int, pull: float, seed: int) -> np.ndarray:
    """Songs of `rows` that are liked, the energetic ones more by `pull` a deviation."""
    rng = np.random.default_rng(seed)
    energy = catalogue.columns[rows, 0]
    wish = np.exp(pull * (energy - energy.mean()) / energy.std())
    return rng.choice(rows, count, replace=False, p=wish / wish.sum())


def alarm(seed: int, songs: int, added: int, moved: float, pull: float) -> bool:
    """Whether one run raises an alarm."""
    catalogue, late = world(seed, songs, added, moved)
    old, new = np.flatnonzero(~late), np.flatnonzero(late)
    then = drift.DistributionSketch.of(catalogue, old)
    taste = drift.DistributionSketch.of(catalogue, liked(catalogue, old, 80, 0.5, seed), then)
    lately = drift.DistributionSketch.of(
        catalogue, liked(catalogue, old, 60, 0.5 + pull, seed + 1), then
    )
    pairs = [(then, drift.DistributionSketch.of(catalogue, new, then)), (taste, lately)]
    compared = drift.compare([pair for pair in pairs if pair[0].tells and pair[1].tells])
    return any(shift.drifted for shifts in compared for shift in shifts)


def share(runs: int, **world_of: float) -> str:
    """The share of runs with an alarm and its 95 % interval (Wilson, 1927)."""
    sizes = ((400, 120), (2000, 300), (2000, 2000), (5000, 800))
    hits = sum(
        alarm(seed, *sizes[seed % len(sizes)], world_of["moved"], world_of["pull"])
        for seed in range(runs)
    )
    p, z = hits / runs, 1.96
    middle = (p + z**2 / (2 * runs)) / (1 + z**2 / runs)
    half = z * np.sqrt(p * (1 - p) / runs + z**2 / (4 * runs**2)) / (1 + z**2 / runs)
    low, high = max(0.0, 100 * (middle - half)), 100 * (middle + half)
    return f"{100 * p:5.1f} %  ({low:.1f} to {high:.1f})"


def main() -> None:
    """Print a line for each kind of drift."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--drifted-runs", type=int, default=200)
    options = parser.parse_args()
    print(f"nothing drifted, {options.runs} runs (at most 5 % wanted)   ",
          share(options.runs, moved=0, pull=0))  # fmt: skip
    for moved in (0.5, 1.0, 2.0):
        print(f"new songs moved by {moved} deviations of energy      ",
              share(options.drifted_runs, moved=moved, pull=0))  # fmt: skip
    for pull in (0.5, 1.0, -1.5):
        print(f"late likes pulled by {pull:+} a deviation of energy   ",
              share(options.drifted_runs, moved=0, pull=pull))  # fmt: skip


if __name__ == "__main__":
    main()
