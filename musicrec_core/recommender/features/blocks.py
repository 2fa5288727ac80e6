"""The inputs of the taste network, block by block, in their order.

A block names its columns and fills them, for a whole library and for rows of which each may have
seen another part of the past. Names, groups and places of all columns follow from the blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

import numpy as np

from musicrec_core.recommender.features.directions import Directions
from musicrec_core.recommender.features.percentile import PercentileTransform
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

CHANNELS = ("sound", "culture", "tags", "character", "era")
_RANKED = STATISTICS[:5]
_MEAN_LIKED = STATISTICS.index("like_liked")


@dataclass(frozen=True, slots=True, repr=False)
class SeenRows:
    """rows: int64 [m]. kept: bool [m, h], what each has seen of the past, which is its case.

    cases: bool [c, h], the different ones of them. which: int64 [m], the case of each row.
    """

    rows: IntArray
    kept: NDArray[np.bool_]
    cases: NDArray[np.bool_]
    which: IntArray


class InputBlock(Protocol):
    """Some columns of the inputs, all of one readable group."""

    @property
    def group(self) -> str: ...

    @property
    def columns(self) -> tuple[str, ...]: ...

    def fill_library(self, view: UserFeatures, out: FloatArray) -> None:
        """Fill [n, columns] for every recording."""
        ...

    def fill_rows(self, view: UserFeatures, part: SeenRows, out: FloatArray) -> None:
        """Fill [m, columns] for some, each by what it has seen of the past."""
        ...


@dataclass(frozen=True, slots=True)
class _Nearness:
    """Where recordings lie to the past by one source of nearness."""

    group: str

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(f"{self.group}_{what}" for what in (*STATISTICS, "absent", "agreement"))

    def fill_library(self, view: UserFeatures, out: FloatArray) -> None:
        channel = view.channels[CHANNELS.index(self.group)]
        found = _library_statistics(channel, view.past)
        sticks = tuple(PercentileTransform.of(found[:, s]) for s in range(len(_RANKED)))
        view.yardsticks[self.group] = sticks
        _fill_statistics(out, found, sticks)
        everything = np.ones((1, len(view.past)), np.bool_)
        out[:, -1] = _agreement(channel, view.past, everything, sticks)

    def fill_rows(self, view: UserFeatures, part: SeenRows, out: FloatArray) -> None:
        channel = view.channels[CHANNELS.index(self.group)]
        known = channel.is_known[view.past.rows]
        found = np.full((len(part.rows), len(STATISTICS)), np.nan, np.float32)
        if known.any():
            past = view.past.where(known)
            found = channel.masked_statistics(part.rows, past, part.cases[:, known], part.which)
            found[~channel.is_known[part.rows]] = np.nan
        sticks = view.yardsticks[self.group]
        _fill_statistics(out, found, sticks)
        out[:, -1] = _agreement(channel, view.past, part.cases, sticks)[part.which]


@dataclass(frozen=True, slots=True)
class _Record:
    """How a recording's artist or album fared."""

    maker: str
    group: str = "artist"

    @property
    def columns(self) -> tuple[str, ...]:
        return (f"{self.maker}_record", f"{self.maker}_weight")

    def _codes(self, view: UserFeatures) -> IntArray:
        return view.catalogue.artists if self.maker == "artist" else view.catalogue.albums

    def fill_library(self, view: UserFeatures, out: FloatArray) -> None:
        out[:] = _library_record(self._codes(view), view.past)

    def fill_rows(self, view: UserFeatures, part: SeenRows, out: FloatArray) -> None:
        codes = self._codes(view)
        own = codes[part.rows]
        same = (own[:, None] == codes[view.past.rows]) & (own >= 0)[:, None]
        out[:] = _record((same & part.kept) @ _sides(view.past))


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

    def fill_library(self, view: UserFeatures, out: FloatArray) -> None:
        out[:] = view.prior_inputs

    def fill_rows(self, view: UserFeatures, part: SeenRows, out: FloatArray) -> None:
        out[:] = view.prior_inputs[part.rows]


@dataclass(frozen=True, slots=True)
class _Counts:
    """How much is known of the person."""

    group: str = "popular"
    columns: tuple[str, ...] = ("liked_count", "disliked_count")

    def fill_library(self, view: UserFeatures, out: FloatArray) -> None:
        out[:] = _counts(view.past.liked, view.past.disliked)

    def fill_rows(self, view: UserFeatures, part: SeenRows, out: FloatArray) -> None:
        out[:] = _counts(part.kept * view.past.liked, part.kept * view.past.disliked)


@dataclass(frozen=True, slots=True)
class _Learned:
    """How far a recording lies where the taste leads on the map of culture."""

    group: str = "culture"
    columns: tuple[str, ...] = ("culture_learned",)

    def fill_library(self, view: UserFeatures, out: FloatArray) -> None:
        out[:, 0] = _learned(view, None, np.ones((1, len(view.past)), np.bool_), None)

    def fill_rows(self, view: UserFeatures, part: SeenRows, out: FloatArray) -> None:
        out[:, 0] = _learned(view, part.rows, part.cases, part.which)


