"""A little room for what is uncertain and promising, never for what is known to be bad."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data.lots import lots
from musicrec_core.recommender.ranking.list_rules import RankedRow, Rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.recommender.scoring.library import Scoring
    from musicrec_core.records import IntArray

_PROMISING = 0.75  # share of the library that is less promising than what is tried
_PROMISE = 3  # power of the score beside the uncertainty, which is largest for the middling
_FIRST_EXPLORED = 6  # the seventh pick of every ten: below what everyone reads first


def open_to_trial(
    catalogue: Catalogue, history: History, scoring: Scoring, may_be_tried: NDArray[np.bool_]
) -> IntArray:
    """Those of the rows, bool [n], that may turn out well.

    Among the most promising quarter of the library; neither turned down, nor by an artist whose
    songs were turned down more than they were taken to.
    """
    promising = scoring.scores >= np.quantile(scoring.scores, _PROMISING)
    rows = np.flatnonzero(may_be_tried & promising)
    makers = catalogue.credits
    balance = makers.summed(history.rows, history.values[:, None])[:, 0]
    turned_down = np.flatnonzero(balance < 0) - 1
    fair = ~makers.credit(turned_down)[rows]
    fair &= ~np.isin(rows, history.rows[history.values < 0])
    return rows[fair]


def with_explored(
    catalogue: Catalogue,
    picks: Sequence[RankedRow],
    open_rows: IntArray,
    scoring: Scoring,
    rules: Rules,
) -> list[RankedRow]:
    """Put one of `open_rows` in one place of so many, chosen by promise and uncertainty.

    Drawn without replacement by the Gumbel-max trick (Yellott, 1977) with one lot a recording, so
    that the same songs are tried while chances move a little.
    """
    result = list(picks)
    if rules.explore <= 0:
        return result
    pool = open_rows[~np.isin(open_rows, [pick.row for pick in picks])]
    chance = scoring.scores[pool].astype(np.float64) ** _PROMISE * scoring.uncertainty[pool]
    pool, chance = pool[chance > 0], chance[chance > 0]
    order = np.argsort(np.log(chance) + _gumbel(catalogue.track_ids[pool], rules.seed))[::-1]
    every, left = max(2, round(1 / rules.explore)), float(chance.sum())
    places = range(min(_FIRST_EXPLORED, every - 1), len(picks), every)
    for place, at in zip(places, order, strict=False):
        row = int(pool[at])
        score, probability = float(scoring.scores[row]), float(chance[at]) / left
        result[place] = RankedRow(row, score, (), True, min(probability, 1.0))
        left = max(left - float(chance[at]), np.finfo(np.float64).tiny)
    return result


def _gumbel(track_ids: IntArray, seed: int) -> NDArray[np.float64]:
    """Float64: a draw from the Gumbel distribution for each recording."""
    drawn: NDArray[np.float64] = -np.log(-np.log(lots(track_ids, seed)))
    return drawn
