"""Songs that fit a word, best fit first; the person's taste settles what the fit leaves open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.ranking.candidates import best_candidates, may_be_shown
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
) -> tuple[RankedRow, ...]:
    """At most `count` of the `allowed` rows, by fit [n] and, `taste` deviations of it, scores [n].

    No row explores, and none is put down for being like the one above: all are to be alike.
    """
    rules = replace(
        rules or Rules(), variety=0.0, per_artist=per_artist, artist_window=1, album_window=1
    )
    showable = may_be_shown(catalogue, history, allowed)
    value = fit + np.float32(taste) * scores
    value = np.where(showable, value - value.min(initial=0.0) + 1, 0)
    candidates = best_candidates(catalogue, history, value, count, versions)
    return tuple(
        RankedRow(int(row), float(scores[row]), ())
        for row in candidates.rows[diversify(catalogue, candidates, count, rules)]
    )
