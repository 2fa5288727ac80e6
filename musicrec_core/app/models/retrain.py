"""retrain: learn from feedback, and keep the result where it proves better."""

from __future__ import annotations

import math
import time
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import evidence
from musicrec_core.app.health import status
from musicrec_core.app.insights import page
from musicrec_core.app.models import counterfactual
from musicrec_core.app.notices import Notice
from musicrec_core.app.results import Cancelled, OnProgress
from musicrec_core.app.scores import catalogue, scoring
from musicrec_core.model_records import Fading, TrainReport

if TYPE_CHECKING:
    from musicrec_core.recommender.data import Catalogue, History
    from musicrec_core.recommender.evaluation import HalfLifeChoice
    from musicrec_core.recommender.models.retrain import RetrainOutcome
    from musicrec_core.recommender.taste import TasteNet


def retrain(
    context: Context, progress: OnProgress | None, cancelled: Cancelled | None
) -> TrainReport:
    """See MusicRec.retrain."""
    started = time.monotonic()
    catalogue.embed_new(context)
    library = catalogue.load(context).catalogue
    seen = context.store.feedback.last_id(context.profile)
    history = evidence.history(context, library)
    incumbent, info, _ = context.registry.current()
    due = next(iter(status.to_hear_again(context)), None)
    outcome = _trained(context, library, history, incumbent, due, progress, cancelled)
    if not due:
        context.store.feedback.mark_learnt(context.profile, seen)
    version = info.version
    if outcome.promoted and outcome.net is not None:
        meta = {
            "trained_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "metrics": asdict(outcome.candidate),
            "reason": outcome.reason,
            "feedback": len(history),
            "summary": {"half_life_days": _days(outcome.half_life)},
        }
        version = context.registry.add(outcome.net, meta).version
        scoring.ensure(context)
    elif outcome.candidate.auc is not None:
        context.registry.settle()
    if outcome.half_life is not None:
        context.registry.note(version, page.looked_at(context))
    return TrainReport(
        promoted=outcome.promoted,
        version=version,
        reason=outcome.reason,
        candidate=outcome.candidate,
        current=outcome.current,
        baselines=dict(outcome.baselines),
        feedback=len(history),
        fading=_fading(outcome.half_life),
        influences=() if cancelled and cancelled() else counterfactual.influences(context),
        seconds=round(time.monotonic() - started, 3),
    )


def _trained(
    context: Context,
    library: Catalogue,
    history: History,
    incumbent: TasteNet,
    due: Notice | None,
    progress: OnProgress | None,
    cancelled: Cancelled | None,
) -> RetrainOutcome:
    """What training came to; it waits while something else is due first."""
    from musicrec_core.recommender.models.retrain import RetrainOutcome
    from musicrec_core.recommender.models.retrain import retrain as learned

    if due:
        return RetrainOutcome(None, False, f"{due.sentence}: scan first, then retrain.")
    return learned(
        library,
        history,
        bundled=context.registry.bundled(),
        incumbent=incumbent,
        groups=library.artists,
        progress=progress,
        cancelled=cancelled,
    )


def _days(chosen: HalfLifeChoice | None) -> float | None:
    """JSON knows no infinity: None is never."""
    return None if chosen is None or math.isinf(chosen.half_life_days) else chosen.half_life_days


def _fading(chosen: HalfLifeChoice | None) -> Fading | None:
    return None if chosen is None else Fading(_days(chosen), chosen.reason)
