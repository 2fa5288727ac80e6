"""How an album or an artist is best ranked by what its songs are worth: mean, best, count, prior.

    python -m benchmarks group_ranking --listening DIR [--people 100] [--from 0] [--write]

No data at hand says which albums people play, so artists of the HetRec 2011 Last.fm data stand for
songs and albums are made of them: each of 1 to 24 artists that lie near each other on the bundled
culture map, so that some are singles and most mix what a person plays with what they do not. Half
of a person's artists are given as likes; the bundled model scores the rest. What an album is worth
to a person is the share of its songs that they play among those kept aside. nDCG at 10 of the
albums of three songs or more by each way of ranking, as the mean over people, and its paired
difference to `rank_groups`, the product's; then the same where an album is worth something if half
of its songs are played, and nothing else. Four splits of the map into albums, of which two mix in
artists from anywhere. The map saw these people, so ways compare with each other alone. Settings are
chosen on other people (--from).
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.lists.real_shares import world
from benchmarks.results import record
from musicrec_core import paths
from musicrec_core.app.lists.group_picks import LEAST_SONGS
from musicrec_core.recommender.data.dataset import Catalogue, History
from musicrec_core.recommender.models import checkpoint
from musicrec_core.recommender.ranking import z_scores
from musicrec_core.recommender.ranking.groups import BEST, group_values
from musicrec_core.recommender.scoring.library import LibraryScorer
from musicrec_core.recommender.taste.forward import TasteNet

COMMAND = "python -m benchmarks group_ranking --listening DIR"
ARTISTS, DEPTH, LARGEST = 3_000, 10, 24
STRANGERS = (0.0, 0.0, 0.4, 0.4)
"""Of each split into albums, the share of an album's songs that come from anywhere."""
GOOD = 0.9  # a song among the best tenth counts
Values = NDArray[np.float32]
Way = Callable[[Values], float]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--listening", type=Path, required=True)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--from", dest="first", type=int, default=0)
    parser.add_argument("--write", action="store_true", help="record the figures")
    options = parser.parse_args()
    net = checkpoint.load(paths.bundled_models() / "taste.safetensors")
    catalogue, played = world(options.listening, ARTISTS)
    splits = [albums(catalogue, k, share) for k, share in enumerate(STRANGERS)]
    order = np.random.default_rng(0).permutation(len(played))
    chosen = order[options.first : options.first + options.people].tolist()
    rows = [of_person(net, catalogue, played[who], splits, who) for who in chosen]
    print(f"{len(chosen)} people, {len(catalogue)} artists")
    print(f"{'worth: way':44}{'nDCG':>8}{'less rank_groups':>22}")
    for way in rows[0]:
        values = np.array([row[way] for row in rows])
        gains = values - [row[f"{way.partition(':')[0]}: product"] for row in rows]
        error = gains.std() / len(gains) ** 0.5
        print(f"{way:44}{values.mean():8.4f}{f'{gains.mean():+.4f} ± {error:.4f}':>22}")
        if options.write:
            note = f"{gains.mean():+.4f} ± {error:.4f} beside the product"
            record("group_ranking", f"nDCG, {way}", round(values.mean(), 4), "", COMMAND, note)


def albums(catalogue: Catalogue, seed: int, strangers: float) -> NDArray[np.int64]:
    """Int64 [n]: the album of each artist: a random one, strangers by share, the nearest free."""
    rng = np.random.default_rng(seed)
    codes = np.full(len(catalogue), -1, np.int64)
    code = 0
    for first in rng.permutation(len(catalogue)).tolist():
        free = np.flatnonzero(codes < 0)
        if codes[first] >= 0 or not len(free):
            continue
        size = min(int(rng.integers(1, LARGEST + 1)), len(free))
        near = catalogue.culture[free] @ catalogue.culture[first]
        near[rng.random(len(free)) < strangers * size / len(free)] = np.inf  # from anywhere
        codes[free[np.argsort(-near)[:size]]] = code
        code += 1
    return codes


def of_person(
    net: TasteNet,
    catalogue: Catalogue,
    played: NDArray[np.int64],
    splits: list[NDArray[np.int64]],
    seed: int,
) -> dict[str, float]:
    """By way the mean nDCG over the splits."""
    mixed = np.random.default_rng(seed).permutation(played)
    given, aside = mixed[: len(mixed) // 2], mixed[len(mixed) // 2 :]
    none = np.full(len(given), np.nan, np.float32)
    history = History(given, np.ones(len(given), np.float32), none, np.zeros_like(none))
    values = z_scores(LibraryScorer.of(net, catalogue, history).scored(1000, explained=0).scores)
    counted = ~np.isin(np.arange(len(catalogue)), given)
    liked = np.isin(np.arange(len(catalogue)), aside)
    means: dict[str, list[float]] = {}
    for codes in splits:
        for way, ndcg in _of_split(codes, values, counted, liked).items():
            means.setdefault(way, []).append(ndcg)
    return {way: float(np.mean(each)) for way, each in means.items()}


def _of_split(
    codes: NDArray[np.int64], values: Values, counted: NDArray[np.bool_], liked: NDArray[np.bool_]
) -> dict[str, float]:
    rows, begins, of_albums = group_values(codes, values, counted, best=None)
    *_, of_artists = group_values(codes, values, counted, best=BEST)
    of_each = np.split(rows, begins[1:-1])
    sizes = np.array([len(own) for own in of_each])
    worth = np.array([liked[own].mean() for own in of_each])
    usual, edge = float(values[counted].mean()), float(np.quantile(values[counted], GOOD))
    ways = {name: np.array([way(values[own]) for own in of_each])
            for name, way in _ways(usual, edge).items()}  # fmt: skip
    truths = {
        "albums, share": (worth, sizes >= LEAST_SONGS),
        "albums, half": ((worth >= 0.5).astype(np.float64), sizes >= LEAST_SONGS),
        "artists, share": (worth, sizes >= 1),
        "artists, songs": (worth * sizes, sizes >= 1),
    }
    return {
        f"{what}: {name}": _ndcg(by[large], truth[large])
        for what, (truth, large) in truths.items()
        for name, by in (*ways.items(), ("product", of_albums if "albums" in what else of_artists))
    }


def _ways(usual: float, edge: float) -> dict[str, Way]:
    """Each from the values of an album's songs, the best first."""

    def drawn(prior: float, best: int | None, values: Values) -> float:
        own = values[:best]
        return float((own.sum() + prior * usual) / (len(own) + prior))

    ways: dict[str, Way] = {
        "mean": lambda values: float(values.mean()),
        "max": lambda values: float(values[0]),
        "median": lambda values: float(np.median(values)),
        "count of the best tenth": lambda values: float((values >= edge).sum()),
        "share of the best tenth": lambda values: float((values >= edge).mean()),
    }
    for part, name in ((2, "half"), (3, "third")):
        ways[f"mean of the best {name}"] = lambda values, k=part: float(
            values[: -(-len(values) // k)].mean()
        )
    for prior, best in ((2, None), (0, 3), (1, 3), (2, 5)):
        of = "" if best is None else f" of the best {best}"
        ways[f"mean{of} drawn by {prior}"] = partial(drawn, prior, best)
    return ways


def _ndcg(by: NDArray[np.float64], worth: NDArray[np.float64]) -> float:
    discount = 1 / np.log2(np.arange(DEPTH) + 2)
    ideal = float((np.sort(worth)[::-1][:DEPTH] * discount).sum())
    listed = worth[np.argsort(-by, kind="stable")[:DEPTH]]
    return float((listed * discount).sum()) / ideal if ideal > 0 else 0.0


if __name__ == "__main__":
    main()
