"""A path from one song to another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.lists import dials, seed_rows
from musicrec_core.app.lists.sources.for_you import ForYouSource
from musicrec_core.errors import MusicRecError
from musicrec_core.recommender.features import Points
from musicrec_core.recommender.ranking import RankedRow, journey
from musicrec_core.records import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.request import ListRequest
    from musicrec_core.records import IntArray


NOT_TO_THE_SAME = "a journey leads from one song to another, not to the same"


class JourneySource:
    """From the first seed by way of the others to the last, in short and even steps."""

    def __init__(self) -> None:
        self._stops: list[int] = []

    def ranked(
        self, person: Person, request: ListRequest, allowed: NDArray[np.bool_]
    ) -> Sequence[RankedRow]:
        """The path; raises MusicRecError where it has no two ends, or nothing is known of one."""
        if any(a == b for a, b in pairwise(request.seeds)):
            raise MusicRecError(NOT_TO_THE_SAME)
        self._stops = [_stop(person, query) for query in request.seeds]
        if any(a == b for a, b in pairwise(self._stops)):
            raise MusicRecError(NOT_TO_THE_SAME)
        return journey(
            person.catalogue,
            person.history,
            self._stops,
            person.scores,
            request.count,
            allowed=allowed,
            versions=person.versions,
            rules=dials.plain_rules(person),
        )

    def reasons(self, person: Person, picks: Sequence[RankedRow]) -> list[tuple[Reason, ...]]:
        """How much of the way is walked at each, then why its score is what it is."""
        rows = np.array([pick.row for pick in picks], np.int64)
        scores = ForYouSource().reasons(person, picks)
        shares = _walked(person, rows)
        steps = [_step(row, share, self._stops) for row, share in zip(rows, shares, strict=True)]
        return [(step, *why) for step, why in zip(steps, scores, strict=True)]


def _stop(person: Person, query: str) -> int:
    """The song that is meant, or the most typical of several."""
    (rows,) = seed_rows.seed_rows(person, [query])
    points = Points.of(person.catalogue)
    placed = points.known_among(rows)
    if not len(placed):
        raise MusicRecError(f"nothing is known yet of {query!r}, so no way leads there: scan first")
    at = points.at(placed)
    return int(placed[int(np.argmax(at @ at.mean(axis=0)))])


def _walked(person: Person, rows: IntArray) -> list[float]:
    """For each row the share of the path that lies behind it, in [0, 1]."""
    at = Points.of(person.catalogue).at(rows)
    steps = np.linalg.norm(np.diff(at, axis=0), axis=1)
    behind = np.concatenate([[0.0], np.cumsum(steps)])
    shares: list[float] = (behind / max(float(behind[-1]), 1e-6)).tolist()
    return shares


def _step(row: int, share: float, stops: Sequence[int]) -> Reason:
    if row == stops[0]:
        return Reason("where the journey begins", 0.0, "journey")
    if row == stops[-1]:
        return Reason("where the journey ends", 0.0, "journey")
    if row in stops:
        return Reason("a stop on the way", 0.0, "journey")
    text = f"{round(100 * share)} % of the way, as far as sound and style can tell"
    return Reason(text, 0.0, "journey")
