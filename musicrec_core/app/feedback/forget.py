"""Forget what was said and done in a span of time: every event of it is taken back."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from musicrec_core.app.feedback import record
from musicrec_core.app.results import Recorded
from musicrec_core.errors import MusicRecError

if TYPE_CHECKING:
    from musicrec_core.app.context import Context
    from musicrec_core.records import Feedback, FeedbackSource

_AGO = re.compile(r"-?(\d{1,5})\s*(m|h|d|w)")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_DAYS = {"today": 0, "yesterday": 1}
_SAYS = "a time is `-12h`, `20:00`, `yesterday 20:00`, `2026-11-26` or `2026-11-26 20:00`"


def moment_s(text: str, now_s: float) -> float:
    """The local time that a text means; the last such time of day where no day is named.

    Raises MusicRecError where it means none.
    """
    words = text.strip().casefold()
    now = datetime.fromtimestamp(now_s).astimezone()
    if match := _AGO.fullmatch(words):
        return (now - timedelta(**{_UNITS[match[2]]: int(match[1])})).timestamp()
    day, _, clock = words.rpartition(" ")
    if not day and not _is_clock(clock):
        day, clock = clock, "0:00"
    if not words or not _is_clock(clock):
        raise MusicRecError(f"{text!r} is no time: {_SAYS}")
    hour, minute = clock.split(":")
    at = time(int(hour), int(minute))
    if not day:
        today = datetime.combine(now.date(), at).astimezone()
        return (today if today <= now else today - timedelta(days=1)).timestamp()
    return datetime.combine(_date(day, now, text), at).astimezone().timestamp()


def listed(context: Context, since: str, until: str | None) -> list[Recorded]:
    """The events in force that were given in that time, oldest first."""
    events = _between(context, since, until)
    tracks = context.store.tracks.by_id({event.track_id for event in events})
    return [
        Recorded(tracks[e.track_id], e.id, e.kind, e.value) for e in events if e.track_id in tracks
    ]


def forget(
    context: Context, since: str, until: str | None, source: FeedbackSource
) -> list[Recorded]:
    """Take back all of them at once, by appending that they are undone."""
    with context.store.atomic():
        events = _between(context, since, until)
        return [record.taken_back(context, event, source) for event in reversed(events)]


def _between(context: Context, since: str, until: str | None) -> list[Feedback]:
    now_s = context.now_s()
    start_s = moment_s(since, now_s)
    end_s = now_s if until is None else moment_s(until, now_s)
    if end_s < start_s:
        raise MusicRecError(f"{until} is before {since}")
    events = context.store.feedback.in_force(context.profile)
    return sorted((e for e in events if start_s <= e.at_s <= end_s), key=lambda e: e.id)


def _is_clock(text: str) -> bool:
    return bool(re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", text))


def _date(day: str, now: datetime, text: str) -> datetime:
    if day in _DAYS:
        return now - timedelta(days=_DAYS[day])
    try:
        return datetime.fromisoformat(day)
    except ValueError as error:
        raise MusicRecError(f"{text!r} is no time: {_SAYS}") from error
