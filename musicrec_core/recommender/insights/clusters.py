"""The kinds of music in a library: groups of songs that sound and are tagged alike, by name.

Spherical k-means (Dhillon and Modha, "Concept decompositions", Machine Learning 2001) over sound
and culture side by side. The number of groups follows the size of the library; it is a view, not
a finding: another seed draws other borders.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data.dataset import SPACES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.records import FloatArray, IntArray

MOST, SONGS_EACH, FEWEST_SONGS = 8, 25, 30
SAMPLE, ROUNDS = 5000, 20
BLOCK = 20_000  # songs at a time
NAMED_TAGS = 3
TELLING = 1.5  # times as common in the group as in the library


@dataclass(frozen=True, slots=True)
class Cluster:
    """rows: int64 [m] of the catalogue, the most typical first. tags: the most telling first."""

    tags: tuple[str, ...]
    rows: IntArray


def clusters(catalogue: Catalogue, seed: int = 0) -> tuple[Cluster, ...]:
    """The groups, largest first; none where too few songs are known by sound or culture."""
    points = _Points.of(catalogue)
    rows = points.known_rows()
    if len(rows) < FEWEST_SONGS:
        return ()
    count = int(np.clip(len(rows) // SONGS_EACH, 2, MOST))
    rng = np.random.default_rng(seed)
    some = points.at(rows[rng.permutation(len(rows))[:SAMPLE]])
    centres = _centres(some, count, rng)
    blocks = (rows[start : start + BLOCK] for start in range(0, len(rows), BLOCK))
    near = np.concatenate([points.at(block) @ centres.T for block in blocks])
    of = near.argmax(axis=1)
    unsorted = []
    for k in range(count):
        own = np.flatnonzero(of == k)
        if len(own):
            typical = rows[own[np.argsort(-near[own, k], kind="stable")]]
            unsorted.append(Cluster(_tags(catalogue, typical), typical))
    return tuple(sorted(unsorted, key=lambda cluster: -len(cluster.rows)))


@dataclass(frozen=True, slots=True)
class _Points:
    """Sound and culture side by side, each from the library's centre; made for a block at a time.

    spaces: vectors float32 [n, d], which are known, bool [n], and the middle of those, float32 [d].
    """

    spaces: tuple[tuple[FloatArray, NDArray[np.bool_], FloatArray], ...]

    @classmethod
    def of(cls, catalogue: Catalogue) -> _Points:
        """With the middles."""
        spaces = zip((catalogue.near, catalogue.culture), SPACES, strict=True)
        return cls(
            tuple(
                (vectors, catalogue.knows(space), _middle(vectors, catalogue.knows(space)))
                for vectors, space in spaces
                if vectors.shape[1]
            )
        )

    def known_rows(self) -> IntArray:
        """Int64 [m]: those that lie anywhere but in the middle of all."""
        if not self.spaces:
            return np.zeros(0, np.int64)
        count = len(self.spaces[0][1])
        blocks = (np.arange(at, min(at + BLOCK, count)) for at in range(0, count, BLOCK))
        rows = [block[np.linalg.norm(self._raw(block), axis=1) > 0] for block in blocks]
        return np.concatenate([np.zeros(0, np.int64), *rows])

    def at(self, rows: IntArray) -> FloatArray:
        """Float32 [m, E + C] of length one."""
        raw = self._raw(rows)
        points: FloatArray = (raw / np.linalg.norm(raw, axis=1)[:, None]).astype(np.float32)
        return points

    def _raw(self, rows: IntArray) -> FloatArray:
        centred = [
            np.where(is_known[rows, None], vectors[rows] - middle, np.float32(0))
            for vectors, is_known, middle in self.spaces
        ]
        return np.concatenate(centred, axis=1)


def _middle(vectors: FloatArray, is_known: NDArray[np.bool_]) -> FloatArray:
    total = np.zeros(vectors.shape[1])
    for start in range(0, len(vectors), BLOCK):
        part = slice(start, start + BLOCK)
        total += vectors[part][is_known[part]].sum(axis=0, dtype=np.float64)
    return (total / max(1, int(is_known.sum()))).astype(np.float32)


def _centres(points: FloatArray, count: int, rng: np.random.Generator) -> FloatArray:
    """Float32 [count, D], begun far apart (Arthur and Vassilvitskii, k-means++, 2007)."""
    chosen = [int(rng.integers(len(points)))]
    for _ in range(count - 1):
        away = np.clip(1 - (points @ points[chosen].T).max(axis=1), 1e-9, None).astype(np.float64)
        chosen.append(int(rng.choice(len(points), p=away / away.sum())))
    centres = points[chosen]
    for _ in range(ROUNDS):
        of = (points @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, of, points)
        length = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(length > 1e-6, sums / np.maximum(length, 1e-6), centres)
    return centres


def _tags(catalogue: Catalogue, rows: IntArray) -> tuple[str, ...]:
    """The tags that are common in the group, and more so than in the library."""
    size = len(catalogue.tag_names)
    inside = np.zeros(len(catalogue), np.bool_)
    inside[rows] = True
    inside = np.repeat(inside, np.diff(catalogue.tag_starts))
    everywhere = np.bincount(catalogue.tag_codes, minlength=size) / max(len(catalogue), 1)
    here = np.bincount(catalogue.tag_codes[inside], minlength=size) / len(rows)
    lift = np.divide(here, everywhere, out=np.zeros(size), where=everywhere > 0)
    weight = np.where(lift >= TELLING, here * np.log(np.maximum(lift, 1)), 0)
    best = np.argsort(-weight, kind="stable")[:NAMED_TAGS]
    return tuple(catalogue.tag_names[i] for i in best if weight[i] > 0)
