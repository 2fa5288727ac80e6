"""A little room for what is uncertain and promising, never for what is known to be bad."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.ranking.list_rules import RankedRow, Rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.recommender.scoring.library import Scoring
    from musicrec_core.records import IntArray

_PROMISING = 0.75  # share of the library that is less promising than what is tried
_PROMISE = 3  # power of the score beside the uncertainty, which is largest for the middling
_FIRST_EXPLORED = 6  # the seventh pick of every ten: below what everyone reads first


def open_to_trial(
    catalogue: Catalogue, history: History, scoring: Scoring, rows: IntArray
) -> IntArray:
    """Those of the rows that may turn out well.

    Among the most promising quarter of the library; neither turned down, nor by an artist whose
    songs were turned down more than they were taken to.
    """
    size = int(catalogue.artists.max(initial=-1)) + 2
    balance = np.bincount(
        catalogue.artists[history.rows] + 1, weights=history.values, minlength=size
    )
    balance[0] = 0  # code -1 is no one
    fair = balance[catalogue.artists[rows] + 1] >= 0
    fair &= ~np.isin(rows, history.rows[history.values < 0])
    return rows[fair & (scoring.scores[rows] >= np.quantile(scoring.scores, _PROMISING))]


def with_explored(
    picks: Sequence[RankedRow], open_rows: IntArray, scoring: Scoring, rules: Rules
) -> list[RankedRow]:
    """Put one of `open_rows` in one place of so many, chosen by promise and uncertainty."""
    result = list(picks)
    if rules.explore <= 0:
        return result
    rng = np.random.default_rng(rules.seed)
    pool = open_rows[~np.isin(open_rows, [pick.row for pick in picks])]
    every = max(2, round(1 / rules.explore))
    for place in range(min(_FIRST_EXPLORED, every - 1), len(picks), every):
        promise = scoring.scores[pool].astype(np.float64) ** _PROMISE
        chance = promise * scoring.uncertainty[pool]
        if len(pool) == 0 or chance.sum() <= 0:
            break
        chance /= chance.sum()
        at = int(rng.choice(len(pool), p=chance))
        row = int(pool[at])
        result[place] = RankedRow(row, float(scoring.scores[row]), (), True, float(chance[at]))
        pool = np.delete(pool, at)
    return result
