"""Far from some songs and yet to this person's taste: out of the bubble.

A row is as near to many songs as it is to the nearest of them, so that what lies between the
person's interests is not taken for far away.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data import mapped
from musicrec_core.recommender.ranking.candidates import best_candidates, may_be_shown
from musicrec_core.recommender.ranking.diversify import diversify
from musicrec_core.recommender.ranking.list_rules import RankedRow, Rules
from musicrec_core.recommender.ranking.nearness import z_scores

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    parts = [mapped.greatest_products(*spaces) for spaces in _comparable(catalogue, rows)]
    return _mean_z(catalogue, parts)


def likeness_to_each(catalogue: Catalogue, rows: IntArray) -> FloatArray:
    """Float32 [n, r] in deviations: to each of the rows; NaN where nothing is known of either."""
    each = [
        _mean_z(catalogue, [mapped.products(v, r[:, 0]) for v, r in _comparable(catalogue, row)])
        for row in np.split(rows, max(1, len(rows)))
        if len(row)
    ]
    return np.stack(each, axis=1) if each else np.zeros((len(catalogue), 0), np.float32)


def _comparable(catalogue: Catalogue, rows: IntArray) -> Iterator[tuple[FloatArray, FloatArray]]:
    """By space, float32 [n, d], and [d, k] of those of the rows that are known there."""
    for vectors in (catalogue.near, catalogue.culture):
        known = rows[np.isfinite(vectors[rows, 0])] if vectors.shape[1] else rows[:0]
        if len(known):
            yield vectors, np.ascontiguousarray(vectors[known].T)


def _mean_z(catalogue: Catalogue, parts: list[FloatArray]) -> FloatArray:
    """Float32 [n]: the mean of the z-scores of the parts that are known; NaN where none is."""
    total, parts_there = np.zeros((2, len(catalogue)), np.float32)
    for part in parts:
        there = np.isfinite(part)
        total += z_scores(part)
        parts_there += there
    mean: FloatArray = np.divide(
        total, parts_there, out=np.full(len(total), np.nan, np.float32), where=parts_there > 0
    )
    return mean


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
    near: FloatArray | None = None,
) -> tuple[RankedRow, ...]:
    """At most `count` of the FARTHEST rows of those allowed, by scores [n] and variety.

    near: float32 [n], the `likeness` to the rows, where it was worked out before.
    """
    rules = replace(rules or Rules(), variety=VARIETY)
    showable = may_be_shown(catalogue, history, allowed)
    showable[rows] = False
    near = likeness(catalogue, rows) if near is None else near
    there = np.flatnonzero(showable & np.isfinite(near))
    far = there[near[there] <= np.quantile(near[there], FARTHEST)] if len(there) else there
    value = np.zeros(len(catalogue), np.float32)
    value[far] = scores[far] + np.float32(1e-6)
    candidates = best_candidates(catalogue, history, value, count, versions)
    return tuple(
        RankedRow(int(row), float(scores[row]), ())
        for row in candidates.rows[diversify(catalogue, candidates, count, rules)]
    )
