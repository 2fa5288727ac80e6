"""Models: how they come about, how good they are, and which one is in use."""

from __future__ import annotations

from pathlib import Path

from musicrec_core.app.evaluation import evaluate
from musicrec_core.app.facade.part import FacadePart
from musicrec_core.app.models import ears, registry, retrain
from musicrec_core.app.results import Cancelled, OnProgress
from musicrec_core.model_records import EarsReport, ModelInfo, TrainReport


class ModelsPart(FacadePart):
    """The taste models of this profile, and the ears that all profiles share."""

    __slots__ = ()

    def retrain(
        self, progress: OnProgress | None = None, cancelled: Cancelled | None = None
    ) -> TrainReport:
        """Learn from feedback; promote the new model only when held-out feedback favours it."""
        return retrain.retrain(self._context, progress, cancelled)

    def retrain_ears(
        self, progress: OnProgress | None = None, cancelled: Cancelled | None = None
    ) -> EarsReport:
        """Teach the ears on the library's own albums and artists; all profiles share them.

        Promoted only when songs of held-out artists then find their own better.
        """
        return ears.retrain_ears(self._context, progress, cancelled)

    def evaluate(
        self,
        tracks: Path | None = None,
        ratings: Path | None = None,
        *,
        group_by: str | None = None,
        folds: int = 5,
        seed: int = 0,
        progress: OnProgress | None = None,
        scale: float | None = None,
    ) -> evaluate.Evaluated:
        """Measure on held-out groups beside baselines; also what to tell the user of the data.

        scale: what the ratings are out of; None to tell it from all of them.
        """
        return evaluate.evaluate(
            self._context, tracks, ratings, group_by, folds, seed, progress, scale
        )

    def warnings(self) -> tuple[str, ...]:
        """Why a model or ears that were chosen are not in use, each with its mend."""
        return registry.warnings(self._context)

    def versions(self) -> list[ModelInfo]:
        """Every model version: of this profile's taste, and of ears where some were taught."""
        return registry.models(self._context)

    def version(self, name: str) -> ModelInfo:
        """One version; ModelError when there is none of that name."""
        return registry.model(self._context, name)

    def use(self, version: str, progress: OnProgress | None = None) -> ModelInfo:
        """Roll back or forward to a version and rescore."""
        return registry.use(self._context, version, progress)

    def prune(self, keep: int = 5, *, dry: bool = False) -> tuple[str, ...]:
        """Delete personal versions but the newest `keep` and the one in use; `dry` only tells."""
        return registry.prune(self._context, keep, dry=dry)
