"""Like, dislike, rate, skip, play, undo: append-only."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import privacy, songs
from musicrec_core.app.results import Recorded
from musicrec_core.errors import MusicRecError
from musicrec_core.feedback_kinds import OPINIONS
from musicrec_core.records import Feedback, FeedbackKind, FeedbackSource, PlayEnd, Track

NOT_KEPT = 0
"""In place of an event's id, where none was appended."""


def record(
    context: Context,
    track: Track,
    kind: FeedbackKind,
    value: float | None,
    source: FeedbackSource,
    at_s: float | None = None,
    ended: PlayEnd | None = None,
) -> Recorded:
    """Append one event, now where no time is given."""
    if kind == "rating" and not (value is not None and 1 <= value <= 5):
        raise MusicRecError(f"a rating is a number from 1 to 5, not {value}")
    if value is not None and not math.isfinite(value):
        raise MusicRecError(f"feedback needs a finite number, not {value}")
    if privacy.is_incognito(context):
        if kind in OPINIONS or source == "cli":  # said outright, not noticed while listening
            raise MusicRecError("incognito is on, so nothing counts: `musicrec incognito off`")
        return Recorded(track, NOT_KEPT, kind, value)
    store = context.store
    with store.atomic():
        standing = _standing(context, track, kind, value)
        feedback_id = standing or store.feedback.add(
            context.profile,
            track.id,
            kind,
            at_s=context.now_s() if at_s is None else at_s,
            source=source,
            value=value,
            context=json.dumps({"ended": ended}) if ended else None,
        )
    return Recorded(track, feedback_id, kind, value)


def record_together(
    context: Context, tracks: Sequence[Track], kind: FeedbackKind, source: FeedbackSource
) -> list[Recorded]:
    """One opinion of several songs, given at one moment: `undo_together` takes back all of it."""
    at_s = context.now_s()
    with context.store.atomic():
        return [record(context, track, kind, None, source, at_s) for track in tracks]


def _standing(
    context: Context, track: Track, kind: FeedbackKind, value: float | None
) -> int | None:
    """The same opinion where it stands already: saying it twice says nothing more."""
    if kind not in OPINIONS:
        return None
    ids = (track.id, *songs.recordings(context, [track.id]).get(track.id, ()))
    events = [e for id_ in ids for e in context.store.feedback.in_force(context.profile, id_)]
    same_sort = [e for e in events if (e.kind == "rating") == (kind == "rating")]
    last = max((e for e in same_sort if e.kind in OPINIONS), key=lambda e: e.id, default=None)
    return last.id if last and (last.kind, last.value) == (kind, value) else None


def undo(context: Context, source: FeedbackSource) -> Recorded | None:
    """Take back the newest event in force by appending that it is undone."""
    with context.store.atomic():
        last = context.store.feedback.last_in_force(context.profile)
        return taken_back(context, last, source) if last else None


def undo_together(context: Context, source: FeedbackSource) -> list[Recorded]:
    """Take back the newest event in force and what was said with it, in the order it was said."""
    store = context.store
    with store.atomic():
        last = store.feedback.last_in_force(context.profile)
        if last is None:
            return []
        told_with = (last.kind, last.source, last.at_s)
        events = store.feedback.in_force(context.profile)
        together = [e for e in events if (e.kind, e.source, e.at_s) == told_with]
        return [taken_back(context, event, source) for event in together or [last]]


def take_back(context: Context, feedback_id: int, source: FeedbackSource) -> Recorded | None:
    """Take back one event, None where it was already or another opinion stands in its place."""
    with context.store.atomic():
        events = context.store.feedback.in_force(context.profile)
        event = next((e for e in events if e.id == feedback_id), None)
        return taken_back(context, event, source) if event else None


def taken_back(context: Context, event: Feedback, source: FeedbackSource) -> Recorded:
    """Append that an event is undone."""
    feedback_id = context.store.feedback.add(
        context.profile,
        event.track_id,
        "undo",
        at_s=context.now_s(),
        source=source,
        undoes=event.id,
    )
    track = context.store.tracks.by_id([event.track_id]).get(event.track_id) or Track(
        event.track_id, path="", title="a song that is not in the library", artist="", album=""
    )
    return Recorded(track, feedback_id, "undo", event.value, undone=event.kind)
