"""A little room for what is uncertain and promising."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.ranking.list_rules import RankedRow, Rules
from musicrec_core.recommender.scoring.library import Contribution, Scoring

if TYPE_CHECKING:
    from musicrec_core.records import IntArray


EXPLORE_EVERY = 10


_FIRST_EXPLORED = 6  # the seventh pick of every ten: below what everyone reads first


def with_explored(
    picks: list[RankedRow],
    order: IntArray,
    scoring: Scoring,
    known: dict[int, tuple[Contribution, ...]],
    rules: Rules,
) -> tuple[RankedRow, ...]:
    """Put an uncertain but promising row in one place of every ten."""
    rng = np.random.default_rng(rules.seed)
    shown = {pick.row for pick in picks}
    pool = np.array([r for r in order if int(r) not in shown], np.int64)
    result = list(picks)
    for place in range(_FIRST_EXPLORED, len(picks), EXPLORE_EVERY):
        chance = scoring.scores[pool] * scoring.uncertainty[pool]
        if len(pool) == 0 or chance.sum() <= 0:
            break
        chance = chance.astype(np.float64) / chance.sum(dtype=np.float64)
        at = int(rng.choice(len(pool), p=chance))
        row = int(pool[at])
        result[place] = RankedRow(
            row, float(scoring.scores[row]), known.get(row, ()), True, float(chance[at])
        )
        pool = np.delete(pool, at)
    return tuple(result)
