"""The songs that fit a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.lists import dials
from musicrec_core.app.lists.sources.for_you import ForYouSource
from musicrec_core.recommender.ranking import RankedRow, rank_by_fit
from musicrec_core.records import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.library.tag_query import TagMatch
    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.request import ListRequest


@dataclass(frozen=True, slots=True)
class WordsSource:
    """Ranked by how well a song fits a word; the score settles what that leaves open."""

    match: TagMatch

    def ranked(
        self, person: Person, request: ListRequest, allowed: NDArray[np.bool_]
    ) -> Sequence[RankedRow]:
        """The rows that fit best."""
        return rank_by_fit(
            person.catalogue,
            person.history,
            self.match.fit,
            person.scores,
            request.count,
            taste=request.dials.taste,
            allowed=allowed,
            versions=person.versions,
            rules=dials.plain_rules(person),
            tagged=self.match.tagged,
        )

    def reasons(self, person: Person, picks: Sequence[RankedRow]) -> list[tuple[Reason, ...]]:
        """How the word fits, which is what put them in order, before why the score is what it is.

        The fit is no term of the score, so its weight is 0.
        """
        scores = ForYouSource().reasons(person, picks)
        fits = [Reason(told_of(self.match, pick.row), 0.0, "word") for pick in picks]
        return [(fit, *why) for fit, why in zip(fits, scores, strict=True)]


def told_of(match: TagMatch, row: int) -> str:
    """What is true of a song and a word."""
    heard = match.heard
    if match.season:
        return f"of the season, {match.word}"
    tagged = f"tagged {match.word}" if match.tagged[row] else ""
    if heard is None or not np.isfinite(heard[row]):
        return tagged or f"near to {match.word} by its artist and tags"
    more = float((heard[np.isfinite(heard)] < heard[row]).mean())
    if tagged and more < 0.5:
        return f"{tagged}, though half of your songs sound more {match.word}"
    sound = f"sounds more {match.word} than {int(100 * more)} % of your songs"
    return f"{tagged}, and {sound}" if tagged else sound
