"""Like, dislike, rate, skip, play, undo: append-only."""

from __future__ import annotations

import json
import math
import uuid
from collections.abc import Mapping, Sequence

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import songs
from musicrec_core.app.results import Recorded
from musicrec_core.errors import MusicRecError
from musicrec_core.feedback_kinds import OPINIONS
from musicrec_core.records import FeedbackKind, FeedbackSource, PlayEnd, Track


def record(
    context: Context,
    track: Track,
    kind: FeedbackKind,
    value: float | None,
    source: FeedbackSource,
    ended: PlayEnd | None = None,
) -> Recorded:
    """Append one event."""
    if kind == "rating" and not (value is not None and 1 <= value <= 5):
        raise MusicRecError(f"a rating is a number from 1 to 5, not {value}")
    if value is not None and not math.isfinite(value):
        raise MusicRecError(f"feedback needs a finite number, not {value}")
    with context.store.atomic():
        return _append(context, track, kind, value, source, {"ended": ended} if ended else {})


def record_all(
    context: Context, tracks: Sequence[Track], kind: FeedbackKind, source: FeedbackSource
) -> list[Recorded]:
    """Append one event a track, all or none, told apart from others by the name of the batch."""
    batch = {"batch": uuid.uuid4().hex} if len(tracks) > 1 else {}
    with context.store.atomic():
        return [_append(context, track, kind, None, source, batch) for track in tracks]


def _append(
    context: Context,
    track: Track,
    kind: FeedbackKind,
    value: float | None,
    source: FeedbackSource,
    circumstances: Mapping[str, str],
) -> Recorded:
    standing = _standing(context, track, kind, value)
    feedback_id = standing or context.store.feedback.add(
        context.profile,
        track.id,
        kind,
        at_s=context.now_s(),
        source=source,
        value=value,
        context=json.dumps(circumstances) if circumstances else None,
    )
    return Recorded(track, feedback_id, kind, value)


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
    """Take back the newest act in force by appending that each of its events is undone."""
    feedback = context.store.feedback
    with context.store.atomic():
        last = feedback.last_in_force(context.profile)
        if last is None:
            return None
        act = feedback.batch_in_force(context.profile, last.id) or [last]
        ids = [
            feedback.add(
                context.profile,
                event.track_id,
                "undo",
                at_s=context.now_s(),
                source=source,
                undoes=event.id,
            )
            for event in act
        ]
    tracks = context.store.files.tracks(event.track_id for event in act)
    of_last, *others = (tracks.get(event.track_id) or _away(event.track_id) for event in act)
    return Recorded(of_last, ids[0], "undo", last.value, undone=last.kind, others=tuple(others))


def _away(track_id: int) -> Track:
    return Track(track_id, path="", title="a song that is not in the library", artist="", album="")
