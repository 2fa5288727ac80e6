"""Very long tracks, such as mixes and whole concerts, are not picked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.lists.guards.guard import Exclusion

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.request import ListRequest

LONGEST_S = 1800.0


class LengthGuard:
    """By the length that decoding bears out; one that is unknown passes."""

    name = "lengths"
    about = "tracks of more than half an hour"

    def applies(self, request: ListRequest) -> bool:
        """Always: who wants one asks for it by name."""
        del request
        return True

    def excluded(self, person: Person) -> NDArray[np.int64]:
        """Rows of very long tracks."""
        return np.flatnonzero(_lengths_s(person) > LONGEST_S)

    def check(self, person: Person, row: int) -> Exclusion | None:
        """How long it is."""
        catalogue = person.catalogue
        length_s = float(catalogue.columns[row, catalogue.column_names.index("duration_s")])
        if not length_s > LONGEST_S:
            return None
        return Exclusion(
            self.name,
            f"it lasts {length_s / 60:.0f} minutes; `musicrec guards --off lengths` lets it in",
        )


def _lengths_s(person: Person) -> NDArray[np.float32]:
    """Float32 [n], NaN where unknown."""
    return person.catalogue.column("duration_s")
