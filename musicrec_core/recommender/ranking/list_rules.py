"""What a list must keep to, and one row of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from musicrec_core.recommender.scoring.library import Contribution

if TYPE_CHECKING:
    pass


NEUTRAL = 0.5


@dataclass(frozen=True, slots=True)
class RankedRow:
    """A row to show. `probability` is that with which it was chosen: 1 unless explored."""

    row: int
    score: float
    contributions: tuple[Contribution, ...]
    explore: bool = False
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What a list must keep to; all but the dislikes give way before it runs short."""

    per_artist: int = 2
    familiar_every: int = 4
    """At most one pick in so many is a song that this person liked already."""
    variety: float = 0.35
    """Share of the order given to being unlike what is already in the list, 0 to 1."""
    popular: float = NEUTRAL
    """The one place where popularity counts: 0 prefers little known artists, 1 well known ones."""
    explore: bool = True
    seed: int = 0
    """Same seed, same list: change it once a day, not with every look."""
