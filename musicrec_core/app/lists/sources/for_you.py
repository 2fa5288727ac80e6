"""The best for this person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.lists import dials, exposure, time_habit
from musicrec_core.app.scores import scoring
from musicrec_core.recommender.ranking import Pull, RankedRow, rank
from musicrec_core.recommender.scoring import Scoring
from musicrec_core.records import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.request import ListRequest


class ForYouSource:
    """Ranked by score, varied, with a little room to explore."""

    def __init__(self) -> None:
        self._timely: time_habit.Timely | None = None

    def ranked(
        self, person: Person, request: ListRequest, allowed: NDArray[np.bool_]
    ) -> Sequence[RankedRow]:
        """The rows with the highest scores."""
        scored = person.scored
        self._timely = None if request.any_time else time_habit.timely(person)
        pulls = dials.pulls(person, request.dials)
        if self._timely is not None:
            pulls.append(Pull(self._timely.places, time_habit.DIAL))
        order = person.catalogue.row_of(p.track_id for p in scored.picks)
        top = np.array([order[p.track_id] for p in scored.picks], dtype=np.int64)
        return rank(
            person.catalogue,
            person.history,
            Scoring(person.scores, scored.uncertainty, top, ()),
            request.count,
            allowed=allowed,
            versions=person.versions,
            pulls=pulls,
            stale=exposure.stale(person),
            rules=dials.rules(person, request.dials),
        )

    def reasons(self, person: Person, picks: Sequence[RankedRow]) -> list[tuple[Reason, ...]]:
        """Stored ones, and for picks that were never shown new ones, which are stored then."""
        stored = person.scored.reasons
        ids = [int(person.catalogue.track_ids[p.row]) for p in picks]
        missing = [i for i, track_id in enumerate(ids) if track_id not in stored]
        if missing:
            rows = [picks[i].row for i in missing]
            made = scoring.reasons(person.context, person.catalogue, rows)
            stored |= {ids[i]: why for i, why in zip(missing, made, strict=True)}
            scoring.keep_reasons(person.context, person.scored, stored)
        return [
            _with_move(self._with_time(stored[i], pick.row), pick)
            for i, pick in zip(ids, picks, strict=True)
        ]

    def _with_time(self, reasons: tuple[Reason, ...], row: int) -> tuple[Reason, ...]:
        """What the time put up, which is no term of the score."""
        why = None if self._timely is None else self._timely.why(row)
        return reasons if why is None else (*reasons[:1], why, *reasons[1:])


def _with_move(reasons: tuple[Reason, ...], pick: RankedRow) -> tuple[Reason, ...]:
    """What put a song elsewhere than its score would; no term of the score, so of no weight."""
    if not pick.moved:
        return reasons
    way = "up" if pick.moved > 0 else "down"
    why = f"put {way} to vary and balance the list"
    return (*reasons[:1], Reason(why, 0.0, "variety"), *reasons[1:])
