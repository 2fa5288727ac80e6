"""The nearest to some seeds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.library import query
from musicrec_core.app.scores import reason_text
from musicrec_core.errors import MusicRecError
from musicrec_core.recommender.ranking.list_rules import RankedRow, Rules
from musicrec_core.recommender.ranking.seeds import rank_by_seeds

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.request import ListRequest
    from musicrec_core.records import Reason


class Seeds:
    """Ranked by how many seeds, and how loudly, speak for a song."""

    def ranked(
        self, person: Person, request: ListRequest, allowed: NDArray[np.bool_]
    ) -> Sequence[RankedRow]:
        """Rows near to the seeds; raises MusicRecError where none of the seeds is there."""
        ids = [t.id for seed in request.seeds for t in query.many(person.context, seed)]
        rows = np.flatnonzero(np.isin(person.catalogue.track_ids, ids))
        if not len(rows):
            raise MusicRecError("the files of these seeds are not there at the moment")
        return rank_by_seeds(
            person.catalogue,
            person.history,
            rows,
            person.scored.scores,
            request.count,
            allowed=allowed,
            versions=person.versions,
            rules=Rules(seed=person.day_seed),
        )

    def reasons(self, person: Person, picks: Sequence[RankedRow]) -> list[tuple[Reason, ...]]:
        """The seeds that spoke for each."""
        rows, terms = [p.row for p in picks], [p.contributions for p in picks]
        return reason_text.worded(person.context, person.catalogue, rows, terms)
