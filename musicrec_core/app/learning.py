"""retrain and the model registry."""

from __future__ import annotations

import math
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from musicrec_core.app import catalogue, feedback, health, influence, insights, scoring
from musicrec_core.app.analysing import prepare_scores
from musicrec_core.app.context import Context
from musicrec_core.app.results import Cancelled, OnProgress
from musicrec_core.errors import ModelError
from musicrec_core.recommender.ears.shelf import NAME
from musicrec_core.records import Fading, ModelInfo, TrainReport

if TYPE_CHECKING:
    from musicrec_core.recommender.dataset import Catalogue, History
    from musicrec_core.recommender.memory import Choice
    from musicrec_core.recommender.retrain import Outcome
    from musicrec_core.recommender.taste.forward import TasteNet


def retrain(
    context: Context, progress: OnProgress | None, cancelled: Cancelled | None
) -> TrainReport:
    """See MusicRec.retrain."""
    started = time.monotonic()
    catalogue.hear_new(context)
    known = catalogue.load(context).catalogue
    seen = context.store.feedback.last_id(context.profile)
    history = feedback.history(context, known)
    incumbent, info, _ = context.registry.current()
    due = health.to_hear_again(context)
    outcome = _trained(context, known, history, incumbent, due, progress, cancelled)
    if not due:
        context.store.feedback.mark_learnt(context.profile, seen)
    version = info.version
    if outcome.promoted and outcome.net is not None:
        version = context.registry.add(
            outcome.net,
            trained_at=datetime.now(UTC).isoformat(timespec="seconds"),
            metrics=outcome.candidate,
            reason=outcome.reason,
            feedback=len(history),
            summary={"half_life_days": _days(outcome.memory)},
        ).version
        scoring.ensure(context)
    elif outcome.candidate.auc is not None:
        context.registry.settle()
    if outcome.memory is not None:
        context.registry.note(version, insights.looked_at(context))
    return TrainReport(
        promoted=outcome.promoted,
        version=version,
        reason=outcome.reason,
        candidate=outcome.candidate,
        current=outcome.current,
        baselines=dict(outcome.baselines),
        feedback=len(history),
        fading=_fading(outcome.memory),
        influences=() if cancelled and cancelled() else influence.influences(context),
        seconds=round(time.monotonic() - started, 3),
    )


def _trained(
    context: Context,
    known: Catalogue,
    history: History,
    incumbent: TasteNet,
    due: str | None,
    progress: OnProgress | None,
    cancelled: Cancelled | None,
) -> Outcome:
    """What training came to; it waits while something else is due first."""
    from musicrec_core.recommender import retrain as training

    if due:
        return training.Outcome(None, False, f"{due}, then retrain.")
    return training.retrain(
        known,
        history,
        bundled=context.registry.bundled_net(),
        incumbent=incumbent,
        groups=known.artists,
        progress=progress,
        cancelled=cancelled,
    )


def _days(chosen: Choice | None) -> float | None:
    """JSON knows no infinity: None is never."""
    return None if chosen is None or math.isinf(chosen.half_life_days) else chosen.half_life_days


def _fading(chosen: Choice | None) -> Fading | None:
    return None if chosen is None else Fading(_days(chosen), chosen.reason)


def warnings(context: Context) -> tuple[str, ...]:
    """See MusicRec.warnings."""
    trouble = context.registry.trouble()
    # What is wrong with the version in use is told once.
    others = (d for d in context.registry.damage() if d.split(": ")[0] not in (trouble or ""))
    return tuple(w for w in (trouble, context.ears_in_use()[1], *others) if w)


def models(context: Context) -> list[ModelInfo]:
    """See MusicRec.models."""
    return [*context.registry.list(), *context.ear_shelf.list()]


def model(context: Context, version: str) -> ModelInfo:
    """See MusicRec.model."""
    _check_name(version)
    taught = NAME.fullmatch(version)
    return context.ear_shelf.show(version) if taught else context.registry.show(version)


def _check_name(version: str) -> None:
    if not version.strip():
        raise ModelError("an empty name is no model version: `musicrec models list` names all")


def prune(context: Context, keep: int, *, dry: bool) -> tuple[str, ...]:
    """See MusicRec.prune_models."""
    return context.registry.prunable(keep) if dry else context.registry.prune(keep)


def use(context: Context, version: str, progress: OnProgress | None) -> ModelInfo:
    """See MusicRec.use_model."""
    _check_name(version)
    if NAME.fullmatch(version):
        info = context.ear_shelf.use(version, context.bundled_ears)
    else:
        info = context.registry.use(version)
    if context.store.files.count("present"):
        prepare_scores(context, progress or (lambda _: None))
    return info
