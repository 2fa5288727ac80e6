"""The songs that meet a wish in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musicrec_core.app.lists import dials
from musicrec_core.app.lists.sources.for_you import ForYouSource
from musicrec_core.recommender.ranking import RankedRow, rank_by_fit

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.request import ListRequest
    from musicrec_core.app.wishes.match import WishMatch
    from musicrec_core.records import Reason

PER_ARTIST = 4


@dataclass(frozen=True, slots=True)
class WishSource:
    """Ranked by how well a song meets all that was asked; the score settles the rest."""

    match: WishMatch

    def ranked(
        self, person: Person, request: ListRequest, allowed: NDArray[np.bool_]
    ) -> Sequence[RankedRow]:
        """The rows that meet it best; the best for this person where it says nothing of songs."""
        if not self.match.orders:
            return ForYouSource().ranked(person, request, allowed)
        return rank_by_fit(
            person.catalogue,
            person.history,
            self.match.fit,
            person.scores,
            request.count,
            taste=request.dials.taste,
            per_artist=request.count if self.match.named else PER_ARTIST,
            allowed=allowed,
            versions=person.versions,
            rules=dials.plain_rules(person),
        )

    def reasons(self, person: Person, picks: Sequence[RankedRow]) -> list[tuple[Reason, ...]]:
        """What of the wish is true of each, before why its score is what it is."""
        scores = ForYouSource().reasons(person, picks)
        return [
            (*self.match.reasons(pick.row), *why) for pick, why in zip(picks, scores, strict=True)
        ]
