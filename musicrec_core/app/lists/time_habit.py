"""What this person plays at this time of the day and the week, where that foretells anything."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from musicrec_core.app.feedback import evidence, privacy
from musicrec_core.recommender.features import Points
from musicrec_core.recommender.ranking import Habit, habit_of
from musicrec_core.records import Reason

if TYPE_CHECKING:
    from musicrec_core.app.feedback.evidence import PlacedFeedback
    from musicrec_core.app.lists.person import Person
    from musicrec_core.recommender.data import Catalogue
    from musicrec_core.records import FloatArray

DIAL = 0.75
"""How far lists lean that way; a dial in its middle leans nowhere."""
PLAINLY = 0.8
"""Of the library lies further from it: then the time is a reason."""
NEWEST = 5_000
"""Plays that are looked at."""
PARTS = ((5, "mornings", 8), (11, "afternoons", 14), (17, "evenings", 20), (23, "nights", 2))
"""From which hour, what it is called, and the hour that stands for it, so that a list stays the
same for a part of the day."""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_KEPT: WeakKeyDictionary[Catalogue, tuple[PlacedFeedback, str, Habit | None]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Timely:
    """places: float32 [n] in [0, 1], share of the library that is played less at such times."""

    places: FloatArray
    when: str

    def why(self, row: int) -> Reason | None:
        """Said of what the time puts up plainly."""
        if self.places[row] < PLAINLY:
            return None
        text = f"more like what you play on {self.when} than at other times"
        return Reason(text, 0.0, "time")


def timely(person: Person) -> Timely | None:
    """What suits the time; None where nothing shows that times matter to this person."""
    habit = _habit(person)
    if habit is None or not habit.helps:
        return None
    now = time.localtime(person.context.now_s())
    _, name, hour = next((part for part in reversed(PARTS) if now.tm_hour >= part[0]), PARTS[-1])
    weekday = now.tm_wday if now.tm_hour >= PARTS[0][0] else (now.tm_wday - 1) % 7
    along = Points.of(person.catalogue).along(habit.direction(hour, weekday))
    order = np.argsort(np.argsort(along, kind="stable"), kind="stable")
    places = (order / max(len(order) - 1, 1)).astype(np.float32)
    return Timely(places, f"{DAYS[weekday]} {name}")


def _habit(person: Person) -> Habit | None:
    """Worked out once for the same plays."""
    context, catalogue = person.context, person.catalogue
    placed, apart = evidence.placed(context, catalogue), privacy.stamp(context)
    kept = _KEPT.get(catalogue)
    if kept is None or kept[0] is not placed or kept[1] != apart:
        kept = _KEPT[catalogue] = (placed, apart, _worked_out(person, placed))
    return kept[2]


def _worked_out(person: Person, placed: PlacedFeedback) -> Habit | None:
    is_play = np.array([event.kind == "play" for event in placed.events], np.bool_)
    counts = privacy.counts(person.context, person.catalogue)
    if counts is not None:
        is_play &= counts[placed.rows]
    rows, at_s = placed.rows[is_play], placed.at_s[is_play]
    points = Points.of(person.catalogue)
    there = np.isin(rows, points.known_among(np.unique(rows)))
    newest = np.flatnonzero(there)[np.argsort(at_s[there], kind="stable")][-NEWEST:]
    if not len(newest):
        return None
    times = [time.localtime(at) for at in at_s[newest].tolist()]
    return habit_of(
        points.at(rows[newest]),
        np.array([at.tm_hour + at.tm_min / 60 for at in times]),
        np.array([at.tm_wday for at in times]),
        np.array([at.tm_year * 366 + at.tm_yday for at in times]),
    )
