"""Which rows may be shown at all, and how well each would do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.feedback_kinds import CLEARLY_DISLIKED, CLEARLY_LIKED
from musicrec_core.recommender.data.lots import lots
from musicrec_core.recommender.scoring.library import Scoring

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.records import FloatArray, IntArray


POOL, WIDE_POOL = 1000, 5000
"""Songs that a list chooses from, and where each interest has a share of it."""
DRAWN, PLENTY = 400, 5
"""How many of these a first list chooses from at most, and how many times its places at least."""
CONTEND, CONTEND_SHARE = 3, 0.1
"""How many times a list's places, and at least which share of the candidates, contend for them."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Rows int64 [c] that may be shown, best first.

    relevance: float32 [c], 1 for the best and falling to 0 where those end that contend for a
    place, so that what variety may move does not hang on how bad the worst of the library is.
    """

    rows: IntArray
    relevance: FloatArray
    artists: IntArray
    versions: IntArray
    familiar: NDArray[np.bool_]


def may_be_shown(
    catalogue: Catalogue, history: History, allowed: NDArray[np.bool_] | None
) -> NDArray[np.bool_]:
    """Everything allowed but what is disliked on balance: outright, or rated 1 or 2."""
    showable = np.ones(len(catalogue), np.bool_) if allowed is None else allowed.copy()
    showable[history.rows[history.values <= CLEARLY_DISLIKED]] = False
    return showable


def in_question(scoring: Scoring, showable: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Bool [n]: of the best rows those that may be shown; all that may where those run short."""
    top = scoring.top_rows[showable[scoring.top_rows]]
    if len(top) < POOL:
        return showable
    rows = np.zeros(len(showable), np.bool_)
    rows[top] = True
    return rows


def best_first(
    catalogue: Catalogue, rows: NDArray[np.bool_], scores: FloatArray, count: int, seed: int
) -> IntArray:
    """The `count` best of the rows, bool [n], by their scores [n]; of what ties, a lot decides."""
    if count < len(rows):
        value = np.where(rows, scores, np.float32(-np.inf))
        value.partition(len(rows) - count)
        rows = rows & (scores >= value[len(rows) - count])
    return shuffled_ties(catalogue, np.flatnonzero(rows), scores, seed)[:count]


def shuffled_ties(catalogue: Catalogue, order: IntArray, scores: FloatArray, seed: int) -> IntArray:
    """The same order, but rows of equal scores by lot: otherwise they would go by the alphabet."""
    return order[np.lexsort((lots(catalogue.track_ids[order], seed), -scores[order]))]


def candidates_of(
    catalogue: Catalogue,
    history: History,
    rows: IntArray,
    scores: FloatArray,
    count: int,
    versions: IntArray | None,
    least_spread: float = 0.0,
) -> Candidates:
    """Candidates for a list of `count`, from rows in the order of their scores [n]."""
    value = scores[rows]
    contend = max(CONTEND * count, round(CONTEND_SHARE * min(len(rows), max(POOL, 5 * count))))
    edge = float(value[: contend + 1].min()) if len(value) else 0.0
    spread = float(value.max()) - edge if len(value) else 0.0
    relevance = 1 + (value - edge - spread) / (max(spread, least_spread) or 1)
    own = rows if versions is None else versions[rows]
    familiar = np.isin(rows, history.rows[history.values >= CLEARLY_LIKED])
    return Candidates(rows, relevance.astype(np.float32), catalogue.artists[rows], own, familiar)


def drawn(catalogue: Catalogue, candidates: Candidates, count: int, seed: int) -> Candidates:
    """Half of the candidates by lot, at most DRAWN, where that is plenty for a list of `count`.

    Of a person of whom nothing is known, so that each day's list stands for other songs.
    """
    total = len(candidates.rows)
    size = min(total // 2, max(DRAWN, PLENTY * count))
    if size < PLENTY * count:
        return candidates
    at = np.argsort(lots(catalogue.track_ids[candidates.rows], seed), kind="stable")[:size]
    at.sort()
    return Candidates(
        candidates.rows[at],
        candidates.relevance[at],
        candidates.artists[at],
        candidates.versions[at],
        candidates.familiar[at],
    )


def best_candidates(
    catalogue: Catalogue,
    history: History,
    value: FloatArray,
    count: int,
    versions: IntArray | None,
) -> Candidates:
    """The rows of the greatest value [n], as many as a list of `count` chooses from; none of 0."""
    order = np.argsort(-value, kind="stable")[: max(POOL, 5 * count)]
    return candidates_of(catalogue, history, order[value[order] > 0], value, count, versions)