BLOCKS: tuple[InputBlock, ...] = (
    *map(_Nearness, CHANNELS),
    _Record("artist"),
    _Record("album"),
    _Prior(),
    _Counts(),
    _Learned(),
)
INPUT_NAMES: tuple[str, ...] = tuple(name for block in BLOCKS for name in block.columns)
INPUT_GROUPS: tuple[str, ...] = tuple(block.group for block in BLOCKS for _ in block.columns)
_ENDS = tuple(accumulate(len(block.columns) for block in BLOCKS))
OFFSETS = tuple(
    slice(end - len(block.columns), end) for block, end in zip(BLOCKS, _ENDS, strict=True)
)
"""Where each block's columns are among all."""


def _learned(
    view: UserFeatures, rows: IntArray | None, cases: NDArray[np.bool_], which: IntArray | None
) -> FloatArray:
    """Float32 [m]: how far `rows`, or all, lie where the taste leads, each by its own case.

    In logits, 0 where culture is not known.
    """
    channel = view.channels[CHANNELS.index("culture")]
    if not isinstance(channel, EmbeddingSimilarity):
        raise TypeError("culture is no source of points")
    known = channel.is_known[view.past.rows]
    directions = Directions.fitting(view.directions, channel.points.shape[1])
    found = directions.of_cases(channel, view.past.where(known), cases[:, known])
    if rows is None or which is None:
        along: FloatArray = channel.points @ found[0, :-1] - found[0, -1]
    else:
        along = np.einsum("md,md->m", channel.points[rows], found[which, :-1])
        along -= found[which, -1]
    return np.nan_to_num(along, copy=False)


def _library_statistics(channel: SimilaritySource, past: UserHistory) -> FloatArray:
    """Float32 [n, 5]; NaN where this channel knows nothing of the recording or of the past."""
    known = channel.is_known[past.rows]
    if not known.any():
        return np.full((len(channel.is_known), len(STATISTICS)), np.nan, np.float32)
    found = channel.statistics(past.where(known))
    found[~channel.is_known] = np.nan
    return found


def _fill_statistics(
    out: FloatArray, found: FloatArray, sticks: tuple[PercentileTransform, ...]
) -> None:
    for s, stick in enumerate(sticks):
        out[:, s] = stick.log_odds_of(found[:, s])
    vote = found[:, len(_RANKED)]
    out[:, len(_RANKED)] = np.nan_to_num(vote)
    out[:, len(STATISTICS)] = np.isnan(vote)


def _agreement(
    channel: SimilaritySource,
    past: UserHistory,
    cases: NDArray[np.bool_],
    sticks: tuple[PercentileTransform, ...],
) -> FloatArray:
    """Float32 [c]: how well the likes find one another by this source, in each case [h] of them.

    The mean log odds of the percentile of each like by its mean similarity to the others: it
    tells how narrow a taste is, and how much this source says of it. 0 for less than two.
    """
    liked = np.flatnonzero((past.liked > 0) & channel.is_known[past.rows])
    if len(liked) < 2:
        return np.zeros(len(cases), np.float32)
    likes, there = past.where(liked), cases[:, liked].astype(np.float32)
    weights = np.where(np.eye(len(likes)) > 0, 0, likes.liked).astype(np.float32)
    sums = there @ (weights * channel.similarities(likes.rows, likes)).T
    means = (sums / np.maximum(there @ weights.T, 1e-6)).ravel()
    odds = sticks[_MEAN_LIKED].log_odds_of(means).reshape(there.shape) * there
    several = there.sum(axis=1) >= 2
    agreement: FloatArray = np.where(
        several, odds.sum(axis=1) / np.maximum(there.sum(axis=1), 1), 0
    )
    return agreement.astype(np.float32)


def _sides(past: UserHistory) -> FloatArray:
    return np.stack([past.liked, past.disliked], axis=1)


def _library_record(codes: IntArray, past: UserHistory) -> FloatArray:
    """Float32 [n, 2]: how the recording's artist (or album) fared, and on how much evidence."""
    size = int(codes.max(initial=-1)) + 2
    sums = [
        np.bincount(codes[past.rows] + 1, weights=side, minlength=size) for side in _sides(past).T
    ]
    sums = [np.where(np.arange(size) > 0, side, 0) for side in sums]  # code -1 is no one
    return _record(np.stack([side[codes + 1] for side in sums], axis=1))


def _record(sums: FloatArray) -> FloatArray:
    """From sums [m, 2] of likes and dislikes: their balance, shrunk by one doubt, and amount."""
    liked, disliked = sums[:, 0], sums[:, 1]
    total = liked + disliked
    return np.stack([(liked - disliked) / (total + 1), np.log1p(total)], 1).astype(np.float32)


def _counts(liked: FloatArray, disliked: FloatArray) -> FloatArray:
    """How much is known: log(1 + sum) of the likes and of the dislikes; [2] or [m, 2]."""
    return np.stack([np.log1p(liked.sum(-1)), np.log1p(disliked.sum(-1))], -1)
