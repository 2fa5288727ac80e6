"""Where a song, or the middle of several, stands in the library: number by number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.describe.records import Claim

if TYPE_CHECKING:
    from musicrec_core.recommender.data import Catalogue
    from musicrec_core.records import IntArray

UNUSUAL = 0.85
"""Share of the library that must lie below, or above, for it to be said."""
MOST_SAID = 2
FEWEST_SONGS = 20  # in a smaller library a share says nothing
# What is more of a number, and what is less, beside most songs.
_WORDS = {
    "arousal": ("more energetic", "gentler"),
    "valence": ("brighter in mood", "darker in mood"),
    "tempo_bpm": ("faster", "slower"),
    "brightness_hz": ("brighter in sound", "warmer in sound"),
    "danceability": ("more danceable", "less danceable"),
    "dynamic_range_db": ("wider in its dynamics", "more even in loudness"),
    "duration_s": ("longer", "shorter"),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """share: of the library's songs, those below it by this number."""

    name: str
    share: float

    @property
    def claim(self) -> Claim:
        """In words, with the share that the words stand for."""
        more, less = _WORDS[self.name]
        high = self.share >= 0.5
        share = self.share if high else 1 - self.share
        text = f"{more if high else less} than {int(100 * share)} % of your songs"
        return Claim(text, f"percentile:{self.name}", round(self.share, 4))


def standings(catalogue: Catalogue, rows: IntArray) -> list[Standing]:
    """Every number of the middle of the rows, int64 [r], that is unusual, the most unusual first.

    Where songs of the library tie with it, half of them count as below.
    """
    every = [Standing(name, share) for name, share in _shares(catalogue, rows)]
    unusual = [s for s in every if max(s.share, 1 - s.share) >= UNUSUAL]
    return sorted(unusual, key=lambda s: -abs(s.share - 0.5))[:MOST_SAID]


def _shares(catalogue: Catalogue, rows: IntArray) -> Iterator[tuple[str, float]]:
    for name in _WORDS:
        values = catalogue.column(name)
        own = values[rows]
        finite = values[np.isfinite(values)]
        if len(finite) < FEWEST_SONGS or not np.isfinite(own).any():
            continue
        middle = float(np.nanmedian(own))
        below = (finite < middle).mean() + (finite == middle).mean() / 2
        yield name, float(below)
