"""Which rows a request may be answered with, and what kept the others out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.lists import exposure, guard_settings
from musicrec_core.app.lists.guards import may_be_shown

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.library.tag_query import TagMatch
    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.request import ListRequest
    from musicrec_core.app.wishes.match import WishMatch


@dataclass(frozen=True, slots=True)
class ListScope:
    """rows: bool [n], what may be picked. left: how many were left after each limit, by name.

    seeded: whether songs were named, which are no picks themselves.
    """

    rows: NDArray[np.bool_]
    left: tuple[tuple[str, int], ...]
    seeded: bool = False

    @classmethod
    def of(
        cls, person: Person, request: ListRequest, match: TagMatch | None, met: WishMatch | None
    ) -> ListScope:
        """Guards, then each limit that the request names."""
        context = person.context
        limits = {"guards": may_be_shown(person, guard_settings.active(context), request)}
        if match is not None:
            limits["the tag"] = match.rows
        if request.where:
            from musicrec_core.app.lists import rules

            limits["the rules"] = rules.matching(person, rules.parse(request.where))
        if met is not None:
            limits["what was excluded"] = met.rows
        if request.among:
            from musicrec_core.app.lists import seed_rows

            limits["what it is to be among"] = seed_rows.among(person, request.among)
        if request.no_repeat_days:
            limits["what was shown lately"] = exposure.not_shown(person, request.no_repeat_days)
        if request.within is not None:
            within = np.array(list(request.within), dtype=np.int64)
            limits["the songs named"] = np.isin(person.catalogue.track_ids, within)
        if request.unlike:
            from musicrec_core.app.lists import seed_rows

            limits["what is not wanted"] = seed_rows.away_from(
                person, request.unlike, seeded=bool(request.seeds)
            )
        rows = np.ones(len(person.catalogue), np.bool_)
        left = [("", len(rows))]
        for name, limit in limits.items():
            rows &= limit
            left.append((name, int(rows.sum())))
        return cls(rows, tuple(left), seeded=bool(request.seeds))

    def why(self, shown: int) -> str:
        """What left no more, to follow "only 3 songs fit" or "no song fits"."""
        before = self.left[0][1]
        steps = [f"of {before} in the library"]
        for name, after in self.left[1:]:
            if after < before:
                steps.append(f"{name} left {after or 'none'}")
                if name == "guards" and not after:
                    steps[-1] += " (`musicrec guards` says which, and lets songs in)"
            before = after
        if shown < before:
            named = "what you named, " if self.seeded else ""
            steps.append(f"the rest are {named}too far from what was asked, or the same song again")
        return f": {', '.join(steps)}"
