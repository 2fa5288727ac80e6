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

    history fades as the current model lets it; how it is to fade for the new one is chosen from
    what that one is told, so within each fold from the opinions outside of it.
    """

    catalogue: Catalogue
    history: History
    groups: IntArray
    bundled: TasteNet
    incumbent: TasteNet
    seed: int

    @property
    def told(self) -> Labels:
        """What this person thinks of each recording."""
        return Labels.of(self.history)

    @property
    def folds(self) -> int:
        """More for little feedback, where each opinion counts; fewer where they cost minutes."""
        told = self.told
        wanted = 4 if len(told) < 600 else 3
        return min(wanted, len(np.unique(own_codes(self.groups[told.rows]))))

    @property
    def repeats(self) -> int:
        """Splits of little feedback are many, and each compares few pairs."""
        return 4 if len(self.told) < 150 else 1

    def hindrance(self) -> str | None:
        """Why nothing can be compared, as a sentence for the user."""
        told = self.told
        likes, dislikes = int((told.liked == 1).sum()), int((told.liked == 0).sum())
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
        """How fast this history is to fade, by its own word."""
        return half_life.choose(self.catalogue, history, self.bundled, watch=watch)

    def lesson(self, history: History) -> fit.TrainingSet:
        """What a model is trained on."""
        return fit.TrainingSet.of(self.catalogue, history, self.groups, self.seed)

    def train(self, lesson: fit.TrainingSet, watch: Watch | None = None) -> TasteNet:
        """A personal model."""
        return fit.train(lesson, self.bundled, seed=self.seed, watch=watch)

    def guesses(self, told: Labels, held: IntArray, watch: Watch | None) -> dict[str, Prediction]:
        """What each scorer, knowing nothing of the held-out groups, says of their recordings.

        held: int64 [h], positions in `told` of all recordings of these groups.
        """
        rows = told.rows[held]
        before = events(self.history, ~np.isin(self.history.rows, rows))
        known = replace(before, half_life_days=self.fading(before, watch).half_life_days)
        lesson, outside = self._seen_from(known, rows)
        candidate = self.train(lesson, watch) if lesson.told.both else self.bundled
        found = {"candidate": _by_net(candidate, lesson, outside)}
        train = _known_rows(lesson.inputs, lesson.told)
        test = _known_rows(outside, told.take(held))
        for name, baseline in baselines.ONE_PERSON.items():
            found[name] = baseline(train, test, self.seed)
        if before.half_life_days != known.half_life_days:
            lesson, outside = self._seen_from(before, rows)
        current = self._incumbent_in(before) if lesson.told.both else self.bundled
        return found | {"current": _by_net(current, lesson, outside)}

    def _seen_from(self, history: History, rows: IntArray) -> tuple[fit.TrainingSet, FloatArray]:
        """The lesson of a history, and recordings outside of it as it sees them [h, K]."""
        lesson = self.lesson(history)
        return lesson, library_inputs(lesson.plan, self.catalogue, history, rows).matrix

    def _incumbent_in(self, history: History) -> TasteNet:
        """The current model, had it been trained without what is held out from `history`."""
        if not self.incumbent.prior:
            return self.incumbent
        old = np.isin(self.catalogue.track_ids[history.rows], self.incumbent.seen)
        part = events(history, old)
        if not Labels.of(part).both:
            return self.bundled
        return self.train(self.lesson(part))


def own_codes(groups: IntArray) -> IntArray:
    """Codes in which everyone unknown is someone else."""
    return np.where(groups < 0, groups.max(initial=0) + 1 + np.arange(len(groups)), groups)


def _known_rows(inputs: FloatArray, told: Labels) -> LabelledRows:
    nobody = np.zeros(len(told), np.int64)
    return LabelledRows(inputs, told.liked, told.ratings, nobody, told.rows)


def _by_net(net: TasteNet, lesson: fit.TrainingSet, outside: FloatArray) -> Prediction:
    """A network's guess; one that was never told ratings gets its line from the known rows."""
    at = [lesson.plan.names.index(name) for name in net.input_names]
    scores = net.scores(outside[:, at])
    if net.rating_line is None and np.isfinite(lesson.told.ratings).any():
        learned = sigmoid(net.logits(lesson.inputs[:, at]))
        net = replace(net, rating_line=calibration.rating_line(learned, lesson.told.ratings))
    ratings = net.ratings(scores)
    nothing = np.full(len(scores), np.nan, np.float32)
    return Prediction(scores, nothing if ratings is None else ratings)
