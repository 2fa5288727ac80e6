"""Whether a word, a seed and five likes bring the music that they ask for.

    python -m benchmarks words_to_songs --music DIR [--cache DIR] [--seeds 0 1] [--write]

The library is half of the clips of moods.csv, by artist, heard by ears that were trained on the
other half alone; both halves in turn, for every seed of the split. Tags are hidden, coarse (one
genre each) or full (all genres and moods). For every mood and genre word that fits eight clips:
precision at 10 of `recommend --tag`, beside ranking by what the ears hear, by who is tagged so, and
chance. For seeds: the share of the ten nearest in the seed's quadrant, and that share a genre with
it. For likes: the share of a genre after five likes of it. For the first list, before any opinion:
how many of the quadrants, genres and artists it shows.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from benchmarks.results import record
from benchmarks.words import word_homes, word_measures
from musicrec_core.app.facade import MusicRec

COMMAND = "python -m benchmarks words_to_songs --music DIR"
WAYS = ("musicrec", "ears alone", "tags alone", "chance")
FIRST_LISTS = 10
Table = dict[tuple[str, str], list[dict[str, float]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--music", type=Path, required=True)
    parser.add_argument("--cache", type=Path, default=Path(".cache/words"))
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1])
    parser.add_argument("--only", choices=("words", "seeds", "likes", "first"))
    parser.add_argument("--write", action="store_true", help="record the figures")
    options = parser.parse_args()
    table: Table = {}
    for seed, state, home, own in word_homes.libraries(options.music, options.cache, options.seeds):
        measured(table, home, own, state, seed, options.only)
    report(table, write=options.write)


def measured(
    table: Table, home: Path, clips: list[word_homes.Clip], state: str, seed: int, only: str | None
) -> None:
    """Add one library's figures to the table."""
    with MusicRec(home=home) as musicrec:
        world = word_measures.World.of(musicrec, clips)
        by_system: dict[str, dict[str, float]] = {}
        if only in (None, "words"):
            by_system |= {f"words: {k}": row for k, row in word_measures.by_words(world).items()}
        if only in (None, "seeds"):
            by_system |= {f"seeds: {k}": v for k, v in word_measures.by_seeds(world, seed).items()}
        if only in (None, "likes"):
            names = [name for name, _ in word_measures.genres_of(world)]
            people = [MusicRec(f"likes {name}", home) for name in names]
            by_system["five likes of a genre"] = word_measures.by_likes(world, people, seed)
            for person in people:
                person.close()
        if only in (None, "first"):
            people = [MusicRec(f"first {number}", home) for number in range(FIRST_LISTS)]
            first = word_measures.by_first_list(world, people, seed)
            by_system |= {f"first list: {what}": row for what, row in first.items()}
            for person in people:
                person.close()
    for what, row in by_system.items():
        table.setdefault((what, state), []).append(row)


def report(table: Table, *, write: bool) -> None:
    """Means over the libraries, and the spread of the difference to the best other way."""
    print(f"{'':32}" + "".join(f"{way:>12}" for way in WAYS) + "   less the best other")
    for (what, state), rows in sorted(table.items()):
        means = {way: float(np.mean([row[way] for row in rows])) for way in WAYS}
        best = max((way for way in WAYS[1:] if np.isfinite(means[way])), key=means.__getitem__)
        gains = [row["musicrec"] - row[best] for row in rows]
        cells = "".join(f"{means[way]:12.3f}" for way in WAYS)
        print(
            f"{what + ', tags ' + state:32}{cells}   {np.mean(gains):+.3f} "
            f"± {np.std(gains) / max(1, len(gains) - 1) ** 0.5:.3f}"
        )
        if write:
            others = ", ".join(f"{way} {means[way]:.3f}" for way in WAYS[1:])
            name = f"{what}, tags {state}"
            record("words_to_songs", name, round(means["musicrec"], 3), "of ten", COMMAND, others)


if __name__ == "__main__":
    main()
