"""The members of a personal model, and which of them stay.

Each part says of every row what it would, had it not been trained on it; the parts that do best
together on such rows are kept.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.taste import calibration
from musicrec_core.recommender.taste.examples import Examples
from musicrec_core.recommender.taste.forward import AnyBlock, TasteNet, sigmoid
from musicrec_core.recommender.taste.trees import fit_trees

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.labels import Labels
    from musicrec_core.recommender.taste.effort import Effort
    from musicrec_core.recommender.taste.fit import TrainingSet
    from musicrec_core.recommender.taste.training import Watch
    from musicrec_core.records import FloatArray

INNER_FOLDS = 4


@dataclass(frozen=True, slots=True)
class Member:
    """A candidate member of the ensemble; `left_out` [m] is NaN for rows it was trained on."""

    blocks: tuple[AnyBlock, ...]
    left_out: FloatArray


def networks(
    lesson: TrainingSet, offsets: FloatArray, effort: Effort, seed: int, watch: Watch | None
) -> Member:
    """Networks that each hold out another fold to stop by.

    They read what a recording is; where it lies to the person's past is in the offset already,
    and as further inputs it only cost them accuracy (docs/experiments.md).
    """
    from musicrec_core.recommender.taste.training import fit

    told, columns = lesson.told, lesson.plan.own
    inputs = lesson.inputs[:, columns]
    examples = Examples.of(inputs, told.targets, told.weights, offsets)
    blocks: list[AnyBlock] = []
    left_out = np.full(len(told), np.nan, np.float32)
    for i in range(effort.networks):
        held = np.flatnonzero(lesson.folds == i % INNER_FOLDS)
        rest = np.flatnonzero(lesson.folds != i % INNER_FOLDS)
        fitted = fit(
            examples.take(rest), examples.take(held), effort.recipe, seed=seed + i, watch=watch
        )
        blocks.append(replace(fitted.block, columns=columns))
        left_out[held] = fitted.block.member_logits(inputs[held]).mean(axis=0)
    return Member(tuple(blocks), left_out)


def trees(lesson: TrainingSet, offsets: FloatArray, effort: Effort, seed: int) -> Member:
    """Boosted trees that each hold out another fold to stop by, of the same inputs."""
    told, columns = lesson.told, lesson.plan.own
    examples = Examples.of(lesson.inputs[:, columns], told.targets, told.weights, offsets)
    blocks: list[AnyBlock] = []
    left_out = np.full(len(told), np.nan, np.float32)
    for i in range(effort.trees):
        held = np.flatnonzero(lesson.folds == i % INNER_FOLDS)
        rest = np.flatnonzero(lesson.folds != i % INNER_FOLDS)
        block = fit_trees(
            examples.take(rest), examples.take(held), columns, effort.growth, seed + i
        )
        blocks.append(block)
        left_out[held] = block.member_logits(lesson.inputs[held]).mean(axis=0)
    return Member(tuple(blocks), left_out)


def select_members(
    base: TasteNet, parts: list[Member], told: Labels, offsets: FloatArray
) -> TasteNet:
    """The parts that do best together on rows that none of them was trained on, calibrated."""
    options = [some for n in range(len(parts)) for some in combinations(parts, n + 1)]
    common = np.isfinite(_mean(tuple(parts))) & (told.weights > 0)
    chosen = min(options, key=lambda option: _loss(option, told, offsets, common))
    logits = _mean(chosen) + offsets
    known = np.isfinite(logits)
    clear = known & np.isfinite(told.liked)
    slope_and_shift = calibration.slope_and_shift(
        logits[clear], told.liked[clear], told.weights[clear]
    )
    line = calibration.rating_line(sigmoid(logits[known]), told.ratings[known])
    blocks = tuple(block for part in chosen for block in part.blocks)
    return replace(base, blocks=blocks, calibration=slope_and_shift, rating_line=line)


def _mean(parts: tuple[Member, ...]) -> FloatArray:
    """The ensemble's logit on held-out rows [m]; each block counts alike."""
    blocks = np.array([len(part.blocks) for part in parts], np.float32)
    mean: FloatArray = blocks @ np.stack([part.left_out for part in parts]) / blocks.sum()
    return mean


def _loss(
    parts: tuple[Member, ...], told: Labels, offsets: FloatArray, rows: NDArray[np.bool_]
) -> float:
    """The weighted cross entropy after calibration, so that mostly the order is compared."""
    if not rows.any():
        return 0.0
    logits, targets, weights = (
        (_mean(parts) + offsets)[rows],
        told.targets[rows],
        told.weights[rows],
    )
    slope, shift = calibration.slope_and_shift(logits, targets, weights)
    found = slope * logits + shift
    return float((weights * (np.logaddexp(0, found) - targets * found)).sum() / weights.sum())
