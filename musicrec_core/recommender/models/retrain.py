"""Learn from the feedback so far, and keep the result only where it proves better.

Candidate, current model and baselines predict the same held-out opinions (grouped
cross-validation): whole artists are held out, whose opinions are neither training rows nor part of
the history that inputs are relative to. A personal model
that is in use has seen old feedback, so its procedure is run again within each fold on what it
had seen; the question asked is whether learning from the new feedback helps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.model_records import Metrics
from musicrec_core.recommender.data import metrics
from musicrec_core.recommender.data.sample import LibrarySample
from musicrec_core.recommender.evaluation import baselines, gate
from musicrec_core.recommender.evaluation.compare import RetrainComparison, own_codes
from musicrec_core.recommender.evaluation.half_life import HalfLifeChoice
from musicrec_core.recommender.evaluation.held_out import HeldOut
from musicrec_core.recommender.threads import single_thread
from musicrec_core.records import Progress

if TYPE_CHECKING:
    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.recommender.taste.forward import TasteNet
    from musicrec_core.records import IntArray

BASELINES = tuple(baselines.ONE_PERSON)


@dataclass(frozen=True, slots=True)
class RetrainOutcome:
    """What retraining found; `net` only when it is promoted."""

    net: TasteNet | None
    promoted: bool
    reason: str
    candidate: Metrics = field(default_factory=Metrics)
    current: Metrics = field(default_factory=Metrics)
    baselines: dict[str, Metrics] = field(
        default_factory=lambda: {name: Metrics() for name in BASELINES}
    )
    half_life: HalfLifeChoice | None = None
    """How fast the new model lets old evidence fade; None where nothing was compared."""
    verdict: gate.Verdict | None = None
    """What the decision rests on; None where nothing was compared."""


class _StoppedError(Exception):
    """The user asked to stop."""


def retrain(
    catalogue: Catalogue,
    history: History,
    bundled: TasteNet,
    incumbent: TasteNet,
    *,
    groups: IntArray | None = None,
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> RetrainOutcome:
    """Train on `history`, compare on held-out groups (by default artists), decide.

    groups: int64 [n] codes by recording; -1 is a group of its own. The history fades as the
    incumbent was trained to let it.
    """
    near = LibrarySample.of(catalogue, history, seed)
    codes = near.codes_of(catalogue.artists if groups is None else groups)
    seen = near.reindexed(history)
    comparison = RetrainComparison(near.catalogue, seen, codes, bundled, incumbent, seed)
    hindrance = comparison.hindrance()
    if hindrance:
        return RetrainOutcome(None, False, hindrance)
    steps = _Steps(comparison.repeats * comparison.folds + 2, progress, cancelled)
    try:
        with single_thread():
            return _compared(comparison, steps)
    except _StoppedError:
        return RetrainOutcome(None, False, "Training was stopped, so the current model stays.")


@dataclass(slots=True)
class _Steps:
    """Tells how far training is, and stops it when asked to."""

    total: int
    progress: Callable[[Progress], None] | None
    cancelled: Callable[[], bool] | None
    done: int = 0

    def next(self, losses: tuple[float, float] | None = None) -> None:
        self.done += 1
        self.watch(0, 0)
        if self.progress:
            self.progress(Progress("training", self.done, self.total, losses=losses))

    def watch(self, epoch: int, most: int) -> None:
        del epoch, most
        if self.cancelled and self.cancelled():
            raise _StoppedError


def _compared(comparison: RetrainComparison, steps: _Steps) -> RetrainOutcome:
    labels = comparison.labels
    codes = own_codes(comparison.groups[labels.rows])
    held_out = HeldOut(labels, codes)
    for repeat in range(comparison.repeats):
        fold = metrics.grouped_folds(
            codes, comparison.folds, comparison.seed + repeat, labels.liked
        )
        for held in range(comparison.folds):
            rows = np.flatnonzero(fold == held)
            held_out.add(rows, comparison.predictions(labels, rows, steps.watch))
            steps.next(held_out.losses())
    measured = held_out.measured()
    verdict = held_out.verdict(comparison.seed)
    if (
        not comparison.incumbent.prior
    ):  # a first step away from the bundled model; later ones refine it
        verdict = replace(verdict, p_value=held_out.p_value(comparison.catalogue, comparison.seed))
    fading = comparison.fading(comparison.history, steps.watch)
    steps.next()
    history = replace(comparison.history, half_life_days=fading.half_life_days)
    net = (
        comparison.train(comparison.training_set(history), steps.watch) if verdict.better else None
    )
    steps.next()
    reason = _reason(verdict, measured["candidate"], measured["current"], held_out.opinions)
    reason += _beaten_by(measured)
    return RetrainOutcome(
        net, verdict.better, reason, measured["candidate"], measured["current"],
        {name: measured[name] for name in BASELINES}, fading, verdict,
    )  # fmt: skip


def _beaten_by(measured: dict[str, Metrics]) -> str:
    """A sentence on the simple method that orders better than both models, if there is one."""
    best = max(BASELINES, key=lambda name: measured[name].auc or 0)
    figure = measured[best].auc or 0
    if figure <= max(measured["candidate"].auc or 0, measured["current"].auc or 0):
        return ""
    return f" A simple method does better there: {best.replace('_', ' ')}, {figure * 100:.0f} %."


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %" if share >= 0.001 else "less than 0.1 %"


def _reason(verdict: gate.Verdict, candidate: Metrics, current: Metrics, opinions: int) -> str:
    """One plain sentence."""
    new, old = (f"{(m.auc or 0) * 100:.0f} %" for m in (candidate, current))
    measured = (
        f"on {opinions} held-out opinions it puts a liked song above a disliked one in {new} of "
        f"pairs, the current model in {old} ({100 - 200 * gate.TAIL:.0f} % interval of the gain "
        f"{verdict.low:+.2f} to {verdict.high:+.2f})"
    )
    if verdict.explained:
        measured += (
            "; besides, what the current model gets wrong is alike among similar songs, as by "
            "chance it would be in "
            f"{_percent(verdict.p_value or 0)} of cases"
        )
        return f"The new model is better, and there is something to learn: {measured}."
    if verdict.better:
        return f"The new model is better beyond noise: {measured}."
    return f"The current model stays, for the new one is not better beyond noise: {measured}."
