"""What evaluation measures on: each user's folds, the personal model and the baselines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data import metrics
from musicrec_core.recommender.data.dataset import History
from musicrec_core.recommender.data.labels import Labels
from musicrec_core.recommender.data.predictions import LabelledRows, Prediction, prior_mean
from musicrec_core.recommender.data.rating_table import as_catalogue, liked
from musicrec_core.recommender.data.sample import BACKGROUND, LibrarySample
from musicrec_core.recommender.evaluation import baselines
from musicrec_core.recommender.evaluation.compare import own_codes
from musicrec_core.recommender.evaluation.pooled_prior import PooledPrior
from musicrec_core.recommender.evaluation.sampling import (
    MANY_USERS,
    MOST_TRAINING_ROWS,
    RatingSample,
    sample_rows,
)
from musicrec_core.recommender.features.prior import Prior
from musicrec_core.recommender.features.recording import Plan, library_inputs
from musicrec_core.recommender.taste import fit
from musicrec_core.recommender.taste.effort import Effort
from musicrec_core.recommender.taste.forward import sigmoid
from musicrec_core.recommender.taste.training_set import TrainingSet

if TYPE_CHECKING:
    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.recommender.data.rating_table import EvaluationTable
    from musicrec_core.recommender.taste.forward import TasteNet
    from musicrec_core.records import IntArray

MODEL = "musicrec"
FEWEST_ROWS = 2


@dataclass(frozen=True, slots=True, repr=False)
class CrossValidation:
    """The table as a catalogue, and the fold of every rating [r]."""

    table: EvaluationTable
    catalogue: Catalogue
    fold: IntArray
    folds: int
    seed: int
    bundled: TasteNet | None
    measured: RatingSample

    @classmethod
    def of(
        cls, table: EvaluationTable, folds: int, seed: int, bundled: TasteNet | None
    ) -> CrossValidation:
        codes = own_codes(table.groups)[table.tracks]
        fold = metrics.grouped_folds(codes, folds, seed, liked(table.ratings))
        measured = RatingSample.of(table, seed)
        return cls(table, as_catalogue(table), fold, folds, seed, bundled, measured)

    @property
    def names(self) -> tuple[str, ...]:
        return (MODEL, *baselines.ONE_PERSON, *baselines.EVERYBODY)

    def pooled_prior(self, held: int) -> PooledPrior | None:
        """What all users together like, from the other folds; None for a user alone."""
        if self.bundled:
            return None  # in a library each user is alone, as its owner is
        train = sample_rows(np.flatnonzero(self.fold != held), MOST_TRAINING_ROWS, self.seed)
        table = self.table
        return PooledPrior.of(
            self.catalogue, own_codes(table.groups), table.users[train], table.tracks[train],
            table.ratings[train], self.seed,
        )  # fmt: skip

    def predict(
        self, user: int, held: int, pooled: PooledPrior | None, predictions: dict[str, Prediction]
    ) -> None:
        """Predict a user's held-out fold from the other folds of that user."""
        own = self.table.users == user
        train = sample_rows(
            np.flatnonzero(own & (self.fold != held)), MOST_TRAINING_ROWS, self.seed
        )
        test = np.flatnonzero(own & (self.fold == held) & self.measured.ratings)
        if not len(test):
            return
        training, held_out = self._labelled(train), self._labelled(test)
        for name, baseline in baselines.ONE_PERSON.items():
            predictions[name].put(test, baseline(training, held_out, self.seed))
        predictions[MODEL].put(test, self._by_model(train, test, pooled))

    def predict_by_all(self, held: int, predictions: dict[str, Prediction]) -> None:
        """The baselines that learn from all users' other folds."""
        train = np.flatnonzero(self.fold != held)
        test = np.flatnonzero((self.fold == held) & self.measured.ratings)
        if not len(test):
            return
        for name, baseline in baselines.EVERYBODY.items():
            predictions[name].put(
                test, baseline(self._labelled(train), self._labelled(test), self.seed)
            )

    def _labelled(self, rows: IntArray) -> LabelledRows:
        ratings, tracks = self.table.ratings[rows], self.table.tracks[rows]
        inputs = self.catalogue.columns[tracks]
        return LabelledRows(inputs, liked(ratings), ratings, self.table.users[rows], tracks)

    def _effort(self, rows: int, pooled: PooledPrior | None) -> Effort:
        """What `retrain` would take; one of very many users costs no more than a linear model."""
        effort = Effort.for_rows(rows)
        many = pooled and len(self.table.user_ids) > MANY_USERS
        return replace(effort, networks=0, trees=0) if many else effort

    def _by_model(self, train: IntArray, test: IntArray, pooled: PooledPrior | None) -> Prediction:
        history = self._history(train)
        labels = Labels.of(history)
        if len(labels) < FEWEST_ROWS or not (labels.both or pooled):
            return prior_mean(self._labelled(train), self._labelled(test), self.seed)
        near = self._near(np.concatenate([train, test]), pooled)
        codes, history = near.codes_of(own_codes(self.table.groups)), near.reindexed(history)
        training = TrainingSet.of(near.catalogue, history, codes, self.seed, Prior.none())
        net = fit.train(
            training,
            pooled.net if pooled else self.bundled,
            seed=self.seed,
            effort=self._effort(len(training.labels), pooled),
            prior_logits=pooled.unseen_logits[near.rows[training.labels.rows]] if pooled else None,
        )
        rows = np.searchsorted(near.rows, self.table.tracks[test])
        goal = library_inputs(training.plan, near.catalogue, history, rows, None, Prior.none())
        scores = net.scores(goal.matrix)
        ratings = net.ratings(scores)
        if ratings is None:
            ratings = 1 + 4 * sigmoid(net.logits(goal.matrix))
        return Prediction(scores, ratings)

    def _near(self, ratings: IntArray, pooled: PooledPrior | None) -> LibrarySample:
        """What one user's training looks at: of many tracks the rated ones and a sample."""
        whole = LibrarySample(self.catalogue, np.arange(len(self.catalogue)))
        if len(self.catalogue) <= BACKGROUND:
            return whole
        near = LibrarySample.of(self.catalogue, self._history(ratings), self.seed, BACKGROUND)
        read = pooled.net.input_names if pooled else ()  # may be the same for all of a sample
        return near if {*read} <= {*Plan.personal(near.catalogue).names} else whole

    def _history(self, rows: IntArray) -> History:
        ratings = self.table.ratings[rows]
        values = ((ratings - 3) / 2).astype(np.float32)
        return History(self.table.tracks[rows], values, ratings, np.zeros(len(rows), np.float32))
