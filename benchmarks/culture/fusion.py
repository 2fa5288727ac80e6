"""Sound alone, culture alone, and both, for people of narrow and of diverse taste.

    python -m benchmarks fusion --listening DIR [--seeds 0] [--cache DIR] [--people N]

The people, the worlds and the network are those of few_likes.py (its cache serves here too): a
network that never saw the tested people, given now one source, now both. The data hold no audio,
so the sound of an artist is a noisy projection of half of its taggings, fainter than culture as
real sound is. Narrow and diverse are the thirds of the people whose played artists lie nearest
together, and farthest apart, on the map. Intervals: 95 %, paired, over people.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

import numpy as np

from benchmarks.taste import like_baselines
from musicrec_core.recommender.data.metrics import auc
from musicrec_core.recommender.features.user import relational_inputs
from training import culture_data, taste_data, taste_worlds

SOURCES = {
    "sound": frozenset({"sound"}),
    "culture": frozenset({"culture", "tags"}),
    "both": frozenset({"sound", "culture", "tags"}),
}
SIZES = (3, 10, 30)
NOISE = 1.5
Found = dict[tuple[int, str], dict[int, list[float]]]


def breadth(data: culture_data.Listening, world: taste_worlds.World, person: int) -> float:
    """How far apart the artists lie that a person played: 1 less their mean cosine."""
    place = np.full(len(data.artist_names), -1)
    place[world.artists] = np.arange(len(world.artists))
    played = place[data.plays[person].indices]
    vectors = world.culture[played[played >= 0]]
    n = len(vectors)
    if n < 2:
        return float("nan")
    return 1 - float((np.sum(vectors.sum(axis=0) ** 2) - n) / (n * (n - 1)))


def tested(
    data: culture_data.Listening, seed: int, learned: like_baselines.Pooled, most: int, aucs: Found
) -> dict[int, float]:
    """Add each person's AUC by size and source; their breadth of taste is returned."""
    _, _, people = culture_data.split_listeners(data.plays.shape[0], seed)
    score = learned.models[like_baselines.OURS]
    for size in SIZES:
        for name, sources in SOURCES.items():
            setting = taste_data.Setting(size, sources=sources, noise=NOISE)
            for person in people[:most].tolist():
                made = taste_data.session(data, learned.world, person, setting, seed)
                if made is not None:
                    inputs = relational_inputs(
                        made.catalogue, made.history, made.candidates, prior=made.prior
                    )
                    aucs[size, name][person].append(auc(score(inputs.matrix), made.labels))
    return {p: breadth(data, learned.world, p) for p in people[:most].tolist()}


def report(aucs: Found, broad: dict[int, float]) -> None:
    """A row a taste and size; whether both are worse than the better one beyond noise."""
    low, high = np.nanquantile(list(broad.values()), [1 / 3, 2 / 3])
    limits = {"all": (-1.0, 3.0), "narrow": (-1.0, low), "diverse": (high, 3.0)}
    print(f"{'taste':10}{'likes':>6}{'people':>8}" + "".join(f"{n:>9}" for n in SOURCES))
    for taste, (least, most) in limits.items():
        for size in SIZES:
            people = [p for p in aucs[size, "both"] if least <= broad[p] <= most]
            by = {n: np.array([np.mean(aucs[size, n][p]) for p in people]) for n in SOURCES}
            better = max(("sound", "culture"), key=lambda n: by[n].mean())
            lead = by["both"] - by[better]
            half = 1.96 * lead.std(ddof=1) / len(lead) ** 0.5
            cells = "".join(f"{values.mean():9.4f}" for values in by.values())
            print(
                f"{taste:10}{size:6}{len(people):8}{cells}   both - {better}: "
                f"{lead.mean():+.4f} [{lead.mean() - half:+.4f}, {lead.mean() + half:+.4f}]"
            )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--listening", type=Path, required=True)
    parser.add_argument("--seeds", type=int, nargs="+", default=[0])
    parser.add_argument("--people", type=int, default=10**6, help="tested at most, a seed")
    parser.add_argument("--per-person", type=int, default=5)
    parser.add_argument("--cache", type=Path)
    args = parser.parse_args()
    data = culture_data.load(args.listening)
    aucs: Found = defaultdict(lambda: defaultdict(list))
    broad: dict[int, float] = {}
    for seed in args.seeds:
        learned = like_baselines.network(data, seed, args.per_person, args.cache)
        broad |= tested(data, seed, learned, args.people, aucs)
    report(aucs, broad)


if __name__ == "__main__":
    main()
