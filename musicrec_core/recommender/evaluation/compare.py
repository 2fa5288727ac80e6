"""What retraining compares upon: a person's opinions, and how each scorer learns from a part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data.labels import Labels, events
from musicrec_core.recommender.data.predictions import LabelledRows, Prediction
from musicrec_core.recommender.evaluation import baselines, half_life
from musicrec_core.recommender.features.recording import library_inputs
from musicrec_core.recommender.taste import calibration, fit
from musicrec_core.recommender.taste.forward import sigmoid
from musicrec_core.recommender.taste.training_set import TrainingSet
from musicrec_core.text import count

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.recommender.taste.forward import TasteNet
    from musicrec_core.records import FloatArray, IntArray

    Watch = Callable[[int, int], None]

FEWEST_OF_EACH = 5


@dataclass(frozen=True, slots=True)
class RetrainComparison:
    """All that is compared upon. groups: int64 [n] by recording, held out together.

    history fades with the half-life of the current model; that of the new one is chosen from its
    training data, so within each fold from the opinions outside of it.
    """

    catalogue: Catalogue
    history: History
    groups: IntArray
    bundled: TasteNet
    incumbent: TasteNet
    seed: int

    @property
    def labels(self) -> Labels:
        """What this person thinks of each recording."""
        return Labels.of(self.history)

    @property
    def folds(self) -> int:
        """More for little feedback, where each opinion counts; fewer where they cost minutes."""
        labels = self.labels
        wanted = 4 if len(labels) < 600 else 3
        return min(wanted, len(np.unique(own_codes(self.groups[labels.rows]))))

    @property
    def repeats(self) -> int:
        """Splits of little feedback are many, and each compares few pairs."""
        return 4 if len(self.labels) < 150 else 1

    def hindrance(self) -> str | None:
        """Why nothing can be compared, as a sentence for the user."""
        labels = self.labels
        likes, dislikes = int((labels.liked == 1).sum()), int((labels.liked == 0).sum())
        if min(likes, dislikes) < FEWEST_OF_EACH:
            return (
                f"You gave {count(likes, 'like')} and {count(dislikes, 'dislike')} so far; "
                f"learning needs at least {FEWEST_OF_EACH} of each."
            )
        if self.folds < 2:
            return "All feedback is about one artist, so nothing can be held out to compare on."
        if self.incumbent.prior and not self._unseen().any():
            return "There is no new feedback since the current model was trained."
        return None

    def _unseen(self) -> NDArray[np.bool_]:
        ids = self.catalogue.track_ids[self.history.rows]
        return ~np.isin(ids, self.incumbent.seen)

    def fading(self, history: History, watch: Watch | None = None) -> half_life.HalfLifeChoice:
        """The half-life at which this history predicts its own later opinions best."""
        return half_life.choose(self.catalogue, history, self.bundled, watch=watch)

    def training_set(self, history: History) -> TrainingSet:
        """What a model is trained on."""
        return TrainingSet.of(self.catalogue, history, self.groups, self.seed)

    def train(self, training: TrainingSet, watch: Watch | None = None) -> TasteNet:
        """A personal model."""
        return fit.train(training, self.bundled, seed=self.seed, watch=watch)

    def predictions(
        self, labels: Labels, held: IntArray, watch: Watch | None
    ) -> dict[str, Prediction]:
        """By scorer, the predictions for recordings of the held-out groups, trained on the others.

        held: int64 [h], positions in `labels` of all recordings of these groups.
        """
        rows = labels.rows[held]
        earlier = events(self.history, ~np.isin(self.history.rows, rows))
        faded = replace(earlier, half_life_days=self.fading(earlier, watch).half_life_days)
        training, outside = self._seen_from(faded, rows)
        candidate = self.train(training, watch) if training.labels.both else self.bundled
        predictions = {"candidate": _by_net(candidate, training, outside)}
        train = _labelled_rows(training.inputs, training.labels)
        test = _labelled_rows(outside, labels.take(held))
        for name, baseline in baselines.ONE_PERSON.items():
            predictions[name] = baseline(train, test, self.seed)
        if earlier.half_life_days != faded.half_life_days:
            training, outside = self._seen_from(earlier, rows)
        current = self._incumbent_in(earlier) if training.labels.both else self.bundled
        return predictions | {"current": _by_net(current, training, outside)}

    def _seen_from(self, history: History, rows: IntArray) -> tuple[TrainingSet, FloatArray]:
        """The training set of a history, and the inputs of recordings outside of it [h, K]."""
        training = self.training_set(history)
        return training, library_inputs(training.plan, self.catalogue, history, rows).matrix

    def _incumbent_in(self, history: History) -> TasteNet:
        """The current model, had it been trained without what is held out from `history`."""
        if not self.incumbent.prior:
            return self.incumbent
        old = np.isin(self.catalogue.track_ids[history.rows], self.incumbent.seen)
        part = events(history, old)
        if not Labels.of(part).both:
            return self.bundled
        return self.train(self.training_set(part))


def own_codes(groups: IntArray) -> IntArray:
    """Codes in which everyone unknown is someone else."""
    return np.where(groups < 0, groups.max(initial=0) + 1 + np.arange(len(groups)), groups)


def _labelled_rows(inputs: FloatArray, labels: Labels) -> LabelledRows:
    nobody = np.zeros(len(labels), np.int64)
    return LabelledRows(inputs, labels.liked, labels.ratings, nobody, labels.rows)


def _by_net(net: TasteNet, training: TrainingSet, outside: FloatArray) -> Prediction:
    """A network's prediction; one trained without ratings gets its line from the training rows."""
    at = [training.plan.names.index(name) for name in net.input_names]
    scores = net.scores(outside[:, at])
    if net.rating_line is None and np.isfinite(training.labels.ratings).any():
        learned = sigmoid(net.logits(training.inputs[:, at]))
        net = replace(net, rating_line=calibration.rating_line(learned, training.labels.ratings))
    ratings = net.ratings(scores)
    nothing = np.full(len(scores), np.nan, np.float32)
    return Prediction(scores, nothing if ratings is None else ratings)
