"""What a history adds up to at every recording of a library, kept so that it can be moved on.

The statistics of nearness are sums over the songs of the past, hundreds of them. A new opinion
changes the term of one song, and age fades all terms alike; so the sums of the last history become
those of the next by one pass over the library for what changed, instead of one for everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data.history import UserHistory

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray

_UNCHANGED = 1e-3
"""Of a weight: less is age that the other songs do not share, and rounding."""


@dataclass(frozen=True, slots=True, repr=False)
class PooledSums:
    """Sums over a history at each of n recordings, by one source.

    history: the past recordings that the source knows something of. deviation: what similarities
    were divided by, the standard deviation over the library at the last whole pass. near, like:
    float32 [n, 2], sums over the liked and over the disliked ones, of exp(z) and of z, where z is
    a similarity in deviations times the sharpness.
    """

    history: UserHistory
    deviation: float
    near: FloatArray
    like: FloatArray

    @classmethod
    def of(
        cls, blocks: Iterable[FloatArray], count: int, history: UserHistory, deviation: float
    ) -> PooledSums:
        """blocks: float32 [b, h], the z of `count` recordings in all; they are overwritten."""
        near, like = (np.zeros((count, 2), np.float32) for _ in range(2))
        sums = cls(history, deviation, near, like)
        sums._add(blocks, history.sides)
        return sums

    def moved(
        self, blocks: Iterable[FloatArray], change: Change, history: UserHistory
    ) -> PooledSums:
        """The sums of `history`. blocks: as above, [b, songs of the change]."""
        fade = np.float32(change.fade)
        sums = PooledSums(history, self.deviation, self.near * fade, self.like * fade)
        if len(change.songs):
            sums._add(blocks, change.songs.sides)
            np.maximum(sums.near, 0, out=sums.near)  # a song taken out leaves a rounding error
        return sums

    def _add(self, blocks: Iterable[FloatArray], sides: FloatArray) -> None:
        """sides: float32 [h, 2], what each past recording weighs."""
        start = 0
        for z in blocks:
            part = slice(start, start + len(z))
            self.like[part] += z @ sides
            self.near[part] += np.exp(z, out=z) @ sides
            start = part.stop


@dataclass(frozen=True, slots=True)
class Change:
    """From one history to a later one: all weights times `fade`, then those of `songs` added."""

    fade: float
    songs: UserHistory
    """Their weights may be below zero: what was taken back, or weighs less than it faded to."""

    @classmethod
    def between(cls, before: UserHistory, after: UserHistory) -> Change:
        """What makes `after` of `before`."""
        rows = np.union1d(before.rows, after.rows)
        was, now = _weights(before, rows), _weights(after, rows)
        both = (was > 0) & (now > 0)
        fade = float(np.median(now[both] / was[both])) if both.any() else 1.0
        gain = now - np.float32(fade) * was
        changed = (np.abs(gain) > _UNCHANGED).any(axis=1)
        songs = UserHistory(rows[changed], gain[changed, 0], gain[changed, 1])
        return cls(fade, songs)


def _weights(history: UserHistory, rows: NDArray[np.int64]) -> FloatArray:
    """Float32 [r, 2] of rising rows, among them all of the history."""
    weights = np.zeros((len(rows), 2), np.float32)
    weights[np.searchsorted(rows, history.rows)] = history.sides
    return weights
