"""Whether a list keeps the shares of a mixed taste, and what that costs.

    python -m benchmarks calibration [--songs 15000] [--seeds 40] [--first 100]

A made-up listener has three styles of a made-up library, liked by 0.7, 0.2 and 0.1. The likes are
drawn by these shares; those of one half of the artists are given, those of the other are kept
aside. Lists of 20 by the bundled model, what was liked left out. By strength, means over listeners
and their standard error: *divergence* of the list's shares from those liked (Kullback-Leibler over
the three styles, as Steck 2018 measures), the *rarest* style's share, *nDCG* of what was kept
aside, and how many of the list are of a style that is liked at all (*of taste*).
"""

from __future__ import annotations

import argparse

import numpy as np
from numpy.typing import NDArray

from benchmarks.lists.worlds import library
from benchmarks.results import record
from musicrec_core import paths
from musicrec_core.recommender.data.dataset import History
from musicrec_core.recommender.models import checkpoint
from musicrec_core.recommender.ranking import CALIBRATED, Rules, rank
from musicrec_core.recommender.scoring.library import LibraryScorer
from musicrec_core.recommender.taste.forward import TasteNet

SHARES = np.array([0.7, 0.2, 0.1])
STRENGTHS = (0.0, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
GIVEN, KEPT_ASIDE, LISTED = 40, 40, 20
MEASURES = ("divergence", "rarest", "nDCG", "of taste")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--songs", type=int, default=15_000)
    parser.add_argument("--seeds", type=int, default=40)
    parser.add_argument("--first", type=int, default=100, help="those from 0 chose the strength")
    parser.add_argument("--write", action="store_true", help="record the figures")
    args = parser.parse_args()
    net = checkpoint.load(paths.bundled_models() / "taste.safetensors")
    seeds = range(args.first, args.first + args.seeds)
    measured = np.array([listener(net, args.songs, seed) for seed in seeds])
    print(f"{'strength':10}" + "".join(f"{name:>18}" for name in MEASURES))
    means, errors = measured.mean(axis=0), measured.std(axis=0) / len(seeds) ** 0.5
    for strength, mean, error in zip(STRENGTHS, means, errors, strict=True):
        cells = (f"{m:.3f} ± {e:.3f}" for m, e in zip(mean, error, strict=True))
        print(f"{strength:<10}" + "".join(f"{cell:>18}" for cell in cells))
    for k, name in enumerate(MEASURES[:3] if args.write else ()):
        for at, way in ((0, "without"), (STRENGTHS.index(CALIBRATED), "with")):
            record(
                "calibration", f"{name} {way} calibration", round(float(means[at, k]), 3), "",
                "python -m benchmarks calibration", f"{args.seeds} listeners, {args.songs} songs",
            )  # fmt: skip


def listener(net: TasteNet, songs: int, seed: int) -> NDArray[np.float64]:
    """Float64 [STRENGTHS, MEASURES] of one listener."""
    catalogue = library(songs, seed)
    rng = np.random.default_rng(seed)
    style = catalogue.tag_codes[::2]
    own = rng.permutation(np.unique(style))[: len(SHARES)]
    first_half = rng.permutation(int(catalogue.artists.max()) + 1)[catalogue.artists] % 2 == 0
    given = _drawn(rng, style, own, first_half, GIVEN)
    aside = _drawn(rng, style, own, ~first_half, KEPT_ASIDE)
    none = np.full(len(given), np.nan, np.float32)
    history = History(given, np.ones(len(given), np.float32), none, np.zeros_like(none))
    scoring = LibraryScorer.of(net, catalogue, history).scored(1000, explained=0)
    allowed = ~np.isin(np.arange(songs), given)
    liked = np.array([(style[given] == one).mean() for one in own])
    rows = []
    for strength in STRENGTHS:
        rules = Rules(explore=0, calibrated=strength)
        picks = rank(catalogue, history, scoring, LISTED, allowed=allowed, rules=rules)
        rows.append(_measured(np.array([pick.row for pick in picks]), style, own, liked, aside))
    return np.array(rows)


def _drawn(
    rng: np.random.Generator,
    style: NDArray[np.int64],
    own: NDArray[np.int64],
    among: NDArray[np.bool_],
    count: int,
) -> NDArray[np.int64]:
    """Rows of each style by its share, as far as there are so many."""
    parts = []
    for one, share in zip(own, SHARES, strict=True):
        there = rng.permutation(np.flatnonzero(among & (style == one)))
        parts.append(there[: round(share * count)])
    return np.concatenate(parts)


def _measured(
    listed: NDArray[np.int64],
    style: NDArray[np.int64],
    own: NDArray[np.int64],
    liked: NDArray[np.float64],
    aside: NDArray[np.int64],
) -> list[float]:
    """In the order of MEASURES."""
    shares = np.array([(style[listed] == one).mean() for one in own])
    smooth = 0.99 * shares + 0.01 * liked
    wanted = liked > 0
    divergence = float((liked[wanted] * np.log(liked[wanted] / smooth[wanted])).sum())
    worth = 1 / np.log2(np.arange(len(listed)) + 2)
    ndcg = float((np.isin(listed, aside) * worth).sum() / worth.sum())
    return [divergence, float(shares[-1]), ndcg, float(shares.sum())]


if __name__ == "__main__":
    main()
