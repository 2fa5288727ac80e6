"""The nearest to some seeds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from musicrec_core.app.lists import dials, seed_rows
from musicrec_core.app.scores import reason_text
from musicrec_core.recommender.ranking import RankedRow, rank_by_seeds

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.request import ListRequest
    from musicrec_core.records import Reason


class SeedsSource:
    """Ranked by how many seeds, and how loudly, speak for a song."""

    def ranked(
        self, person: Person, request: ListRequest, allowed: NDArray[np.bool_]
    ) -> Sequence[RankedRow]:
        """Rows near to the seeds; raises MusicRecError where none of the seeds is there."""
        return rank_by_seeds(
            seed_rows.nearness(person),
            person.history,
            seed_rows.voters(person, request.seeds),
            person.scores,
            request.count,
            allowed=allowed,
            versions=person.versions,
            rules=dials.plain_rules(person),
            unlike=seed_rows.unlike(person, request.unlike),
        )

    def reasons(self, person: Person, picks: Sequence[RankedRow]) -> list[tuple[Reason, ...]]:
        """The seeds that spoke for each."""
        rows, terms = [p.row for p in picks], [p.contributions for p in picks]
        return reason_text.worded(person.context, person.catalogue, rows, terms)
