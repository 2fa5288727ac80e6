"""What a source is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.request import ListRequest
    from musicrec_core.recommender.ranking import RankedRow
    from musicrec_core.records import Reason


class Source(Protocol):
    """Ranks the library for one request."""

    def ranked(
        self, person: Person, request: ListRequest, allowed: NDArray[np.bool_]
    ) -> Sequence[RankedRow]:
        """The rows to show, best first; allowed: bool [n], rows that may be shown."""

    def reasons(self, person: Person, picks: Sequence[RankedRow]) -> Sequence[tuple[Reason, ...]]:
        """Why each of the picks is there."""
