"""Songs that fit a word, best fit first; the person's taste settles what the fit leaves open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.ranking.candidates import (
    Candidates,
    best_candidates,
    may_be_shown,
)
from musicrec_core.recommender.ranking.diversify import diversify
from musicrec_core.recommender.ranking.list_rules import RankedRow, Rules

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.records import FloatArray, IntArray


def rank_by_fit(
    catalogue: Catalogue,
    history: History,
    fit: FloatArray,
    scores: FloatArray,
    count: int,
    *,
    taste: float = 0.1,
    per_artist: int = 4,
    allowed: NDArray[np.bool_] | None = None,
    versions: IntArray | None = None,
    rules: Rules | None = None,
    tagged: NDArray[np.bool_] | None = None,
) -> tuple[RankedRow, ...]:
    """At most `count` of the `allowed` rows, by fit [n] and, `taste` deviations of it, scores [n].

    No row explores, and none is put down for being like the one above: all are to be alike.
    tagged: bool [n], which say the word itself: an artist has more than `per_artist` songs before a
    song comes that does not say it.
    """
    rules = replace(
        rules or Rules(), variety=0.0, per_artist=per_artist, artist_window=1, album_window=1
    )
    showable = may_be_shown(catalogue, history, allowed)
    value = fit + np.float32(taste) * scores
    value = np.where(showable, value - value.min(initial=0.0) + 1, 0)
    candidates = best_candidates(catalogue, history, value, count, versions)
    if tagged is not None:
        rules = replace(rules, per_artist=_room(candidates, tagged, count, per_artist))
    return tuple(
        RankedRow(int(row), float(scores[row]), ())
        for row in candidates.rows[diversify(catalogue, candidates, count, rules)]
    )


def _room(candidates: Candidates, tagged: NDArray[np.bool_], count: int, per_artist: int) -> int:
    """How many songs an artist may have, so that those tagged fill as much of the list as they can.

    Of the versions of one song the first counts.
    """
    rows = np.flatnonzero(tagged[candidates.rows])
    _, first = np.unique(candidates.versions[rows], return_index=True)
    artists = candidates.artists[rows[first]]
    each = np.unique(artists[artists >= 0], return_counts=True)[1]
    wanted = min(count, len(artists)) - int((artists < 0).sum())
    room = per_artist
    while np.minimum(each, room).sum() < wanted:
        room += 1
    return room
