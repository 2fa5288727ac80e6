"""Whether neighbours on the map are neighbours in truth, also those of songs that came later.

    python -m benchmarks song_map --home DIR [--music DIR]

Trustworthiness of 12 neighbours (Venna and Kaski 2001), five draws: of a map of all songs, of one
drawn from seven tenths of the songs with the others placed into it, and of principal components.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from benchmarks.lists.homes import listened
from benchmarks.results import record
from musicrec_core.recommender.features.points import Points
from musicrec_core.recommender.insights.song_map import (
    MOST_LANDMARKS,
    laid_out,
    placed,
    trustworthiness,
)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--music", type=Path)
    args = parser.parse_args()
    with listened(args.home, args.music) as person:
        points = Points.of(person.catalogue)
        at = points.at(points.known_rows())
    rows: dict[str, list[float]] = {"whole map": [], "three tenths added": [], "components": []}
    for draw in range(5):
        order = np.random.default_rng(draw).permutation(len(at))[:MOST_LANDMARKS]
        some, old = at[order], at[order[: 7 * len(order) // 10]]
        plan = laid_out(old)
        rows["whole map"].append(trustworthiness(some, laid_out(some)))
        late = placed(some[len(old) :], old, plan)
        rows["three tenths added"].append(trustworthiness(some, np.concatenate([plan, late])))
        centred = some - some.mean(axis=0)
        axes = np.linalg.svd(centred, full_matrices=False)[2][:2]
        rows["components"].append(trustworthiness(some, centred @ axes.T))
    print(f"{len(at)} songs")
    for name, values in rows.items():
        print(f"{name:20}{np.mean(values):7.3f} ± {np.std(values):.3f}")
        record(
            "song_map", f"trustworthiness, {name}", round(float(np.mean(values)), 3), "",
            "python -m benchmarks song_map --home DIR --music DIR", f"{len(at)} songs",
        )  # fmt: skip


if __name__ == "__main__":
    main()
