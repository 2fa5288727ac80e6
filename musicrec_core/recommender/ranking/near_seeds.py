"""What some seeds stand for, and how near a library lies to each and to those that are alike.

Seeds of one kind of music are looked at together, for what they have in common is meant more likely
than what sets each apart; those that have nothing in common stay apart, and none is lost in a mean
(benchmarks/lists/unlike.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.ranking.interests import interests
from musicrec_core.recommender.ranking.nearness import Nearness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.records import FloatArray, IntArray

MOST_SONGS = 32
"""Of one seed; more are thinned out evenly."""
APART, ALIKE = -0.25, 0.5
"""How near to each other, in deviations, seeds count for each other at all, and in full."""
MOST_AGREEING = 50  # seeds: each takes four bytes a song
MOST_KEPT = 8_000_000  # numbers of each source: more are computed twice
_UNLIKE_TAGS, _UNLIKE_SOUND = 1.5, 0.2
"""Of nearness to what is not wanted: kinds of music that sound alike are told apart by a tag."""


@dataclass(frozen=True, slots=True, repr=False)
class Seed:
    """A voter: rows int64 that it stands for, and its share of one vote, in (0, 1]."""

    rows: IntArray
    weight: float = 1.0

    @classmethod
    def voters(cls, catalogue: Catalogue, rows: IntArray) -> tuple[Seed, ...]:
        """A seed that may hold several kinds of music, each by its number of songs."""
        groups = interests(catalogue, rows)
        songs = sum(map(len, groups))
        return tuple(cls(group, len(group) / songs) for group in groups)


def thinned(rows: IntArray) -> IntArray:
    """At most MOST_SONGS of the rows, spread evenly."""
    return rows[:: max(1, -(-len(rows) // MOST_SONGS))]


class NearSeeds:
    """How near the library lies to each of some seeds, and to those that are alike."""

    def __init__(self, nearness: Nearness, seeds: Sequence[Seed]) -> None:
        self.seeds = seeds
        self._nearness = nearness
        size = len(nearness.catalogue)
        self._kept: list[dict[str, FloatArray]] | None = None
        if len(seeds) * size <= MOST_KEPT:
            self._kept = [nearness.parts(thinned(seed.rows)) for seed in seeds]
        self._near: FloatArray | None = None
        agree = 1 < len(seeds) <= MOST_AGREEING
        self._near = np.stack([self.near(at) for at in range(len(seeds))]) if agree else None

    def parts(self, at: int) -> dict[str, FloatArray]:
        """Of one seed, by source, float32 [n]; made anew where they are too large to be kept."""
        if self._kept is not None:
            return self._kept[at]
        return self._nearness.parts(thinned(self.seeds[at].rows))

    def near(self, at: int) -> FloatArray:
        """Float32 [n]: to one seed, by all sources."""
        if self._near is not None:
            near: FloatArray = self._near[at]
            return near
        return sum(self.parts(at).values(), np.zeros(len(self._nearness.catalogue), np.float32))

    def alike(self, at: int) -> FloatArray:
        """Float32 [s], of sum 1: what each seed counts for this one, as far as it is like it.

        Those that are far apart do not count, or the list would be drawn to what lies between.
        """
        weights = np.zeros(len(self.seeds), np.float32)
        if self._near is not None:
            weights[:] = [seed.weight for seed in self.seeds]
            near = self._near[:, self.seeds[at].rows].mean(axis=1)
            weights *= np.clip((near - APART) / (ALIKE - APART), 0, 1)
        weights[at] = self.seeds[at].weight
        shares: FloatArray = weights / weights.sum()
        return shares

    def together(self, at: int) -> FloatArray:
        """Float32 [n]: the mean nearness to one seed and to those that are like it."""
        if self._near is None:
            return self.near(at)
        mean: FloatArray = self.alike(at) @ self._near
        return mean


def unlike(nearness: Nearness, seeds: Sequence[Seed]) -> FloatArray:
    """Float32 [n]: what being near to any of some seeds takes off a row that is not to be so."""
    near_seeds = NearSeeds(nearness, seeds)
    most = np.full(len(nearness.catalogue), -np.inf, np.float32)
    for at in range(len(seeds)):
        tags, near = np.zeros((2, len(most)), np.float32)
        shares = near_seeds.alike(at)
        for other in np.flatnonzero(shares).tolist():
            near += shares[other] * near_seeds.near(other)
            tags += shares[other] * near_seeds.parts(other).get("tags", np.float32(0))
        by_sound = np.maximum(near - tags, 0)
        most = np.maximum(most, _UNLIKE_TAGS * tags + np.float32(_UNLIKE_SOUND) * by_sound)
    return most
