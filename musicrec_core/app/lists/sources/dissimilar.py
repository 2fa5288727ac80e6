"""Far from the seeds, or from what this person likes, and yet to their taste."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.library import groups
from musicrec_core.app.lists import dials, seed_rows
from musicrec_core.app.lists.sources.for_you import ForYouSource
from musicrec_core.recommender.ranking import RankedRow, likeness, rank_dissimilar
from musicrec_core.records import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.request import ListRequest
    from musicrec_core.records import FloatArray


class DissimilarSource:
    """Ranked by score among what lies farthest away."""

    def __init__(self) -> None:
        self._likeness: FloatArray | None = None
        self._what = ""

    def ranked(
        self, person: Person, request: ListRequest, allowed: NDArray[np.bool_]
    ) -> Sequence[RankedRow]:
        """Rows far from the seeds; without seeds, from the favourites."""
        away_from = request.seeds or groups.FAVOURITES[:1]
        rows = np.unique(np.concatenate(seed_rows.seed_rows(person, away_from)))
        self._likeness = likeness(person.catalogue, rows)
        self._what = "your seeds" if request.seeds else "what you like"
        return rank_dissimilar(
            person.catalogue,
            person.history,
            rows,
            person.scores,
            request.count,
            allowed=allowed,
            versions=person.versions,
            rules=dials.plain_rules(person),
            near=self._likeness,
        )

    def reasons(self, person: Person, picks: Sequence[RankedRow]) -> list[tuple[Reason, ...]]:
        """How far away each lies, which is no term of its score, then why the score is what it is.

        Of distance and likeness only the place among the library's songs can be said in words.
        """
        scores = ForYouSource().reasons(person, picks)
        return [(self._distance(p.row), *why) for p, why in zip(picks, scores, strict=True)]

    def _distance(self, row: int) -> Reason:
        near = self._likeness
        assert near is not None, "ranked comes first"
        there = near[np.isfinite(near)]
        share = int(100 * float((there > near[row]).mean()))
        return Reason(f"further from {self._what} than {share} % of your songs", 0.0, "distance")
