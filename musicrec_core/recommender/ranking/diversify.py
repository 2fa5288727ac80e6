"""Variety: greedily by relevance less nearness to what is chosen already.

Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.ranking.calibrate import Calibration, within_reach
from musicrec_core.recommender.ranking.candidates import Candidates
from musicrec_core.recommender.ranking.coverage import SHARE, Coverage
from musicrec_core.recommender.ranking.likeness import Likeness
from musicrec_core.recommender.ranking.list_rules import RankedRow, Rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.records import IntArray

_DUE = 2.0
"""Shares are those of the whole list: at the top a song's worth counts, at the end what is due."""
_PLAINLY = 0.05  # of the score: less is no difference worth a word


def diversify(
    catalogue: Catalogue,
    candidates: Candidates,
    count: int,
    rules: Rules,
    calibration: Calibration | None = None,
) -> list[int]:
    """Positions among the candidates, greedily by relevance less nearness to those chosen.

    With a calibration, less what each would take the list's shares away from those of the likes.
    A first list is also to stand for as much as it can of what contends.
    """
    if calibration is not None:
        candidates = replace(candidates, relevance=within_reach(candidates.relevance))
    likeness = Likeness.of(catalogue, candidates)
    coverage = Coverage.of(likeness) if rules.covering else None
    nearest = np.zeros(len(candidates.rows), np.float32)
    free = np.ones(len(candidates.rows), np.bool_)
    room, albums = _Room(candidates, rules, free.copy()), catalogue.albums[candidates.rows]
    chosen: list[int] = []
    while free.any() and len(chosen) < count:
        eligible = free & room.within(len(chosen))
        unlike = -nearest
        if coverage is not None:
            unlike = SHARE * coverage.gains() - (1 - SHARE) * nearest
        value = (1 - abs(rules.variety)) * candidates.relevance + rules.variety * unlike
        if calibration is not None:
            due = ((len(chosen) + 1) / count) ** _DUE
            value = value - due * rules.calibrated * calibration.strays(chosen)
        apart = eligible & _apart(candidates, albums, chosen, rules)
        open_to = next((mask for mask in (apart, eligible) if mask.any()), free)
        best = int(np.argmax(np.where(open_to, value, -np.inf)))
        chosen.append(best)
        free[best] = False
        room.take(best)
        nearest = np.maximum(nearest, likeness.to(best))
        if coverage is not None:
            coverage.take(best)
    return chosen


def with_moves(picks: Sequence[RankedRow]) -> tuple[RankedRow, ...]:
    """The picks, each with which way variety moved it, where the scores shown tell."""
    scores = np.array([pick.score for pick in picks if not pick.explore])
    result, place = list(picks), 0
    for i, pick in enumerate(picks):
        if pick.explore:
            continue
        above, below = scores[:place], scores[place + 1 :]
        up = (below > pick.score + _PLAINLY).any()
        down = (above < pick.score - _PLAINLY).any()
        if up != down:
            result[i] = replace(pick, moved=1 if up else -1)
        elif up:  # moved past both: what most of the others say
            higher = (below > pick.score + _PLAINLY).sum() >= (above < pick.score - _PLAINLY).sum()
            result[i] = replace(pick, moved=1 if higher else -1)
        place += 1
    return tuple(result)


def _apart(
    candidates: Candidates, albums: IntArray, chosen: list[int], rules: Rules
) -> NDArray[np.bool_]:
    """Bool [c]: neither the artist nor the album of the places right above."""
    apart = np.ones(len(albums), np.bool_)
    windows = ((candidates.artists, rules.artist_window), (albums, rules.album_window))
    for codes, window in windows:
        above = codes[chosen[-window + 1 :]] if window > 1 else codes[:0]
        for code in set(above[above >= 0].tolist()):
            apart &= codes != code
    return apart


@dataclass(slots=True)
class _Room:
    """What the rules leave of c candidates, while a list is chosen.

    open: bool [c], whose song is not in the list, nor too much of their artist.
    """

    candidates: Candidates
    rules: Rules
    open: NDArray[np.bool_]
    songs_of: Counter[int] = field(default_factory=Counter)
    familiar: int = 0

    def within(self, length: int) -> NDArray[np.bool_]:
        """Bool [c]: what may follow a list of that length."""
        if (self.familiar + 1) * self.rules.familiar_every > length + 1:
            return self.open & ~self.candidates.familiar
        return self.open

    def take(self, at: int) -> None:
        """One of them is in the list."""
        artist = int(self.candidates.artists[at])
        self.songs_of[artist] += 1
        self.familiar += bool(self.candidates.familiar[at])
        self.open &= self.candidates.versions != self.candidates.versions[at]
        if artist >= 0 and self.songs_of[artist] >= self.rules.per_artist:
            self.open &= self.candidates.artists != artist
