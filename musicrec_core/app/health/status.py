"""Status: how much is known, and what would help now."""

from __future__ import annotations

import os

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import evidence
from musicrec_core.app.library.roots import all_away
from musicrec_core.app.results import RootStatus, Status

ENOUGH_TO_RETRAIN = 16  # new likes and dislikes since the last training


def status(context: Context) -> Status:
    """See MusicRec.status."""
    store = context.store
    version = _feature_version()
    analysed, stale = store.analysis.count(version)
    present = store.files.count("present")
    counts = evidence.counts(context)
    model = context.registry.current_info()
    return Status(
        tracks=present,
        analysed=analysed,
        pending=store.analysis.pending(version),
        stale=stale,
        failed=store.files.count("failed"),
        missing=store.files.count("missing"),
        offline=store.files.count("offline"),
        roots=tuple(RootStatus(os.fsdecode(r.path), r.online) for r in store.files.roots()),
        feedback=counts,
        model=model,
        suggestion=_suggestion(context, present),
    )


def _feature_version() -> int:
    from musicrec_core.audio.features import FEATURE_VERSION

    return FEATURE_VERSION


def _suggestion(context: Context, present: int) -> str | None:
    if not present:
        folder = "" if context.store.files.roots() else " FOLDER"
        return all_away(context) or f"scan your music: musicrec scan{folder}"
    return to_hear_again(context) or context.registry.trouble() or to_learn(context)


def to_hear_again(context: Context) -> str | None:
    """That most songs were listened to by an earlier version, whose measures say nothing now."""
    analysed, stale = context.store.analysis.count(_feature_version())
    if stale <= analysed:
        return None
    return (
        f"{stale} songs were listened to by an earlier version of musicrec and are to be listened "
        "to anew: musicrec scan"
    )


def to_learn(context: Context) -> str | None:
    """That it is time to retrain, once enough was said that no training has looked at."""
    opinions = context.store.feedback.opinions_since_learning(context.profile)
    if opinions >= ENOUGH_TO_RETRAIN:
        return f"{opinions} new opinions since the last training: musicrec retrain"
    return None
