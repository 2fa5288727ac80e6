"""The members of a personal model, and which of them stay.

Each member predicts every row without having been trained on it (cross-fitting); the subset of
members whose mean does best on these out-of-sample predictions is kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.taste import calibration
from musicrec_core.recommender.taste.examples import Examples
from musicrec_core.recommender.taste.forward import AnyBlock, TasteNet, sigmoid
from musicrec_core.recommender.taste.training_set import INNER_FOLDS, TrainingSet
from musicrec_core.recommender.taste.trees import fit_trees

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.labels import Labels
    from musicrec_core.recommender.taste.effort import Effort
    from musicrec_core.recommender.taste.training import Watch
    from musicrec_core.records import FloatArray


@dataclass(frozen=True, slots=True)
class Member:
    """A candidate member of the ensemble; `left_out` [m] is NaN for rows it was trained on."""

    blocks: tuple[AnyBlock, ...]
    left_out: FloatArray


def networks(
    training: TrainingSet, offsets: FloatArray, effort: Effort, seed: int, watch: Watch | None
) -> Member:
    """Networks that each hold out another fold to stop by.

    They read what a recording is; the relational inputs are in the offset already, and here they
    only cost accuracy (docs/experiments.md).
    """
    from musicrec_core.recommender.taste.training import fit

    labels, columns = training.labels, training.plan.own
    inputs = training.inputs[:, columns]
    examples = Examples.of(inputs, labels.targets, labels.weights, offsets)
    blocks: list[AnyBlock] = []
    left_out = np.full(len(labels), np.nan, np.float32)
    for i in range(effort.networks):
        held = np.flatnonzero(training.folds == i % INNER_FOLDS)
        rest = np.flatnonzero(training.folds != i % INNER_FOLDS)
        fitted = fit(
            examples.take(rest), examples.take(held), effort.recipe, seed=seed + i, watch=watch
        )
        blocks.append(replace(fitted.block, columns=columns))
        left_out[held] = fitted.block.member_logits(inputs[held]).mean(axis=0)
    return Member(tuple(blocks), left_out)


def trees(training: TrainingSet, offsets: FloatArray, effort: Effort, seed: int) -> Member:
    """Boosted trees that each hold out another fold to stop by, of the same inputs."""
    labels, columns = training.labels, training.plan.own
    examples = Examples.of(training.inputs[:, columns], labels.targets, labels.weights, offsets)
    blocks: list[AnyBlock] = []
    left_out = np.full(len(labels), np.nan, np.float32)
    for i in range(effort.trees):
        held = np.flatnonzero(training.folds == i % INNER_FOLDS)
        rest = np.flatnonzero(training.folds != i % INNER_FOLDS)
        block = fit_trees(
            examples.take(rest), examples.take(held), columns, effort.growth, seed + i
        )
        blocks.append(block)
        left_out[held] = block.member_logits(training.inputs[held]).mean(axis=0)
    return Member(tuple(blocks), left_out)


def select_members(
    base: TasteNet, members: list[Member], labels: Labels, offsets: FloatArray
) -> TasteNet:
    """The subset of members with the least out-of-sample loss, calibrated."""
    options = [some for n in range(len(members)) for some in combinations(members, n + 1)]
    common = np.isfinite(_mean(tuple(members))) & (labels.weights > 0)
    chosen = min(options, key=lambda option: _loss(option, labels, offsets, common))
    logits = _mean(chosen) + offsets
    finite = np.isfinite(logits)
    clear = finite & np.isfinite(labels.liked)
    slope_and_shift = calibration.slope_and_shift(
        logits[clear], labels.liked[clear], labels.weights[clear]
    )
    line = calibration.rating_line(sigmoid(logits[finite]), labels.ratings[finite])
    blocks = tuple(block for member in chosen for block in member.blocks)
    return replace(base, blocks=blocks, calibration=slope_and_shift, rating_line=line)


def _mean(members: tuple[Member, ...]) -> FloatArray:
    """The ensemble's logit on held-out rows [m]; each block counts alike."""
    blocks = np.array([len(member.blocks) for member in members], np.float32)
    mean: FloatArray = blocks @ np.stack([member.left_out for member in members]) / blocks.sum()
    return mean


def _loss(
    members: tuple[Member, ...], labels: Labels, offsets: FloatArray, rows: NDArray[np.bool_]
) -> float:
    """The weighted cross entropy after calibration, so that mostly the order is compared."""
    if not rows.any():
        return 0.0
    logits, targets, weights = (
        (_mean(members) + offsets)[rows],
        labels.targets[rows],
        labels.weights[rows],
    )
    slope, shift = calibration.slope_and_shift(logits, targets, weights)
    calibrated = slope * logits + shift
    return float(
        (weights * (np.logaddexp(0, calibrated) - targets * calibrated)).sum() / weights.sum()
    )
