"""What this person's lists of earlier days showed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

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
    since_s = today_s - REMEMBERED_DAYS * DAY_S
    shown = [
        (place.track_id, np.ceil((today_s - place.at_s) / DAY_S))
        for place in person.context.store.feedback.shown(person.context.profile, since_s)
        if place.list_name == FOR_YOU and place.at_s < today_s
    ]
    rows = person.catalogue.row_of({track_id for track_id, _ in shown})
    for track_id, days in shown:
        if track_id in rows:
            values[rows[track_id]] = max(values[rows[track_id]], 0.5 ** (days - 1))
    return values


def not_shown(person: Person, days: float) -> NDArray[np.bool_]:
    """Bool [n]: what was in no list within so many days before today."""
    today_s = day_start_s(person.context.now_s())
    places = person.context.store.feedback.shown(person.context.profile, today_s - days * DAY_S)
    allowed = np.ones(len(person.catalogue), np.bool_)
    shown = {place.track_id for place in places if place.at_s < today_s}
    allowed[person.catalogue.rows_of(shown)] = False
    return allowed


def day_start_s(at_s: float) -> float:
    """When the local day of a time began."""
    midnight = (
        datetime.fromtimestamp(at_s).astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    )
    return midnight.timestamp()
