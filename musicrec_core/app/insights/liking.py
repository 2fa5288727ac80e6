"""What the liked songs have in common besides tags, and when likes and dislikes were given."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from musicrec_core.app.context import Context
from musicrec_core.app.feedback.songs import in_force
from musicrec_core.app.library import heard
from musicrec_core.records import Track

MOST_HEARD = 1000
"""Liked songs whose moods are looked up, the latest of them."""
MONTHS = 24


@dataclass(frozen=True, slots=True)
class MonthOfOpinions:
    """A month, as 2026-11, and how many likes and dislikes of it stand."""

    month: str
    likes: int
    dislikes: int


def eras(tracks: Iterable[Track]) -> tuple[tuple[str, int], ...]:
    """(decade as 1990s, songs), the oldest first; songs without a year count nowhere."""
    decades = Counter(f"{track.year // 10 * 10}s" for track in tracks if track.year)
    return tuple(sorted(decades.items()))


def moods(context: Context, track_ids: Sequence[int], most: int) -> tuple[tuple[str, int], ...]:
    """(mood, songs that sound so most of all), the commonest first."""
    facts = (heard.facts(context, track_id) for track_id in sorted(track_ids)[-MOST_HEARD:])
    return tuple(Counter(fact.moods[0] for fact in facts if fact.moods).most_common(most))


def by_month(context: Context) -> tuple[MonthOfOpinions, ...]:
    """The last months up to the present one, those without an opinion too, the oldest first.

    It begins with the first opinion where that is later; empty without any.
    """
    given = Counter(
        (_month(event.at_s), event.kind)
        for event in in_force(context).events
        if event.kind in ("like", "dislike")
    )
    if not given:
        return ()
    now = _month(context.now_s())
    first = max(min(month for month, _ in given), now - MONTHS + 1)
    return tuple(
        MonthOfOpinions(
            f"{month // 12}-{month % 12 + 1:02}", given[month, "like"], given[month, "dislike"]
        )
        for month in range(first, now + 1)
    )


def _month(at_s: float) -> int:
    """Months since the year 0, by the clock here."""
    at = time.localtime(at_s)
    return at.tm_year * 12 + at.tm_mon - 1
