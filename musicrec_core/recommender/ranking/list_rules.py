"""What a list must keep to, and one row of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from musicrec_core.recommender.scoring.library import Contribution

NEUTRAL = 0.5
CALIBRATED = 3.2
"""How much the shares of the likes count in a list for a person: see docs/experiments.md."""
FIRST_VARIETY, FIRST_SPREAD = 0.8, 0.2


@dataclass(frozen=True, slots=True)
class RankedRow:
    """A row to show. `probability` is that with which it was chosen: 1 unless explored."""

    row: int
    score: float
    contributions: tuple[Contribution, ...]
    explore: bool = False
    probability: float = 1.0
    moved: int = 0
    """For variety: 1 above rows of plainly higher scores, -1 below rows of lower ones."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a list must keep to; all but the dislikes give way before it runs short."""

    per_artist: int = 2
    artist_window: int = 3
    """So many places in a row hold as many artists,"""
    album_window: int = 8
    """and so many as many albums."""
    familiar_every: int = 4
    """At most one pick in so many is a song that this person liked already."""
    variety: float = 0.2
    """Share of the order given to being unlike what is already in the list; below 0 to being like
    it. -1 to 1."""
    calibrated: float = CALIBRATED
    """How much the shares of what was liked count (calibrate.py); 0 not at all."""
    least_spread: float = 0.0
    """Scores of what contends for a place count as no nearer than that: else noise is an order."""
    covering: bool = False
    """Whether the list is to stand for much of what contends: nothing was said yet."""
    explore: float = 0.1
    """Share of the list for what is uncertain and promising; 0 leaves it out."""
    seed: int = 0
    """Same seed, same list: change it once a day, not with every look."""

    def knowing(self, opinions: float) -> Rules:
        """The same for a person who gave so many opinions.

        What most people like is no taste yet, so at first variety has the say, that there may be
        something to like in the list; each opinion halves that.
        """
        unsure = 0.5**opinions
        return replace(
            self,
            variety=self.variety + unsure * (FIRST_VARIETY - self.variety),
            least_spread=unsure * FIRST_SPREAD,
            covering=opinions == 0,
        )
