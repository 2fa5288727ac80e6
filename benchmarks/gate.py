"""How often the gate promotes a model learned from noise, and whether it finds a planted taste.

    python benchmarks/gate.py --runs 400 --opinions 24

Each run is a library, a person, and `retrain` as the product runs it, from the bundled model.
The baselines are left out of the runs: they decide nothing.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from unittest.mock import patch

import numpy as np
import worlds
from libraries import library

from musicrec_core import paths
from musicrec_core.recommender import baselines
from musicrec_core.recommender.dataset import Catalogue, History
from musicrec_core.recommender.retrain import Outcome, retrain
from musicrec_core.recommender.taste import checkpoint
from musicrec_core.recommender.taste.forward import TasteNet
from musicrec_core.recommender.taste.personal import Plan, library_inputs


def random_feedback(catalogue: Catalogue, opinions: int, seed: int) -> History:
    """Likes and dislikes by the toss of a coin, over a year; the coin is not always fair."""
    rng = np.random.default_rng(seed)
    rows = rng.choice(len(catalogue), opinions, replace=False)
    history = told(rows, rng.random(opinions) < rng.choice([0.35, 0.5, 0.65]))
    return replace(history, ages_days=rng.uniform(0, 365, opinions).astype(np.float32))


def planted_feedback(catalogue: Catalogue, opinions: int, seed: int) -> tuple[History, np.ndarray]:
    """Likes energetic songs along one direction of sound, said over a year; the logit comes too."""
    rng = np.random.default_rng(seed)
    direction = rng.normal(size=catalogue.sound.shape[1])
    logit = 6 * catalogue.sound @ direction + 3 * (catalogue.columns[:, 1] - 0.5)
    logit -= np.median(logit)
    rows = rng.choice(len(catalogue), opinions, replace=False)
    history = told(rows, rng.random(opinions) < 1 / (1 + np.exp(-logit[rows])))
    return replace(history, ages_days=rng.uniform(0, 365, opinions).astype(np.float32)), logit


def world_feedback(kind: str, opinions: int, seed: int) -> tuple[Catalogue, History, np.ndarray]:
    """A library of nothing but a dozen columns, and a taste in them of one kind."""
    made = worlds.songs(1000, seed, songs_an_artist=4)
    n = len(made.artists)
    nothing = np.full((n, 4), np.nan, np.float32)
    catalogue = Catalogue(
        np.arange(n) + 1, nothing, nothing, made.columns, worlds.COLUMNS, made.artists,
        np.full(n, -1), np.zeros(0, np.int64), np.zeros(n + 1, np.int64), (),
    )  # fmt: skip
    logit = worlds.taste(made, kind, seed)
    rows = np.random.default_rng(seed).choice(n, opinions, replace=False)
    return catalogue, told(rows, worlds.likes(logit, seed)[rows] > 0.5), logit


def told(rows: np.ndarray, liked: np.ndarray) -> History:
    """The history of these answers, given now."""
    nothing = np.full(len(rows), np.nan, np.float32)
    values = np.where(liked, 1, -1).astype(np.float32)
    return History(rows.astype(np.int64), values, nothing, np.zeros(len(rows), np.float32))


def favourite_rank(
    outcome: Outcome, catalogue: Catalogue, history: History, logit: np.ndarray
) -> float:
    """Where the planted favourite among songs never judged stands in the new list, 0 to 1."""
    net = outcome.net
    assert net is not None
    scores = net.scores(library_inputs(Plan.of(net), catalogue, history).matrix)
    unheard = np.setdiff1d(np.arange(len(catalogue)), history.rows)
    best = unheard[logit[unheard].argmax()]
    return float((scores[unheard] > scores[best]).mean())


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--planted-runs", type=int, default=20)
    parser.add_argument("--opinions", type=int, nargs="+", default=[16, 24, 40])
    parser.add_argument("--songs", type=int, default=300)
    options = parser.parse_args()
    bundled = checkpoint.load(paths.bundled_models() / "taste.safetensors")
    only = {"prior_mean": baselines.prior_mean}
    with (
        patch.dict(baselines.ONE_PERSON, only, clear=True),
        patch("musicrec_core.recommender.retrain.BASELINES", ("prior_mean",)),
    ):
        random_runs(options, bundled)
        for opinions in (60, 200):
            planted_runs(options, bundled, "sound", opinions)
        for kind in ("linear", "smooth", "trees"):
            for opinions in (60, 120):
                planted_runs(options, bundled, kind, opinions)


def random_runs(options: argparse.Namespace, bundled: TasteNet) -> None:
    """Promotions on noise, the runs shared out among the sizes of feedback."""
    promoted = compared = 0
    started = time.monotonic()
    for run in range(options.runs):
        catalogue = library(options.songs, seed=run)
        opinions = options.opinions[run % len(options.opinions)]
        outcome = retrain(catalogue, random_feedback(catalogue, opinions, run), bundled, bundled)
        promoted += outcome.promoted
        compared += outcome.candidate.auc is not None
    seconds = (time.monotonic() - started) / options.runs
    print(
        f"random feedback: {promoted} of {options.runs} runs promoted "
        f"({100 * promoted / options.runs:.1f} %, at most 5 % wanted); "
        f"{compared} compared; {seconds:.2f} s a run"
    )


def planted_runs(options: argparse.Namespace, bundled: TasteNet, kind: str, opinions: int) -> None:
    """Promotions of a real taste, and where its favourite ends up."""
    ranks, gains = [], []
    for run in range(options.planted_runs):
        if kind == "sound":
            catalogue = library(1000, seed=run)
            history, logit = planted_feedback(catalogue, opinions, run)
        else:
            catalogue, history, logit = world_feedback(kind, opinions, run)
        outcome = retrain(catalogue, history, bundled, bundled)
        if outcome.candidate.auc is not None and outcome.current.auc is not None:
            gains.append(outcome.candidate.auc - outcome.current.auc)
        if outcome.promoted:
            ranks.append(favourite_rank(outcome, catalogue, history, logit))
    if not gains:
        return
    middle = f"{100 * float(np.median(ranks)):.1f} %" if ranks else "-"
    print(
        f"planted taste in {kind}, {opinions} opinions: "
        f"{len(ranks)} of {options.planted_runs} promoted, mean AUC gain {np.mean(gains):+.3f}; "
        f"the favourite is in the top {middle} (median)"
    )


if __name__ == "__main__":
    main()
