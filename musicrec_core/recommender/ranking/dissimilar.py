"""Far from some songs and yet to this person's taste: out of the bubble.

A row is as near to many songs as it is to the nearest of them, so that what lies between the
person's interests is not taken for far away.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.ranking.candidates import best_candidates, may_be_shown
from musicrec_core.recommender.ranking.diversify import diversify
from musicrec_core.recommender.ranking.list_rules import RankedRow, Rules
from musicrec_core.recommender.ranking.nearness import z_scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.records import FloatArray, IntArray

FARTHEST = 0.25
"""Of the library: what lies beyond is far, and the person's score says the rest."""
VARIETY = 0.4
MOST_COMPARED = 256
"""Songs; more are thinned out evenly."""


def likeness(catalogue: Catalogue, rows: IntArray) -> FloatArray:
    """Float32 [n] in deviations: by sound and by culture, to whichever of the rows is nearest.

    NaN where neither is known.
    """
    rows = rows[:: max(1, -(-len(rows) // MOST_COMPARED))]
    parts = []
    for vectors in (catalogue.near, catalogue.culture):
        comparable = rows[np.isfinite(vectors[rows, 0])] if vectors.shape[1] else rows[:0]
        if len(comparable):
            nearest = (vectors @ vectors[comparable].T).max(axis=1)
            parts.append(np.where(np.isfinite(nearest), z_scores(nearest), np.nan))
    if not parts:
        return np.full(len(catalogue), np.nan, np.float32)
    known_parts = np.isfinite(parts).sum(axis=0)
    total = np.nansum(parts, axis=0)
    mean = np.divide(total, known_parts, out=np.full(len(total), np.nan), where=known_parts > 0)
    result: FloatArray = mean.astype(np.float32)
    return result


def rank_dissimilar(
    catalogue: Catalogue,
    history: History,
    rows: IntArray,
    scores: FloatArray,
    count: int,
    *,
    allowed: NDArray[np.bool_] | None = None,
    versions: IntArray | None = None,
    rules: Rules | None = None,
) -> tuple[RankedRow, ...]:
    """At most `count` of the FARTHEST rows of those allowed, by scores [n] and variety."""
    rules = replace(rules or Rules(), variety=VARIETY)
    showable = may_be_shown(catalogue, history, allowed)
    showable[rows] = False
    near = likeness(catalogue, rows)
    there = np.flatnonzero(showable & np.isfinite(near))
    far = there[near[there] <= np.quantile(near[there], FARTHEST)] if len(there) else there
    value = np.zeros(len(catalogue), np.float32)
    value[far] = scores[far] + np.float32(1e-6)
    candidates = best_candidates(catalogue, history, value, count, versions)
    return tuple(
        RankedRow(int(row), float(scores[row]), ())
        for row in candidates.rows[diversify(catalogue, candidates, count, rules)]
    )
