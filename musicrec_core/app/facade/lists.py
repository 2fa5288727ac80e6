"""Lists: what is recommended, in which order, and why."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from musicrec_core.app.facade.part import Part
from musicrec_core.app.insights import artist_popularity
from musicrec_core.app.lists import recommend
from musicrec_core.app.results import Explanation, Recommendations
from musicrec_core.records import Track


class ListsPart(Part):
    """What is shown to this person."""

    __slots__ = ()

    def recommend(
        self,
        n: int = 20,
        *,
        seeds: Sequence[str] = (),
        tag: str | None = None,
        among: Collection[int] | None = None,
        popular: float = 0.5,
    ) -> Recommendations:
        """The best n tracks: for this person, near seeds, or with a tag.

        `among` limits the picks to these track ids. `popular` prefers little known artists at 0,
        well known ones at 1, and looks at neither at 0.5.
        """
        return recommend.recommend(self._context, n, seeds, tag, among, popular)

    def listeners(self, tracks: Sequence[Track]) -> list[int | None]:
        """How many people of the map listen to each track's artist; None where unknown."""
        return artist_popularity.listeners(self._context, tracks)

    def explain(self, query: str) -> Explanation:
        """Why a track has its score, or what keeps it out."""
        return recommend.explain(self._context, query)

    def scores(self) -> dict[int, float]:
        """The score of every scored track by track id."""
        return recommend.scores(self._context)
