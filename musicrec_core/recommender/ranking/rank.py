"""From scores to a list worth showing: filtered, varied, with a little room to explore."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.ranking.calibrate import Calibration, knows_enough
from musicrec_core.recommender.ranking.candidates import (
    POOL,
    WIDE_POOL,
    Candidates,
    best_first,
    candidates_of,
    drawn,
    in_question,
    may_be_shown,
)
from musicrec_core.recommender.ranking.dials import Pull, dialled
from musicrec_core.recommender.ranking.diversify import diversify, with_moves
from musicrec_core.recommender.ranking.explore import open_to_trial, with_explored
from musicrec_core.recommender.ranking.list_rules import RankedRow, Rules
from musicrec_core.recommender.scoring.library import Scoring

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.records import FloatArray, IntArray

STALE = 0.3
"""Of the range of relevance that contends for a place, what having been shown yesterday costs."""


def rank(
    catalogue: Catalogue,
    history: History,
    scoring: Scoring,
    count: int,
    *,
    allowed: NDArray[np.bool_] | None = None,
    versions: IntArray | None = None,
    pulls: Sequence[Pull] = (),
    stale: FloatArray | None = None,
    rules: Rules | None = None,
) -> tuple[RankedRow, ...]:
    """At most `count` picks, best first.

    allowed: bool [n], rows that may be shown at all. versions: int64 [n], one code for all
    versions of one song (same title and artist); without it, every row is its own song.
    pulls: the dials; what they measure has no other say. stale: float32 [n] in [0, 1], how lately
    each was in a list of an earlier day; it comes a little later then.
    """
    rules = rules or Rules()
    showable = may_be_shown(catalogue, history, allowed)
    rows = in_question(scoring, showable)
    calibrated = rules.calibrated > 0 and knows_enough(history)
    chosen_from, most = (showable, WIDE_POOL) if calibrated else (rows, POOL)
    pool = best_first(catalogue, chosen_from, scoring.scores, max(most, 5 * count), rules.seed)
    candidates = candidates_of(
        catalogue, history, pool, scoring.scores, count, versions, rules.least_spread
    )
    candidates = _freshened(dialled(candidates, pulls), stale)
    if rules.covering:
        candidates = drawn(catalogue, candidates, count, rules.seed)
    shares = Calibration.of(catalogue, history, candidates.rows) if calibrated else None
    chosen = diversify(catalogue, candidates, count, rules, shares)
    first = scoring.top_rows[: len(scoring.contributions)]
    explained = dict(zip(first.tolist(), scoring.contributions, strict=True))
    picks = [
        RankedRow(int(r), float(scoring.scores[r]), explained.get(int(r), ()))
        for r in candidates.rows[chosen]
    ]
    open_rows = open_to_trial(catalogue, history, scoring, rows)
    picks = with_explored(catalogue, picks, open_rows, scoring, rules)
    return with_moves(picks)


def _freshened(candidates: Candidates, stale: FloatArray | None) -> Candidates:
    """The candidates, what was shown lately put down a little."""
    if stale is None:
        return candidates
    moved = candidates.relevance - np.float32(STALE) * stale[candidates.rows]
    return replace(candidates, relevance=moved)
