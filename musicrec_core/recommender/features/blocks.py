"""The inputs of the taste network, block by block, in their order.

A block names its columns and fills them, for a whole library and for rows of which each may depend
on another part of the history. Names, groups and places of all columns follow from the blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

import numpy as np

from musicrec_core.recommender.features.agreed_tags import most_agreed, most_agreed_of
from musicrec_core.recommender.features.directions import Directions
from musicrec_core.recommender.features.percentile import PercentileTransform
from musicrec_core.recommender.features.shared_tags import TagSimilarity
from musicrec_core.recommender.features.similarity import (
    STATISTICS,
    EmbeddingSimilarity,
    SimilaritySource,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.history import UserHistory
    from musicrec_core.recommender.features.user import UserFeatures
    from musicrec_core.records import FloatArray, IntArray

SOURCE_NAMES = ("sound", "culture", "tags", "character", "era")
_RANKED = STATISTICS[:5]
_MEAN_LIKED = STATISTICS.index("like_liked")


@dataclass(frozen=True, slots=True, repr=False)
class MaskedRows:
    """Rows int64 [m], each with the part of the history that its inputs may depend on.

    visible: bool [m, h], the mask of each row. masks: bool [c, h], the different ones of them.
    which: int64 [m], the position of each row's mask in `masks`.
    """

    rows: IntArray
    visible: NDArray[np.bool_]
    masks: NDArray[np.bool_]
    which: IntArray


class InputBlock(Protocol):
    """Some columns of the inputs, all of one readable group."""

    @property
    def group(self) -> str: ...

    @property
    def columns(self) -> tuple[str, ...]: ...

    def fill_library(self, features: UserFeatures, out: FloatArray) -> None:
        """Fill [n, columns] for every recording."""
        ...

    def fill_rows(self, features: UserFeatures, part: MaskedRows, out: FloatArray) -> None:
        """Fill [m, columns] for some, each from its own part of the history."""
        ...


@dataclass(frozen=True, slots=True)
class _Nearness:
    """Nearness to the history by one source."""

    group: str

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(f"{self.group}_{what}" for what in (*STATISTICS, "absent", "agreement"))

    def fill_library(self, features: UserFeatures, out: FloatArray) -> None:
        source = features.sources[SOURCE_NAMES.index(self.group)]
        statistics = _library_statistics(source, features.history)
        percentiles = tuple(PercentileTransform.of(statistics[:, s]) for s in range(len(_RANKED)))
        features.percentiles[self.group] = percentiles
        _fill_statistics(out, statistics, percentiles)
        everything = np.ones((1, len(features.history)), np.bool_)
        out[:, -1] = _agreement(source, features.history, everything, percentiles)

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


@dataclass(frozen=True, slots=True)
class _Record:
    """How a recording's artist or album fared."""

    maker: str
    group: str = "artist"

    @property
    def columns(self) -> tuple[str, ...]:
        return (f"{self.maker}_record", f"{self.maker}_weight")

    def _codes(self, features: UserFeatures) -> IntArray:
        return features.catalogue.artists if self.maker == "artist" else features.catalogue.albums

    def fill_library(self, features: UserFeatures, out: FloatArray) -> None:
        out[:] = _library_record(self._codes(features), features.history)

    def fill_rows(self, features: UserFeatures, part: MaskedRows, out: FloatArray) -> None:
        codes = self._codes(features)
        own = codes[part.rows]
        same = (own[:, None] == codes[features.history.rows]) & (own >= 0)[:, None]
        out[:] = _record((same & part.visible) @ _sides(features.history))


@dataclass(frozen=True, slots=True)
class _Prior:
    """What most people like, whoever listens."""

    group: str = "popular"
    columns: tuple[str, ...] = (
        "prior_tags",
        "prior_tags_absent",
        "prior_sound",
        "prior_sound_absent",
    )

    def fill_library(self, features: UserFeatures, out: FloatArray) -> None:
        out[:] = features.prior_inputs

    def fill_rows(self, features: UserFeatures, part: MaskedRows, out: FloatArray) -> None:
        out[:] = features.prior_inputs[part.rows]


@dataclass(frozen=True, slots=True)
class _Counts:
    """How much is known of the person."""

    group: str = "popular"
    columns: tuple[str, ...] = ("liked_count", "disliked_count")

    def fill_library(self, features: UserFeatures, out: FloatArray) -> None:
        out[:] = _counts(features.history.liked, features.history.disliked)

    def fill_rows(self, features: UserFeatures, part: MaskedRows, out: FloatArray) -> None:
        out[:] = _counts(
            part.visible * features.history.liked, part.visible * features.history.disliked
        )


