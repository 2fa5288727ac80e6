"""Variety: greedily by relevance less nearness to what is chosen already.

Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.ranking.candidates import Candidates
from musicrec_core.recommender.ranking.list_rules import Rules

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.records import FloatArray, IntArray


def diversify(catalogue: Catalogue, candidates: Candidates, count: int, rules: Rules) -> list[int]:
    """Positions among the candidates, greedily by relevance less nearness to those chosen."""
    vectors = _vectors(catalogue, candidates.rows)
    nearest = np.zeros(len(candidates.rows), np.float32)
    free = np.ones(len(candidates.rows), np.bool_)
    chosen: list[int] = []
    while free.any() and len(chosen) < count:
        open_ = free & _within_rules(candidates, chosen, rules)
        value = (1 - rules.variety) * candidates.relevance - rules.variety * nearest
        best = int(np.argmax(np.where(open_ if open_.any() else free, value, -np.inf)))
        chosen.append(best)
        free[best] = False
        nearest = np.maximum(nearest, vectors @ vectors[best])
    return chosen


def _within_rules(candidates: Candidates, chosen: list[int], rules: Rules) -> NDArray[np.bool_]:
    """Bool [c]: neither too much of one artist, nor a second version of one song."""
    artists, times = np.unique(candidates.artists[chosen], return_counts=True)
    full = artists[(times >= rules.per_artist) & (artists >= 0)]
    within = ~np.isin(candidates.artists, full) & ~np.isin(
        candidates.versions, candidates.versions[chosen]
    )
    if (candidates.familiar[chosen].sum() + 1) * rules.familiar_every > len(chosen) + 1:
        within &= ~candidates.familiar
    return within


def _vectors(catalogue: Catalogue, rows: IntArray) -> FloatArray:
    """Float32 [c, E + C]: sound and culture side by side, so a product is their mean cosine."""
    parts = [np.nan_to_num(catalogue.near[rows]), np.nan_to_num(catalogue.culture[rows])]
    return np.concatenate(parts, axis=1) * np.float32(0.5**0.5)
