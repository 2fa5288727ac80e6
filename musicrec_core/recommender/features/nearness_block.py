"""The inputs that say how near a recording lies to a person's past, by each source of nearness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.features.input_block import Filler, MaskedRows
from musicrec_core.recommender.features.percentile import PercentileTransform
from musicrec_core.recommender.features.similarity import SimilaritySource
from musicrec_core.recommender.features.statistics import STATISTICS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.history import UserHistory
    from musicrec_core.recommender.features.user import UserFeatures
    from musicrec_core.records import FloatArray, IntArray


SOURCE_NAMES = ("sound", "culture", "tags", "character", "era")
_RANKED = STATISTICS[:5]
_MEAN_LIKED = STATISTICS.index("like_liked")


@dataclass(frozen=True, slots=True)
class NearnessBlock:
    """How near a recording lies to the history, by one source."""

    group: str

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(f"{self.group}_{what}" for what in (*STATISTICS, "absent", "agreement"))

    def over_library(self, features: UserFeatures) -> Filler:
        source = features.sources[SOURCE_NAMES.index(self.group)]
        statistics = _library_statistics(source, features)
        percentiles = tuple(PercentileTransform.of(statistics[:, s]) for s in range(len(_RANKED)))
        features.percentiles[self.group] = percentiles
        everything = np.ones((1, len(features.history)), np.bool_)
        agreement = _agreement(source, features.history, everything, percentiles)

        def fill(rows: IntArray | slice, out: FloatArray) -> None:
            _fill_statistics(out, statistics[rows], percentiles)
            out[:, -1] = agreement

        return fill

    def fill_rows(self, features: UserFeatures, part: MaskedRows, out: FloatArray) -> None:
        source = features.sources[SOURCE_NAMES.index(self.group)]
        measured = source.is_known[features.history.rows]
        statistics = np.full((len(part.rows), len(STATISTICS)), np.nan, np.float32)
        if measured.any():
            history = features.history.where(measured)
            statistics = source.masked_statistics(
                part.rows, history, part.masks[:, measured], part.which
            )
            statistics[~source.is_known[part.rows]] = np.nan
        percentiles = features.percentiles[self.group]
        _fill_statistics(out, statistics, percentiles)
        out[:, -1] = _agreement(source, features.history, part.masks, percentiles)[part.which]


def _library_statistics(source: SimilaritySource, features: UserFeatures) -> FloatArray:
    """Float32 [n, 6]; NaN where this source knows nothing of the recording or of the past.

    The features' sums become those of their history.
    """
    measured = source.is_known[features.history.rows]
    last = features.pooled.pop(source.name, None)
    if not measured.any():
        return np.full((len(source.is_known), len(STATISTICS)), np.nan, np.float32)
    statistics, sums = source.statistics(features.history.where(measured), last)
    statistics[np.flatnonzero(~source.is_known)] = np.nan
    if sums is not None:
        features.pooled[source.name] = sums
    return statistics


def _fill_statistics(
    out: FloatArray, statistics: FloatArray, percentiles: tuple[PercentileTransform, ...]
) -> None:
    for s, transform in enumerate(percentiles):
        out[:, s] = transform.log_odds_of(statistics[:, s])
    vote = statistics[:, len(_RANKED)]
    out[:, len(_RANKED)] = np.nan_to_num(vote)
    out[:, len(STATISTICS)] = np.isnan(vote)


def _agreement(
    source: SimilaritySource,
    history: UserHistory,
    masks: NDArray[np.bool_],
    percentiles: tuple[PercentileTransform, ...],
) -> FloatArray:
    """Float32 [c]: how near the likes lie to one another by this source, for each mask [h].

    The mean log odds of the percentile of each like by its mean similarity to the others: how
    narrow a taste is, and how informative this source is of it. 0 for less than two.
    """
    liked = np.flatnonzero((history.liked > 0) & source.is_known[history.rows])
    if len(liked) < 2:
        return np.zeros(len(masks), np.float32)
    likes, visible = history.where(liked), masks[:, liked].astype(np.float32)
    weights = np.where(np.eye(len(likes)) > 0, 0, likes.liked).astype(np.float32)
    sums = visible @ (weights * source.similarities(likes.rows, likes)).T
    means = (sums / np.maximum(visible @ weights.T, 1e-6)).ravel()
    odds = percentiles[_MEAN_LIKED].log_odds_of(means).reshape(visible.shape) * visible
    several = visible.sum(axis=1) >= 2
    agreement: FloatArray = np.where(
        several, odds.sum(axis=1) / np.maximum(visible.sum(axis=1), 1), 0
    )
    return agreement.astype(np.float32)
