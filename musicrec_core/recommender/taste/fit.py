"""One person's model: as large as that person's feedback can support.

It stands on the bundled network, whose logit is the offset of everything else. A Bayesian linear
model is always fitted; from a few dozen opinions on boosted trees join it, from a hundred or so on
networks (`effort.py`); held-out rows of their training decide who stays (`ensemble.py`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.taste import bayes, calibration
from musicrec_core.recommender.taste.effort import Effort
from musicrec_core.recommender.taste.ensemble import Member, networks, select_members, trees
from musicrec_core.recommender.taste.forward import TasteNet
from musicrec_core.recommender.taste.training_set import TrainingSet

if TYPE_CHECKING:
    from musicrec_core.recommender.data.labels import Labels
    from musicrec_core.recommender.features.recording import Plan
    from musicrec_core.recommender.taste.training import Watch
    from musicrec_core.records import FloatArray


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
