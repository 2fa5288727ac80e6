"""Albums or artists instead of songs: ranked by what their songs are worth.

An album is worth the mean of its better half: one song out of place makes it no worse, one good
song no good. Of an artist one plays the best, so those count, drawn to what is usual as if by one
more song, or else the best artist would be one of a single song (benchmarks/lists/group_ranking.py
compares means, medians, counts and priors).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray, IntArray

BEST = 5
"""Songs of an artist that are theirs in a list,"""
COUNTED = 3
"""of which so many count."""
PRIOR = 1.0


@dataclass(frozen=True, slots=True, repr=False)
class RankedGroup:
    """rows: int64 [m], its songs, the most worth first."""

    value: float
    rows: IntArray


def group_values(
    codes: IntArray, values: FloatArray, counted: NDArray[np.bool_], *, best: int | None
) -> tuple[IntArray, IntArray, FloatArray]:
    """Groups by code: rows int64 [r] sorted by group, best first; where each begins; its value.

    codes: int64 [n], -1 for rows of no group. values: float32 [n]. counted: bool [n]. best: so many
    rows of each group, an artist; None for all, of an album. Begins: int64 [g + 1]; value: float32
    [g].
    """
    rows = np.flatnonzero(counted & (codes >= 0))
    if not len(rows):
        return rows, np.zeros(1, np.int64), np.zeros(0, np.float32)
    usual = float(values[rows].mean())
    rows = rows[np.lexsort((-values[rows], codes[rows]))]
    starts = np.flatnonzero(np.diff(codes[rows], prepend=-2))
    if best is not None:
        place = np.arange(len(rows)) - np.repeat(starts, np.diff(starts, append=len(rows)))
        rows = rows[place < best]
        starts = np.flatnonzero(np.diff(codes[rows], prepend=-2))
    begins = np.append(starts, len(rows))
    sizes = np.diff(begins)
    counting = -(-sizes // 2) if best is None else np.minimum(sizes, COUNTED)
    sums = np.concatenate([[0.0], np.cumsum(values[rows], dtype=np.float64)])
    of_counting = sums[starts + counting] - sums[starts]
    prior = 0.0 if best is None else PRIOR
    means = (of_counting + prior * usual) / (counting + prior)
    return rows, begins, means.astype(np.float32)


def rank_groups(
    codes: IntArray,
    values: FloatArray,
    counted: NDArray[np.bool_],
    count: int,
    *,
    least: int = 1,
    best: int | None = None,
    liked: NDArray[np.bool_] | None = None,
    familiar_every: int = 1,
    leads: IntArray | None = None,
    per_lead: int = 2,
) -> list[RankedGroup]:
    """At most `count` groups of `least` counted songs or more, the best first.

    liked: bool [n]; at most one group in `familiar_every` is one of which half was liked, as long
    as there are others. leads: int64 [n], artists, of each of which `per_lead` groups at most come.
    """
    rows, begins, means = group_values(codes, values, counted, best=best)
    if not len(means):
        return []
    sizes = np.diff(begins)
    share = np.zeros(len(means))
    if liked is not None:
        share = np.add.reduceat(liked[rows].astype(np.float64), begins[:-1]) / sizes
    order = np.argsort(-means, kind="stable")
    order = order[sizes[order] >= least]
    deal = _Deal(familiar_every, per_lead)
    for at in order.tolist():
        group = RankedGroup(float(means[at]), rows[begins[at] : begins[at + 1]])
        deal.offer(group, _lead(leads, group.rows), is_familiar=bool(share[at] >= 0.5))
        if len(deal.picked) >= count:
            break
    return [*deal.picked, *deal.waiting][:count]


class _Deal:
    """Groups are offered in their order; familiar ones wait until there is room for one."""

    def __init__(self, familiar_every: int, per_lead: int) -> None:
        self.picked: list[RankedGroup] = []
        self.waiting: list[RankedGroup] = []
        self._every, self._per_lead = familiar_every, per_lead
        self._familiar = 0
        self._of_lead: dict[int, int] = {}

    def offer(self, group: RankedGroup, lead: int, *, is_familiar: bool) -> None:
        """Take it, let it wait, or leave it out where its artist has enough."""
        if lead >= 0:
            if self._of_lead.get(lead, 0) >= self._per_lead:
                return
            self._of_lead[lead] = self._of_lead.get(lead, 0) + 1
        if is_familiar:
            self.waiting.append(group)
        else:
            self.picked.append(group)
        while self.waiting and (self._familiar + 1) * self._every <= len(self.picked) + 1:
            self.picked.append(self.waiting.pop(0))
            self._familiar += 1


def _lead(leads: IntArray | None, rows: IntArray) -> int:
    """Who leads most of the songs; -1 where nobody does."""
    if leads is None:
        return -1
    codes, songs = np.unique(leads[rows], return_counts=True)
    most = int(songs.argmax())
    return int(codes[most]) if 2 * songs[most] > len(rows) else -1
