"""How popular the songs of a list are, beside those of the library it was picked from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray, IntArray

TOP = 0.1


@dataclass(frozen=True, slots=True)
class ListPopularity:
    """Of some songs; None where nothing is known of their artists' listeners.

    known: the share of songs whose artist's listeners are known; all else is of these.
    top_decile: the share by the tenth of the library's artists that have most listeners.
    novelty_bits: the mean of -log2(listeners / those of the best known artist of all): one more
    is half as popular (after Vargas and Castells, RecSys 2011).
    gini: how unevenly the songs are spread over their artists, 0 for evenly.
    """

    songs: int
    known: float
    top_decile: float | None
    novelty_bits: float | None
    gini: float | None


@dataclass(frozen=True, slots=True, repr=False)
class Audience:
    """listeners: float64 [n] of each song's artist, NaN unknown. artists: int64 [n] codes.

    most: how many the best known artist of all has.
    """

    listeners: NDArray[np.float64]
    artists: IntArray
    most: float

    def measure(self, rows: IntArray) -> ListPopularity:
        """The popularity of some songs (a song may stand there more than once)."""
        heard = self.listeners[rows]
        has_count = np.isfinite(heard)
        if not has_count.any():
            return ListPopularity(len(rows), 0.0, None, None, self._gini(rows))
        novelty = -np.log2(np.clip(heard[has_count], 1, self.most) / max(self.most, 1.0))
        return ListPopularity(
            songs=len(rows),
            known=float(has_count.mean()),
            top_decile=float(np.isin(self.artists[rows][has_count], self._stars()).mean()),
            novelty_bits=float(novelty.mean()),
            gini=self._gini(rows),
        )

    def percentiles(self) -> FloatArray:
        """Float32 [n] in [0, 1]: the rank of each song's artist among the songs of the library.

        What is not known lies in the middle: it is neither favoured nor held back.
        """
        has_count = np.isfinite(self.listeners)
        ranks = np.full(len(self.listeners), 0.5, np.float32)
        if has_count.any():
            order = np.sort(self.listeners[has_count])
            below = np.searchsorted(order, self.listeners[has_count], "left")
            upto = np.searchsorted(order, self.listeners[has_count], "right")
            ranks[has_count] = (below + upto) / (2 * len(order))
        return ranks

    def _stars(self) -> IntArray:
        """The codes of the tenth of the artists with the most listeners, at least one."""
        counted = np.isfinite(self.listeners) & (self.artists >= 0)
        artists, first = np.unique(self.artists[counted], return_index=True)
        heard = self.listeners[counted][first]
        most = max(1, round(TOP * len(artists)))
        stars: IntArray = artists[np.argsort(-heard, kind="stable")[:most]]
        return stars

    def _gini(self, rows: IntArray) -> float | None:
        """Over the artists of these songs."""
        named = self.artists[rows][self.artists[rows] >= 0]
        if not len(named):
            return None
        counts = np.sort(np.unique(named, return_counts=True)[1]).astype(np.float64)
        place = np.arange(1, len(counts) + 1)
        share = 2 * (place * counts).sum() / (len(counts) * counts.sum())
        return float(share - (len(counts) + 1) / len(counts))
