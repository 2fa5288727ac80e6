"""Very long tracks, such as mixes and whole concerts, and very short ones are not picked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.lists.guards.guard import Exclusion

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.request import ListRequest

LONGEST_S = 1800.0
SHORTEST_S = 30.0
SHORTEST_SHARE = 0.25
"""Of what is usual in a library: one of jingles or samples keeps its songs."""


class LengthGuard:
    """By the length that decoding bears out; one that is unknown passes."""

    name = "lengths"
    about = "tracks of more than half an hour or less than half a minute"

    def applies(self, request: ListRequest) -> bool:
        """Always: who wants one asks for it by name."""
        del request
        return True

    def excluded(self, person: Person) -> NDArray[np.int64]:
        """Rows of very long and very short tracks."""
        lengths_s = _lengths_s(person)
        return np.flatnonzero((lengths_s > LONGEST_S) | (lengths_s < _shortest_s(lengths_s)))

    def check(self, person: Person, row: int) -> Exclusion | None:
        """How long it is."""
        lengths_s = _lengths_s(person)
        length_s = float(lengths_s[row])
        if length_s > LONGEST_S:
            lasts = f"{length_s / 60:.0f} minutes"
        elif length_s < _shortest_s(lengths_s):
            lasts = f"only {length_s:.0f} seconds"
        else:
            return None
        return Exclusion(self.name, f"it lasts {lasts}; `musicrec guards --off lengths` lets it in")


def _shortest_s(lengths_s: NDArray[np.float32]) -> float:
    """What a track must last; the lengths are those of a library."""
    known = lengths_s[np.isfinite(lengths_s)]
    usual = float(np.median(known)) if len(known) else 0.0
    return min(SHORTEST_S, SHORTEST_SHARE * usual)


def _lengths_s(person: Person) -> NDArray[np.float32]:
    """Float32 [n], NaN where unknown."""
    return person.catalogue.column("duration_s")
