"""One person's model: as large as that person's feedback can support.

It stands on the bundled network, whose logit is the offset of everything else. A Bayesian linear
model is always fitted; from a few dozen opinions on boosted trees join it, from a hundred or so on
networks (`effort.py`); held-out rows of their training decide who stays (`ensemble.py`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data.labels import Labels, events
from musicrec_core.recommender.data.metrics import grouped_folds
from musicrec_core.recommender.features.recording import Plan, library_inputs
from musicrec_core.recommender.taste import bayes, calibration
from musicrec_core.recommender.taste.effort import Effort
from musicrec_core.recommender.taste.ensemble import (
    INNER_FOLDS,
    Member,
    networks,
    select_members,
    trees,
)
from musicrec_core.recommender.taste.forward import TasteNet

if TYPE_CHECKING:
    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.recommender.features.prior import Prior
    from musicrec_core.recommender.taste.training import Watch
    from musicrec_core.records import FloatArray, IntArray


@dataclass(frozen=True, slots=True, repr=False)
class TrainingSet:
    """All that one person's model is trained on.

    inputs: float32 [m, K] of the plan, each recording's relative to the opinions outside its fold
    (cross-fitting). folds: int64 [m], by groups.
    """

    plan: Plan
    labels: Labels
    inputs: FloatArray
    folds: IntArray
    track_ids: IntArray

    @classmethod
    def of(
        cls,
        catalogue: Catalogue,
        history: History,
        groups: IntArray,
        seed: int = 0,
        prior: Prior | None = None,
    ) -> TrainingSet:
        """groups: int64 [n], by recording; what lies in one is held out together (artists)."""
        labels, plan = Labels.of(history), Plan.personal(catalogue)
        folds = grouped_folds(groups[labels.rows], INNER_FOLDS, seed, labels.liked)
        inputs = crossed_inputs(plan, catalogue, history, labels.rows, folds, prior)
        return cls(plan, labels, inputs, folds, catalogue.track_ids[labels.rows])


def train(
    training: TrainingSet,
    bundled: TasteNet | None,
    *,
    seed: int = 0,
    effort: Effort | None = None,
    watch: Watch | None = None,
    prior_logits: FloatArray | None = None,
) -> TasteNet:
    """A personal model from feedback of both kinds.

    prior_logits: float32 [m], out-of-sample logits of the bundled net for the training rows, where
    it was trained on some of them and its own would be too sure.
    """
    labels = training.labels
    effort = effort or Effort.for_rows(len(labels))
    base = replace(
        _standing_on(bundled, training.plan),
        axes=dict(training.plan.axes),
        seen=np.sort(training.track_ids),
    )
    offsets = np.zeros(len(labels), np.float32)
    if bundled:
        bundled_logits = base.logits(training.inputs) if prior_logits is None else prior_logits
        base = replace(base, prior_weight=_trust(bundled_logits, labels, bundled.calibration[0]))
        offsets = np.float32(base.prior_weight) * bundled_logits
    linear = bayes.fit_linear(
        training.inputs,
        labels.targets,
        labels.weights,
        offsets,
        members=effort.linear_members,
        seed=seed,
    )
    members = [Member((linear.block,), linear.left_out_logits - offsets)]
    if effort.networks and len(training.plan.own):
        members.append(networks(training, offsets, effort, seed, watch))
    if effort.trees and len(training.plan.own):
        members.append(trees(training, offsets, effort, seed))
    return select_members(base, members, labels, offsets)


def crossed_inputs(
    plan: Plan,
    catalogue: Catalogue,
    history: History,
    rows: IntArray,
    fold: IntArray,
    prior: Prior | None = None,
) -> FloatArray:
    """Float32 [m, K]: the inputs of recordings, each relative to the history outside its own fold.

    So training rows look as recordings by new artists will. Leaving out no more than the row
    itself gives its answer away: where a like is missing there was one.
    """
    inputs = np.empty((len(rows), len(plan.names)), np.float32)
    fold_of = np.full(len(catalogue), -1)
    fold_of[rows] = fold
    for held in np.unique(fold):
        outside = events(history, fold_of[history.rows] != held)
        own = rows[fold == held]
        inputs[fold == held] = library_inputs(plan, catalogue, outside, own, None, prior).matrix
    # The counts are of the whole history; by fold they would tell how many of it are liked.
    counts = [plan.names.index(name) for name in ("liked_count", "disliked_count")]
    inputs[:, counts] = library_inputs(plan, catalogue, history, rows[:1], None, prior).matrix[
        0, counts
    ]
    return inputs


def _standing_on(bundled: TasteNet | None, plan: Plan) -> TasteNet:
    """A net of the plan's inputs whose prior is the bundled one, its columns found by name."""
    if bundled is None:
        return TasteNet(plan.names, plan.groups, ())
    place = {name: i for i, name in enumerate(plan.names)}
    at = np.array([place[name] for name in bundled.input_names], np.int64)
    blocks = tuple(replace(b, columns=at[b.columns]) for b in bundled.blocks)
    return TasteNet(plan.names, plan.groups, (), blocks)


def _trust(logits: FloatArray, labels: Labels, expected: float) -> float:
    """The prior's weight: a Gaussian belief around `expected`, updated by this person's labels."""
    slope, _ = calibration.slope_and_shift(
        logits, labels.targets, labels.weights, expected_slope=expected, doubt=expected / 2
    )
    return slope
