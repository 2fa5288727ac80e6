"""Which ratings of a large table are measured: enough for narrow figures, in minutes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.text import count

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.rating_table import EvaluationTable
    from musicrec_core.records import IntArray

MOST_TRAINING_ROWS = 20_000
"""Of more ratings than these, by one user or by all, as many are drawn to learn from."""
MOST_POOLED = 200_000
"""So for the boosted trees over all users."""
MANY_USERS = 100
"""More users than these stand on the network of all, without networks or trees of their own."""
MOST_MEASURED = 50_000
MOST_USERS = 500


@dataclass(frozen=True, slots=True, repr=False)
class RatingSample:
    """users: int64 [u], rising, those who are measured. ratings: bool [r], theirs that are."""

    users: IntArray
    ratings: NDArray[np.bool_]

    @classmethod
    def of(cls, table: EvaluationTable, seed: int) -> RatingSample:
        """Whole users drawn at random while there is room, at least one; of one too large a part.

        Whoever is not measured still teaches what all users share.
        """
        rng = np.random.default_rng(seed)
        counts = np.bincount(table.users, minlength=len(table.user_ids))
        order = rng.permutation(np.flatnonzero(counts))[:MOST_USERS]
        fitting = np.cumsum(counts[order]) <= MOST_MEASURED
        fitting[:1] = True
        users = np.sort(order[fitting])
        ratings = np.isin(table.users, users)
        if ratings.sum() > MOST_MEASURED:  # one user alone
            chosen = rng.permutation(np.flatnonzero(ratings))[:MOST_MEASURED]
            ratings = np.zeros(len(ratings), np.bool_)
            ratings[chosen] = True
        return cls(users, ratings)


def sample_rows(rows: IntArray, most: int, seed: int) -> IntArray:
    """At most so many of the rows, drawn at random, in their order."""
    if len(rows) <= most:
        return rows
    return np.sort(np.random.default_rng(seed).permutation(rows)[:most])


def sampling_note(table: EvaluationTable, measured: RatingSample) -> list[str]:
    """What of the table is only sampled, a sentence each."""
    notes = []
    users = int((np.bincount(table.users) > 0).sum())
    if len(measured.users) < users:
        drawn = f"of {users:,} users {len(measured.users):,}, drawn at random, are measured"
        notes.append(f"{drawn} on {measured.ratings.sum():,} ratings; the others only teach")
    elif not measured.ratings.all():
        drawn = f"{measured.ratings.sum():,}, drawn at random, are measured"
        notes.append(f"of {count(len(measured.ratings), 'rating')} {drawn}")
    if len(table.user_ids) > MANY_USERS:
        notes.append(
            "each of so many users stands on what all share, without networks or trees of their own"
        )
    most = int(np.bincount(table.users, minlength=1).max())
    if most > MOST_TRAINING_ROWS:
        notes.append(
            f"a user has {most:,} ratings; each training draws {MOST_TRAINING_ROWS:,} of them at "
            "random"
        )
    if users > 1 and len(table.ratings) > MOST_TRAINING_ROWS:
        notes.append(
            f"what all users share is learned from {MOST_TRAINING_ROWS:,} ratings drawn at random, "
            f"by the pooled baseline from {min(MOST_POOLED, len(table.ratings)):,}"
        )
    return notes
