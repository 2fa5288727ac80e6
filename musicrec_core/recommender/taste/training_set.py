"""What one person's model is trained on, each row cross-fitted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data.labels import Labels, events
from musicrec_core.recommender.data.metrics import grouped_folds
from musicrec_core.recommender.features.recording import Plan, library_inputs

if TYPE_CHECKING:
    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.recommender.features.prior import Prior
    from musicrec_core.records import FloatArray, IntArray

INNER_FOLDS = 4


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
