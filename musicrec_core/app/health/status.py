"""Status: how much is known, and what would help now."""

from __future__ import annotations

import os

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import evidence
from musicrec_core.app.library.roots import all_away
from musicrec_core.app.notices import Notice
from musicrec_core.app.results import RootStatus, Status
from musicrec_core.audio.version import FEATURE_VERSION

ENOUGH_TO_RETRAIN = 16  # new likes and dislikes since the last training


def status(context: Context) -> Status:
    """See MusicRec.status."""
    store = context.store
    analysed, stale = store.analysis.count(FEATURE_VERSION)
    present = store.files.count("present")
    counts = evidence.counts(context)
    model = context.registry.current_info()
    return Status(
        tracks=store.analysis.present(),
        files=present,
        analysed=analysed,
        pending=store.analysis.pending(FEATURE_VERSION),
        stale=stale,
        failed=store.files.count("failed"),
        missing=store.files.count("missing"),
        offline=store.files.count("offline"),
        roots=tuple(RootStatus(os.fsdecode(r.path), r.online) for r in store.roots.all()),
        feedback=counts,
        model=model,
        excluded=tuple(store.exclusions.all()),
        suggestion=_suggestion(context, present),
    )


def revision(context: Context) -> tuple[object, ...]:
    """Changes whenever something was said, scanned or learned, in whatever program; cheap."""
    return (
        context.store.feedback.last_id(context.profile),
        context.store.counters.listing_changes(),
        context.registry.current_version(),
    )


def _suggestion(context: Context, present: int) -> Notice | None:
    if not present:
        roots = len(context.store.roots.all())
        return all_away(context) or Notice("scan-first", {"roots": roots})
    trouble = context.registry.trouble()
    notices = (
        *to_hear_again(context),
        *((Notice("model-trouble", {"trouble": trouble}),) if trouble else ()),
        *to_learn(context),
    )
    return notices[0] if notices else None


def to_hear_again(context: Context) -> tuple[Notice, ...]:
    """That most songs were listened to by an earlier version, whose measures say nothing now."""
    analysed, stale = context.store.analysis.count(FEATURE_VERSION)
    return (Notice("hear-again", {"count": stale}),) if stale > analysed else ()


def to_learn(context: Context) -> tuple[Notice, ...]:
    """That it is time to retrain, once enough was said that no training has looked at."""
    opinions = context.store.feedback.opinions_since_learning(context.profile)
    if opinions < ENOUGH_TO_RETRAIN:
        return ()
    return (Notice("retrain-due", {"count": opinions}),)
