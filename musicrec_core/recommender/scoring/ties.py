"""How a recording stands to a person's past by each source: what a reason may truly say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.features.blocks import INPUT_NAMES
from musicrec_core.recommender.features.nearness_block import SOURCE_NAMES

if TYPE_CHECKING:
    from musicrec_core.recommender.features.user import UserFeatures
    from musicrec_core.records import FloatArray, IntArray

CLOSE = 1.0
"""Deviations above the ordinary similarity from which something is called like something else."""
SAME_TIME_YEARS = 5
_PLAINLY = float(np.log(2))
"""Log odds of the percentile from which "than most" is said: two songs of three."""


@dataclass(frozen=True, slots=True)
class Ties:
    """One recording beside what a person took to and turned down, by one source.

    took_to, turned_down: how many songs of the past there are of which this source knows anything.
    like_took_to, like_turned_down: how many of them it is close to, or shares something with.
    nearer_took_to, nearer_turned_down: how near it is to them on the whole, in log odds of the
    percentile within the library.
    """

    took_to: int = 0
    turned_down: int = 0
    like_took_to: int = 0
    like_turned_down: int = 0
    nearer_took_to: float = 0.0
    nearer_turned_down: float = 0.0

    def shares(self, *, took_to: bool) -> int:
        """How many songs of one side it is like."""
        return self.like_took_to if took_to else self.like_turned_down

    def count_known(self, *, took_to: bool) -> int:
        """How many songs of one side there are."""
        return self.took_to if took_to else self.turned_down

    def nearer(self, *, took_to: bool) -> int:
        """1 where it is nearer to one side than most songs are, -1 where farther, else 0."""
        odds = self.nearer_took_to if took_to else self.nearer_turned_down
        if not self.count_known(took_to=took_to) or abs(odds) < _PLAINLY:
            return 0
        return 1 if odds > 0 else -1


def similarities(features: UserFeatures, rows: IntArray) -> dict[str, FloatArray]:
    """By source, float32 [m, h] to every past recording, above 0 where the two are alike.

    Minus infinity where nothing is known, and for a recording and itself: no song is its own
    reason.
    """
    by_source = {}
    for source in features.sources:
        is_known = source.is_known[features.history.rows]
        if is_known.any():
            near = np.full((len(rows), len(features.history)), -np.inf, np.float32)
            near[:, is_known] = source.similarities(rows, features.history.where(is_known))
            near -= 0.0 if source.name == "tags" else CLOSE
            by_source[source.name] = near
    if "era" in by_source:
        by_source["era"] = _years_apart(features, rows)
    if len(features.history):
        shared = features.catalogue.credits.overlap(rows, features.history.rows)
        by_source["artist"] = np.where(shared > 0, shared, np.float32(-1))
    for near in by_source.values():
        near[np.isnan(near) | (rows[:, None] == features.history.rows)] = -np.inf
    return by_source


def _years_apart(features: UserFeatures, rows: IntArray) -> FloatArray:
    """Float32 [m, h]: above 0 within some years of one another."""
    year = features.catalogue.columns[:, features.catalogue.column_names.index("year")]
    apart = np.abs(year[rows][:, None] - year[features.history.rows])
    within: FloatArray = np.float32(SAME_TIME_YEARS + 0.5) - apart
    return within


def ties_of(
    features: UserFeatures, inputs: FloatArray, rows: IntArray, near: dict[str, FloatArray]
) -> dict[str, tuple[Ties, ...]]:
    """By source, the ties of each of `rows` [m].

    inputs: float32 [m, K], relational ones. near: as `similarities` found it.
    """
    sides = np.stack([features.history.liked > 0, features.history.disliked > 0], axis=1).astype(
        np.int64
    )
    by_source = {}
    for name, table in near.items():
        counted = np.isfinite(table).astype(np.int64) @ sides
        alike = (table > 0).astype(np.int64) @ sides
        odds = np.zeros((len(rows), 2), np.float32)
        if name in SOURCE_NAMES:
            at = [INPUT_NAMES.index(f"{name}_{side}") for side in ("like_liked", "like_disliked")]
            odds = inputs[:, at]
        counts_of_rows = np.concatenate([counted, alike], axis=1).tolist()
        by_source[name] = tuple(
            Ties(*counts, *how) for counts, how in zip(counts_of_rows, odds.tolist(), strict=True)
        )
    return by_source
