"""The part of MusicRec that learns: models, how they come about, and whether they still fit."""

from __future__ import annotations

from pathlib import Path

from musicrec_core.app import evaluating, hearing, insights, learning
from musicrec_core.app.context import Context
from musicrec_core.app.results import Cancelled, OnProgress
from musicrec_core.records import EarsReport, ModelInfo, TrainReport


class Learner:
    """Every method raises a MusicRecError with one clear line for what the user can mend."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def retrain(
        self, progress: OnProgress | None = None, cancelled: Cancelled | None = None
    ) -> TrainReport:
        """Learn from feedback; promote the new model only when held-out feedback favours it."""
        return learning.retrain(self._context, progress, cancelled)

    def retrain_ears(
        self, progress: OnProgress | None = None, cancelled: Cancelled | None = None
    ) -> EarsReport:
        """Teach the ears on the library's own albums and artists; all profiles share them.

        Promoted only when songs of held-out artists then find their own better.
        """
        return hearing.retrain_ears(self._context, progress, cancelled)

    def evaluate(
        self,
        tracks: Path | None = None,
        ratings: Path | None = None,
        *,
        group_by: str | None = None,
        folds: int = 5,
        seed: int = 0,
        progress: OnProgress | None = None,
    ) -> evaluating.Evaluated:
        """Measure on held-out groups beside baselines; also what to tell the user of the data."""
        return evaluating.evaluate(self._context, tracks, ratings, group_by, folds, seed, progress)

    def insights(self) -> insights.Insights:
        """What the library and the lists are like, and whether the model still fits them."""
        return insights.insights(self._context)

    def warnings(self) -> tuple[str, ...]:
        """Why a model or ears that were chosen are not in use, each with its mend."""
        return learning.warnings(self._context)

    def models(self) -> list[ModelInfo]:
        """Every model version: of this profile's taste, and of ears where some were taught."""
        return learning.models(self._context)

    def model(self, version: str) -> ModelInfo:
        """One version; ModelError when there is none of that name."""
        return learning.model(self._context, version)

    def use_model(self, version: str, progress: OnProgress | None = None) -> ModelInfo:
        """Roll back or forward to a version and rescore."""
        return learning.use(self._context, version, progress)

    def prune_models(self, keep: int = 5, *, dry: bool = False) -> tuple[str, ...]:
        """Delete personal versions but the newest `keep` and the one in use; `dry` only tells."""
        return learning.prune(self._context, keep, dry=dry)
