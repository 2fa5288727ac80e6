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
        return not request.seeds and request.tag is None and not request.seasonal

    def excluded(self, person: Person) -> NDArray[np.int64]:
        """Rows of songs whose season is not now."""
        seasons = person.context.store.guarded.seasons()
        rows = person.catalogue.row_of(id_ for id_, _ in _out_of_season(person, seasons))
        return np.array(sorted(rows.values()), dtype=np.int64)

    def check(self, person: Person, row: int) -> Exclusion | None:
        """Which season it waits for."""
        seasons = person.context.store.guarded.seasons(int(person.catalogue.track_ids[row]))
        waiting = _out_of_season(person, seasons)
        if not waiting:
            return None
        return Exclusion(
            self.name,
            f"it waits for its season, {waiting[0][1]}; `musicrec guards --off seasons` lets it in",
        )


def _out_of_season(person: Person, seasons: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Of (track id, season) those whose season is not now."""
    now_s = person.context.now_s()
    return [(track_id, season) for track_id, season in seasons if not is_on(season, now_s)]


def is_on(season: str, at_s: float) -> bool:
    """Whether a season is on, by the local date; one that is not known always is."""
    if season not in SEASONS:
        return True
    today = datetime.fromtimestamp(at_s).astimezone()
    first, last = SEASONS[season]
    day = (today.month, today.day)
    return first <= day <= last if first <= last else day >= first or day <= last
