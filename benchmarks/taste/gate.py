"""How often the gate promotes a model learned from noise, and whether it finds a planted taste.

    python -m benchmarks gate --runs 400 --planted-runs 40 --first 5000

Each run is a library, a person, and `retrain` as the product runs it, from the bundled model.
The baselines are left out of the runs: they decide nothing. A line a run, then the shares. Beside
the rule in use stand its two parts alone: the interval of the gain, and whether errors are alike
among similar songs.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import chain
from unittest.mock import patch

import numpy as np

from benchmarks.taste import worlds
from benchmarks.taste.libraries import library
from musicrec_core import paths
from musicrec_core.recommender.data.dataset import Catalogue, History
from musicrec_core.recommender.data.predictions import prior_mean
from musicrec_core.recommender.evaluation import baselines
from musicrec_core.recommender.evaluation.gate import SIGNIFICANT, Verdict
from musicrec_core.recommender.features.recording import Plan, library_inputs
from musicrec_core.recommender.models import checkpoint
from musicrec_core.recommender.models.retrain import RetrainOutcome, retrain
from musicrec_core.recommender.taste.forward import TasteNet

PLANTED = [("sound", 60), ("sound", 200)] + [
    (kind, opinions) for kind in ("linear", "smooth", "trees") for opinions in (60, 120)
]


def random_feedback(catalogue: Catalogue, opinions: int, seed: int) -> History:
    """Likes and dislikes by the toss of a coin, over a year; the coin is not always fair."""
    rng = np.random.default_rng(seed)
    rows = rng.choice(len(catalogue), opinions, replace=False)
    history = history_of(rows, rng.random(opinions) < rng.choice([0.35, 0.5, 0.65]))
    return replace(history, ages_days=rng.uniform(0, 365, opinions).astype(np.float32))


def planted_feedback(catalogue: Catalogue, opinions: int, seed: int) -> tuple[History, np.ndarray]:
    """Likes energetic songs along one direction of sound, said over a year; the logit comes too."""
    rng = np.random.default_rng(seed)
    direction = rng.normal(size=catalogue.sound.shape[1])
    logit = 6 * catalogue.sound @ direction + 3 * (catalogue.columns[:, 1] - 0.5)
    logit -= np.median(logit)
    rows = rng.choice(len(catalogue), opinions, replace=False)
    history = history_of(rows, rng.random(opinions) < 1 / (1 + np.exp(-logit[rows])))
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
    return catalogue, history_of(rows, worlds.likes(logit, seed)[rows] > 0.5), logit


def history_of(rows: np.ndarray, liked: np.ndarray) -> History:
    """The history of these answers, given now."""
    nothing = np.full(len(rows), np.nan, np.float32)
    values = np.where(liked, 1, -1).astype(np.float32)
    return History(rows.astype(np.int64), values, nothing, np.zeros(len(rows), np.float32))


def favourite_rank(
    outcome: RetrainOutcome, catalogue: Catalogue, history: History, logit: np.ndarray
) -> float:
    """Where the planted favourite among songs never judged stands in the new list, 0 to 1."""
    net = outcome.net
    assert net is not None
    scores = net.scores(library_inputs(Plan.of(net), catalogue, history).matrix)
    unheard = np.setdiff1d(np.arange(len(catalogue)), history.rows)
    best = unheard[logit[unheard].argmax()]
    return float((scores[unheard] > scores[best]).mean())


RULES: dict[str, Callable[[Verdict], bool]] = {
    "in use": lambda verdict: verdict.better,
    "interval of 97 % alone": lambda verdict: verdict.low > 0,
    "likeness alone": lambda verdict: (
        verdict.p_value is not None and verdict.p_value <= SIGNIFICANT
    ),
}


def main() -> None:
    """Print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=400)
    parser.add_argument("--planted-runs", type=int, default=20)
    parser.add_argument("--opinions", type=int, nargs="+", default=[16, 24, 40, 60])
    parser.add_argument("--songs", type=int, default=300)
    parser.add_argument("--tastes", nargs="+", default=["sound", "linear", "smooth", "trees"])
    parser.add_argument("--first", type=int, default=0, help="the seed of the first run")
    options = parser.parse_args()
    bundled = checkpoint.load(paths.bundled_models() / "taste.safetensors")
    only = {"prior_mean": prior_mean}
    with (
        patch.dict(baselines.ONE_PERSON, only, clear=True),
        patch("musicrec_core.recommender.models.retrain.BASELINES", ("prior_mean",)),
    ):
        if options.runs:
            random_runs(options, bundled)
        for kind, opinions in PLANTED if options.planted_runs else ():
            if kind in options.tastes:
                planted_runs(options, bundled, kind, opinions)


def random_runs(options: argparse.Namespace, bundled: TasteNet) -> None:
    """Promotions on noise, the runs shared out among the sizes of feedback."""
    started = time.monotonic()
    by_size: dict[int, list[Verdict | None]] = {size: [] for size in options.opinions}
    for run in range(options.runs):
        seed, opinions = options.first + run, options.opinions[run % len(options.opinions)]
        catalogue = library(options.songs, seed=seed)
        history = random_feedback(catalogue, opinions, seed)
        by_size[opinions].append(retrain(catalogue, history, bundled, bundled).verdict)
        print(f"  {seed} {opinions} {by_size[opinions][-1]}", flush=True)
    seconds = (time.monotonic() - started) / options.runs
    for opinions, verdicts in by_size.items():
        print(f"random feedback, {opinions} opinions: {shares(verdicts)}")
    print(f"random feedback, all: {shares([*chain(*by_size.values())])}; {seconds:.2f} s a run")


def shares(verdicts: list[Verdict | None]) -> str:
    """Promotions by each rule, in percent; where nothing was compared nothing is promoted."""
    return f"{len(verdicts)} runs, promoted " + ", ".join(
        f"{name} {100 * np.mean([v is not None and rule(v) for v in verdicts]):.1f} %"
        for name, rule in RULES.items()
    )


def planted_runs(options: argparse.Namespace, bundled: TasteNet, kind: str, opinions: int) -> None:
    """Promotions of a real taste, and where its favourite ends up."""
    ranks, gains, verdicts = [], [], []
    for run in range(options.first, options.first + options.planted_runs):
        if kind == "sound":
            catalogue = library(1000, seed=run)
            history, logit = planted_feedback(catalogue, opinions, run)
        else:
            catalogue, history, logit = world_feedback(kind, opinions, run)
        outcome = retrain(catalogue, history, bundled, bundled)
        verdicts.append(outcome.verdict)
        print(f"  {kind} {opinions} {run} {outcome.verdict}", flush=True)
        if outcome.candidate.auc is not None and outcome.current.auc is not None:
            gains.append(outcome.candidate.auc - outcome.current.auc)
        if outcome.promoted:
            ranks.append(favourite_rank(outcome, catalogue, history, logit))
    middle = f"{100 * float(np.median(ranks)):.1f} %" if ranks else "-"
    print(
        f"planted taste in {kind}, {opinions} opinions: {shares(verdicts)}; "
        f"mean AUC gain {np.mean(gains):+.3f}; the favourite is in the top {middle} (median)",
        flush=True,
    )


if __name__ == "__main__":
    main()
