"""Whether the rate at which evidence fades is chosen well: a taste that changed, one that did not.

    python -m benchmarks half_life --runs 20

Each run is a library and two years of feedback along one direction of tempo, energy and year. In
one world it turns by a right angle after the first year, in another it stays, in a third there is
none. Afterwards fresh opinions are guessed by personal models that remember for as long as was
chosen, for the built-in time, for ever.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import replace

import numpy as np

from benchmarks.taste.gate import history_of
from benchmarks.taste.libraries import library
from musicrec_core import paths
from musicrec_core.recommender.data.dataset import Catalogue, History
from musicrec_core.recommender.data.sample import LibrarySample
from musicrec_core.recommender.evaluation import half_life
from musicrec_core.recommender.evaluation.gate import auc
from musicrec_core.recommender.features.recording import Plan, library_inputs
from musicrec_core.recommender.models import checkpoint
from musicrec_core.recommender.taste import fit
from musicrec_core.recommender.taste.forward import TasteNet
from musicrec_core.recommender.taste.training_set import TrainingSet

DAYS = 730.0
CHANGED_BEFORE_DAYS = 365.0
WORLDS = ("changed", "constant", "noise")


def feedback(
    catalogue: Catalogue, opinions: int, world: str, seed: int
) -> tuple[History, np.ndarray]:
    """Two years of opinions, and the logit of a like at their end for every song."""
    rng = np.random.default_rng(seed)
    standardised = (catalogue.columns - catalogue.columns.mean(axis=0)) / catalogue.columns.std(
        axis=0
    )
    old, new = 3 * np.linalg.qr(rng.normal(size=(standardised.shape[1], 2)))[0].T
    rows = rng.choice(len(catalogue), opinions, replace=False)
    ages = rng.uniform(0, DAYS, opinions)
    logits = [standardised @ way for way in (old, new)]
    if world == "noise":
        liked = rng.random(opinions) < 0.5
    else:
        turned = (ages < CHANGED_BEFORE_DAYS) & (world == "changed")
        logit = np.where(turned, logits[1][rows], logits[0][rows])
        liked = rng.random(opinions) < 1 / (1 + np.exp(-logit))
    history = replace(history_of(rows, liked), ages_days=ages.astype(np.float32))
    return history, logits[1 if world == "changed" else 0]


def predicted(
    catalogue: Catalogue, history: History, logit: np.ndarray, bundled: TasteNet, seed: int
) -> float:
    """AUC of a personal model on fresh opinions about songs never judged."""
    training = TrainingSet.of(catalogue, history, catalogue.artists, seed)
    net = fit.train(training, bundled, seed=seed)
    fresh = np.setdiff1d(np.arange(len(catalogue)), history.rows)
    liked = np.random.default_rng(seed + 1).random(len(fresh)) < 1 / (1 + np.exp(-logit[fresh]))
    scores = net.scores(library_inputs(Plan.of(net), catalogue, history, fresh).matrix)
    return auc(scores, liked.astype(np.float32), np.zeros(len(fresh), np.int64))


def run(world: str, opinions: int, bundled: TasteNet, seed: int) -> tuple[float, list[float]]:
    """The half-life chosen, and the AUC of each way to remember."""
    whole = library(1000, seed=seed)
    history, logit = feedback(whole, opinions, world, seed)
    near = LibrarySample.of(whole, history, seed)
    chosen = half_life.choose(near.catalogue, near.reindexed(history), bundled).half_life_days
    if world == "noise":
        return chosen, []
    ways = (chosen, history.half_life_days, float("inf"))
    losses = {
        days: predicted(whole, replace(history, half_life_days=days), logit, bundled, seed)
        for days in set(ways)
    }
    return chosen, [losses[days] for days in ways]


def main() -> None:
    """Print a line for each world."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--opinions", type=int, default=200)
    options = parser.parse_args()
    bundled = checkpoint.load(paths.bundled_models() / "taste.safetensors")
    for world in WORLDS:
        chosen, scores = zip(
            *(run(world, options.opinions, bundled, seed) for seed in range(options.runs)),
            strict=True,
        )
        counts = ", ".join(
            f"{half_life.worded(days)} {n}" for days, n in sorted(Counter(chosen).items())
        )
        print(f"{world} taste, {options.opinions} opinions, chosen: {counts}")
        if scores[0]:
            table = np.array(scores)
            gain = table[:, 0] - table[:, 1]
            error = gain.std(ddof=1) / len(gain) ** 0.5
            print(
                "  AUC on fresh opinions: chosen {:.3f}, built in {:.3f}, never {:.3f}; ".format(
                    *table.mean(axis=0)
                )
                + f"gain over the built-in rate {gain.mean():+.3f} (standard error {error:.3f})"
            )


if __name__ == "__main__":
    main()
