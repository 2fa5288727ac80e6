"""How much of what contends a list stands for: a first list is to show what there is.

Facility location (Cornuejols, Fisher and Nemhauser, Management Science 1977): each candidate is
worth its likeness to the song of the list that is most like it, and the next song is one that adds
most. Being far from all that was chosen, as plain variety has it, favours what is odd.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from musicrec_core.recommender.ranking.likeness import Likeness
    from musicrec_core.records import FloatArray

SHARE = 0.5
"""Of variety, for what a song adds; the rest for how unlike it is to those chosen."""


@dataclass(slots=True, repr=False)
class Coverage:
    """Of c candidates by those chosen so far.

    alike: float32 [c, c] in [0, 1], squared cosines. by_chosen: float32 [c], how well each is stood
    for already. whole: what the first song could add at most.
    """

    alike: FloatArray
    by_chosen: FloatArray
    whole: float

    @classmethod
    def of(cls, likeness: Likeness) -> Coverage:
        """Before anything is chosen."""
        alike = np.maximum(likeness.cosines(), 0) ** 2
        none = np.zeros(len(alike), np.float32)
        return cls(alike, none, max(float(alike.sum(axis=1).max(initial=0)), 1e-6))

    def gains(self) -> FloatArray:
        """Float32 [c] in [0, 1]: what each would add, the most that one could at first being 1."""
        added = np.maximum(self.alike - self.by_chosen, 0).sum(axis=1)
        gains: FloatArray = (added / self.whole).astype(np.float32)
        return gains

    def take(self, at: int) -> None:
        """One is chosen."""
        self.by_chosen = np.maximum(self.by_chosen, self.alike[at])