@dataclass(frozen=True, slots=True)
class _Learned:
    """A recording's coordinate along the taste's direction on the culture map (directions.py)."""

    group: str = "culture"
    columns: tuple[str, ...] = ("culture_learned",)

    def fill_library(self, features: UserFeatures, out: FloatArray) -> None:
        out[:, 0] = _learned(features, None, np.ones((1, len(features.history)), np.bool_), None)

    def fill_rows(self, features: UserFeatures, part: MaskedRows, out: FloatArray) -> None:
        out[:, 0] = _learned(features, part.rows, part.masks, part.which)


@dataclass(frozen=True, slots=True)
class _Agreed:
    """What the tag that the likes agree on most says of a recording."""

    group: str = "tags"
    columns: tuple[str, ...] = ("tags_agreed",)

    def fill_library(self, features: UserFeatures, out: FloatArray) -> None:
        out[:, 0] = most_agreed(_tag_source(features), features.history)

    def fill_rows(self, features: UserFeatures, part: MaskedRows, out: FloatArray) -> None:
        tags = _tag_source(features)
        for at, mask in enumerate(part.masks):
            own = part.which == at
            out[own, 0] = most_agreed_of(tags, features.history.where(mask), part.rows[own])


BLOCKS: tuple[InputBlock, ...] = (
    *map(_Nearness, SOURCE_NAMES),
    _Record("artist"),
    _Record("album"),
    _Prior(),
    _Counts(),
    _Learned(),
    _Agreed(),
)
INPUT_NAMES: tuple[str, ...] = tuple(name for block in BLOCKS for name in block.columns)
INPUT_GROUPS: tuple[str, ...] = tuple(block.group for block in BLOCKS for _ in block.columns)
_ENDS = tuple(accumulate(len(block.columns) for block in BLOCKS))
OFFSETS = tuple(
    slice(end - len(block.columns), end) for block, end in zip(BLOCKS, _ENDS, strict=True)
)
"""Where each block's columns are among all."""


def _tag_source(features: UserFeatures) -> TagSimilarity:
    source = features.sources[SOURCE_NAMES.index("tags")]
    if not isinstance(source, TagSimilarity):
        raise TypeError("tags are no source of shared tags")
    return source


def _learned(
    features: UserFeatures, rows: IntArray | None, masks: NDArray[np.bool_], which: IntArray | None
) -> FloatArray:
    """Float32 [m]: coordinates of `rows`, or all, along the taste's direction, each by its mask.

    In logits, 0 where culture is not known.
    """
    source = features.sources[SOURCE_NAMES.index("culture")]
    if not isinstance(source, EmbeddingSimilarity):
        raise TypeError("culture is no source of points")
    measured = source.is_known[features.history.rows]
    directions = Directions.fitting(features.directions, source.points.shape[1])
    directions_of = directions.of_masks(
        source, features.history.where(measured), masks[:, measured]
    )
    if rows is None or which is None:
        along: FloatArray = source.points @ directions_of[0, :-1] - directions_of[0, -1]
    else:
        along = np.einsum("md,md->m", source.points[rows], directions_of[which, :-1])
        along -= directions_of[which, -1]
    return np.nan_to_num(along, copy=False)


def _library_statistics(source: SimilaritySource, history: UserHistory) -> FloatArray:
    """Float32 [n, 5]; NaN where this channel knows nothing of the recording or of the past."""
    measured = source.is_known[history.rows]
    if not measured.any():
        return np.full((len(source.is_known), len(STATISTICS)), np.nan, np.float32)
    statistics = source.statistics(history.where(measured))
    statistics[~source.is_known] = np.nan
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


def _sides(history: UserHistory) -> FloatArray:
    return np.stack([history.liked, history.disliked], axis=1)


def _library_record(codes: IntArray, history: UserHistory) -> FloatArray:
    """Float32 [n, 2]: how the recording's artist (or album) fared, and on how much evidence."""
    size = int(codes.max(initial=-1)) + 2
    sums = [
        np.bincount(codes[history.rows] + 1, weights=side, minlength=size)
        for side in _sides(history).T
    ]
    sums = [np.where(np.arange(size) > 0, side, 0) for side in sums]  # code -1 is no one
    return _record(np.stack([side[codes + 1] for side in sums], axis=1))


def _record(sums: FloatArray) -> FloatArray:
    """From sums [m, 2] of likes and dislikes: their balance and log amount.

    The balance is shrunk to 0 as by one opinion of neither kind (additive smoothing).
    """
    liked, disliked = sums[:, 0], sums[:, 1]
    total = liked + disliked
    return np.stack([(liked - disliked) / (total + 1), np.log1p(total)], 1).astype(np.float32)


def _counts(liked: FloatArray, disliked: FloatArray) -> FloatArray:
    """How much is known: log(1 + sum) of the likes and of the dislikes; [2] or [m, 2]."""
    return np.stack([np.log1p(liked.sum(-1)), np.log1p(disliked.sum(-1))], -1)
