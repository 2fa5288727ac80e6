"""Sound and culture side by side as points, and groups of them.

Spherical k-means (Dhillon and Modha, "Concept decompositions", Machine Learning 2001).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from musicrec_core.recommender.data import mapped
from musicrec_core.recommender.data.dataset import SPACES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.records import FloatArray, IntArray

ROUNDS = 20
BLOCK = 20_000  # songs at a time
_PLAINLY = 1e-6  # off the middle
MIDDLE_OF = 20_000  # songs, evenly spaced, whose middle is taken for that of all


@dataclass(frozen=True, slots=True)
class Points:
    """Sound and culture side by side, each from the library's centre; made for a block at a time.

    spaces: vectors float32 [n, d], which are known, bool [n], and the middle of those, float32 [d].
    """

    spaces: tuple[tuple[FloatArray, NDArray[np.bool_], FloatArray], ...]

    @classmethod
    def of(cls, catalogue: Catalogue) -> Points:
        """With the middles; computed once a catalogue."""
        if catalogue in _KEPT:
            return _KEPT[catalogue]
        return cls.kept(catalogue, cls.middles_of(catalogue))

    @staticmethod
    def middles_of(catalogue: Catalogue) -> list[FloatArray]:
        """The middle of each space."""
        return [middle(catalogue.vectors(space), catalogue.knows(space)) for space in SPACES]

    @classmethod
    def kept(cls, catalogue: Catalogue, middles: Sequence[FloatArray]) -> Points:
        """With the middle of each space as it was found before."""
        points = _KEPT[catalogue] = cls(
            tuple(
                (catalogue.vectors(space), catalogue.knows(space), middle_of_space)
                for space, middle_of_space in zip(SPACES, middles, strict=True)
                if catalogue.vectors(space).shape[1]
            )
        )
        return points

    def known_rows(self) -> IntArray:
        """Int64 [m]: those that lie anywhere but in the middle of all."""
        if not self.spaces:
            return np.zeros(0, np.int64)
        lie = np.zeros(len(self.spaces[0][1]), np.bool_)
        unsure = lie.copy()
        for vectors, is_known, centre in self.spaces:
            # One number tells of nearly every row, so that the others need not be read.
            lie |= is_known & (np.abs(mapped.column(vectors, 0) - centre[0]) > _PLAINLY)
            unsure |= is_known
        rest = np.flatnonzero(unsure & ~lie)
        for start in range(0, len(rest), BLOCK):
            lie[self.known_among(rest[start : start + BLOCK])] = True
        return np.flatnonzero(lie)

    def known_among(self, rows: IntArray) -> IntArray:
        """Int64: those of the rows that lie anywhere but in the middle of all."""
        if not self.spaces:
            return rows[:0]
        nonzero: IntArray = rows[np.linalg.norm(self._raw(rows), axis=1) > 0]
        return nonzero

    def placed(self, rows: IntArray) -> tuple[IntArray, FloatArray]:
        """Where among the rows those are that lie anywhere but in the middle, and their points."""
        if not self.spaces:
            return np.zeros(0, np.int64), np.zeros((0, 0), np.float32)
        raw = self._raw(rows)
        lengths = np.linalg.norm(raw, axis=1)
        lie = np.flatnonzero(lengths > 0)
        return lie, (raw[lie] / lengths[lie, None]).astype(np.float32)

    def at(self, rows: IntArray) -> FloatArray:
        """Float32 [m, E + C] of length one; 0 in the middle of all."""
        raw = self._raw(rows)
        lengths = np.maximum(np.linalg.norm(raw, axis=1), _PLAINLY)
        points: FloatArray = (raw / lengths[:, None]).astype(np.float32)
        return points

    def along(self, direction: FloatArray) -> FloatArray:
        """Float32 [n]: how far each song lies along a direction [E + C]; of what is known of it."""
        total, start = np.zeros(len(self.spaces[0][1]) if self.spaces else 0, np.float32), 0
        for vectors, is_known, centre in self.spaces:
            part = direction[start : start + vectors.shape[1]]
            total += np.where(is_known, mapped.products(vectors, part) - centre @ part, 0)
            start += vectors.shape[1]
        return total

    def _raw(self, rows: IntArray) -> FloatArray:
        centred = [
            np.where(is_known[rows, None], mapped.taken(vectors, rows) - middle, np.float32(0))
            for vectors, is_known, middle in self.spaces
        ]
        raw: FloatArray = np.concatenate(centred, axis=1)
        return raw


_KEPT: WeakKeyDictionary[Catalogue, Points] = WeakKeyDictionary()


def middle(vectors: FloatArray, is_known: NDArray[np.bool_]) -> FloatArray:
    """Float32 [d]: of all that is known, or of some, evenly spaced, where that is very much."""
    rows = np.flatnonzero(is_known)
    some = mapped.taken(vectors, rows[:: max(1, len(rows) // MIDDLE_OF)])
    mean: FloatArray = some.sum(axis=0, dtype=np.float64) / max(1, len(some))
    return mean.astype(np.float32)


def centres(points: FloatArray, count: int, rng: np.random.Generator) -> FloatArray:
    """Float32 [count, D], begun far apart (Arthur and Vassilvitskii, k-means++, 2007)."""
    chosen = [int(rng.integers(len(points)))]
    for _ in range(count - 1):
        away = np.clip(1 - (points @ points[chosen].T).max(axis=1), 1e-9, None).astype(np.float64)
        chosen.append(int(rng.choice(len(points), p=away / away.sum())))
    middles = points[chosen]
    for _ in range(ROUNDS):
        of = (points @ middles.T).argmax(axis=1)
        sums = np.stack([points[of == k].sum(axis=0) for k in range(len(middles))])
        length = np.linalg.norm(sums, axis=1, keepdims=True)
        middles = np.where(length > 1e-6, sums / np.maximum(length, 1e-6), middles)
    return middles
