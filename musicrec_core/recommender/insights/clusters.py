"""The kinds of music in a library: groups of songs that sound and are tagged alike.

Spherical k-means (Dhillon and Modha, "Concept decompositions", Machine Learning 2001) over sound
and culture side by side. How many there are follows the root of the library's size (Mardia, Kent
and Bibby, Multivariate Analysis, 1979, take the root of half of it; here a half of that, for people
read their names). It is a view, not a finding: another seed draws other borders, so centres are
kept and songs that come go to the nearest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.features.points import BLOCK, Points, centres

if TYPE_CHECKING:
    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.records import FloatArray, IntArray

FEWEST, MOST = 2, 12
FEWEST_SONGS = 8
SAMPLE = 5000


@dataclass(frozen=True, slots=True, repr=False)
class Clusters:
    """Which of k groups each of n recordings is in.

    centres: float32 [k, D] of length one. of: int64 [n], -1 where a recording is known neither by
    sound nor by culture. nearness: float32 [n], the cosine to the centre, NaN there.
    """

    centres: FloatArray
    of: IntArray
    nearness: FloatArray

    def rows(self, cluster: int) -> IntArray:
        """Int64 [m]: the recordings of one group, the most typical first."""
        own = np.flatnonzero(self.of == cluster)
        return own[np.argsort(-self.nearness[own], kind="stable")]


def cluster_count(songs: int) -> int:
    """How many groups so many songs are divided into; 0 for too few."""
    return 0 if songs < FEWEST_SONGS else int(np.clip(round((songs / 2) ** 0.5 / 2), FEWEST, MOST))


def cluster_centres(catalogue: Catalogue, seed: int = 0) -> FloatArray:
    """Float32 [k, D] of length one, those of more songs first; none where too few are known."""
    points = Points.of(catalogue)
    rows = points.known_rows()
    count = cluster_count(len(rows))
    if not count:
        return np.zeros((0, 0), np.float32)
    rng = np.random.default_rng(seed)
    some = points.at(rows[rng.permutation(len(rows))[:SAMPLE]])
    middles = centres(some, count, rng)
    sizes = np.bincount((some @ middles.T).argmax(axis=1), minlength=count)
    order = np.argsort(-sizes, kind="stable")
    return middles[order[sizes[order] > 0]]


def assigned(catalogue: Catalogue, middles: FloatArray) -> Clusters:
    """Each recording in the group whose centre is nearest."""
    of = np.full(len(catalogue), -1, np.int64)
    nearness = np.full(len(catalogue), np.nan, np.float32)
    points = Points.of(catalogue)
    rows = points.known_rows() if len(middles) else np.zeros(0, np.int64)
    for start in range(0, len(rows), BLOCK):
        block = rows[start : start + BLOCK]
        near = points.at(block) @ middles.T
        of[block] = near.argmax(axis=1)
        nearness[block] = near.max(axis=1)
    return Clusters(middles, of, nearness)
