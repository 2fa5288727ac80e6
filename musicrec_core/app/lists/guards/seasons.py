"""Seasonal songs are picked in their season only, or when asked for."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.lists.guards.guard import Exclusion

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.request import ListRequest

# First and last day of each season as (month, day); one may run over the turn of the year.
SEASONS = {
    "christmas": ((11, 25), (1, 6)),
    "halloween": ((10, 15), (11, 1)),
    "new year": ((12, 27), (1, 2)),
    "hanukkah": ((11, 25), (1, 2)),
    "easter": ((3, 15), (4, 25)),
    "valentine": ((2, 7), (2, 15)),
}


class SeasonGuard:
    """By what tags say: title, album and genre."""

    name = "seasons"
    about = "seasonal songs out of season"

    def applies(self, request: ListRequest) -> bool:
        """Not where songs of a kind were asked for: near a carol lie carols."""
        return not request.seeds and request.tag is None

    def excluded(self, person: Person) -> NDArray[np.int64]:
        """Rows of songs whose season is not now."""
        rows = person.catalogue.row_of(
            track_id
            for track_id, season in person.context.store.guarded.seasons()
            if not is_on(season, person.context.now_s())
        )
        return np.array(sorted(rows.values()), dtype=np.int64)

    def check(self, person: Person, row: int) -> Exclusion | None:
        """Which season it waits for."""
        seasons = dict(person.context.store.guarded.seasons())
        season = seasons.get(int(person.catalogue.track_ids[row]))
        if season is None or is_on(season, person.context.now_s()):
            return None
        return Exclusion(
            self.name,
            f"it waits for its season, {season}; `musicrec guards --off seasons` lets it in",
        )


def is_on(season: str, at_s: float) -> bool:
    """Whether a season is on, by the local date; one that is not known always is."""
    if season not in SEASONS:
        return True
    today = datetime.fromtimestamp(at_s).astimezone()
    first, last = SEASONS[season]
    day = (today.month, today.day)
    return first <= day <= last if first <= last else day >= first or day <= last
