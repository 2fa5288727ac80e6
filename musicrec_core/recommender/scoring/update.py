"""A scoring brought up to date after an opinion: measured everywhere, scored where it may matter.

Sums over the past move on by what changed (features/pooled.py), so every recording's nearness and
its percentile within the library are those that scoring everything anew would find, but for the
deviation that similarities are divided by, which stays that of the last full scoring. The network
then reads the best recordings and those near to what was said; what is far from it and far down
the list hardly moves. A full scoring follows behind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data import mapped
from musicrec_core.recommender.data.credits import Credits
from musicrec_core.recommender.data.history import UserHistory
from musicrec_core.recommender.features.similarity import EmbeddingSimilarity
from musicrec_core.recommender.scoring.library import LibraryScorer, Scoring, ScoringBasis, best

if TYPE_CHECKING:
    from musicrec_core.recommender.data.dataset import History
    from musicrec_core.recommender.data.history import UserHistory
    from musicrec_core.records import FloatArray, IntArray

BEST = 3000
NEAREST = 1000
"""Of each source; recordings of the same artist and album come on top."""
FEWEST_BEFORE = 5
"""With less said before, one opinion moves the percentiles of everything."""
MOST_NEW = 20


def updated(
    basis: ScoringBasis, before: Scoring, history: History
) -> tuple[ScoringBasis, Scoring] | None:
    """The basis and scores after `history`; None where everything is to be scored anew.

    before: scores of the whole library, and the best first, by `basis`.
    """
    after_history = UserHistory.of(history)
    changed = _changed(basis.features.history, after_history)
    if len(changed) > MOST_NEW or not _comparable(basis.features.history, after_history):
        return None
    scorer = LibraryScorer(basis.net, basis.features.after(after_history), basis.prior)
    rows = _affected(basis, before.scores, changed)
    logits, uncertain = scorer.predicted(rows)
    scores, uncertainty = before.scores.copy(), before.uncertainty.copy()
    scores[rows], uncertainty[rows] = scorer.net.calibrated(logits), uncertain
    order = best(basis.features.catalogue, rows, logits, len(before.top_rows))
    return scorer.basis, Scoring(scores, uncertainty, order, ())


def _changed(before: UserHistory, after: UserHistory) -> IntArray:
    """Rows of which something else is said now than before, but for a little age."""
    rows = np.union1d(before.rows, after.rows)
    was, now = (np.zeros(len(rows), np.float32) for _ in range(2))
    for values, history in ((was, before), (now, after)):
        values[np.searchsorted(rows, history.rows)] = history.liked - history.disliked
    changed: IntArray = rows[np.abs(was - now) > 0.02]
    return changed


def _comparable(before: UserHistory, after: UserHistory) -> bool:
    """Whether the same sides were spoken for, so that the percentiles still mean something."""
    same = all(
        bool((getattr(before, side) > 0).any()) == bool((getattr(after, side) > 0).any())
        for side in ("liked", "disliked")
    )
    return same and min(len(before), len(after)) >= FEWEST_BEFORE


def _affected(basis: ScoringBasis, scores: FloatArray, changed: IntArray) -> IntArray:
    """Int64 [m], rising: the best so far, what changed, and what is near to that."""
    candidates = [_largest(scores, BEST), changed]
    for source in basis.features.sources:
        if source.name in ("sound", "culture") and isinstance(source, EmbeddingSimilarity):
            for row in changed[source.is_known[changed]]:
                near = mapped.products(source.points, source.points[row])
                candidates.append(_largest(np.nan_to_num(near, nan=-np.inf), NEAREST))
    catalogue = basis.features.catalogue
    for makers in (catalogue.credits, Credits.alone(catalogue.albums)):
        candidates += makers.sharing(changed, NEAREST)
    rows: IntArray = np.unique(np.concatenate(candidates))
    return rows


def _largest(values: FloatArray, count: int) -> IntArray:
    """The rows of the largest values, in no order."""
    if count >= len(values):
        return np.arange(len(values))
    rows: IntArray = np.argpartition(values, len(values) - count)[len(values) - count :]
    return rows
