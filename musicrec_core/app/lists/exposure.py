"""What this person's lists of earlier days showed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.lists import switches
from musicrec_core.times import DAY_S

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.records import FloatArray

REMEMBERED_DAYS = 7
"""After which having been shown costs nothing more; each day halves it."""
FOR_YOU = "for-you"


def stale(person: Person) -> FloatArray:
    """Float32 [n]: 1 for what was shown yesterday, half of it the day before, and so on; else 0.

    What was shown today does not count, so that a list is the same all day.
    """
    today_s = day_start_s(person.context.now_s())
    values = np.zeros(len(person.catalogue), np.float32)
    if not switches.is_on(person.context, "yesterday"):
        return values
    shown_s = _last_shown(person, REMEMBERED_DAYS, FOR_YOU)
    row_of = person.catalogue.row_of(shown_s)
    for track_id, row in row_of.items():
        values[row] = 0.5 ** (np.ceil((today_s - shown_s[track_id]) / DAY_S) - 1)
    return values


def not_shown(person: Person, days: float) -> NDArray[np.bool_]:
    """Bool [n]: what was in no list within so many days before today."""
    allowed = np.ones(len(person.catalogue), np.bool_)
    allowed[person.catalogue.rows_of(_last_shown(person, days))] = False
    return allowed


def _last_shown(person: Person, days: float, list_name: str | None = None) -> dict[int, float]:
    """When each track was in a list for the last time in the days before today, by track id."""
    today_s = day_start_s(person.context.now_s())
    feedback = person.context.store.feedback
    return feedback.last_shown(person.context.profile, today_s - days * DAY_S, today_s, list_name)


def day_start_s(at_s: float) -> float:
    """When the local day of a time began."""
    midnight = (
        datetime.fromtimestamp(at_s).astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    )
    return midnight.timestamp()
