"""The inputs of the taste network, block by block, in their order.

A block names its columns and fills them, for a whole library and for rows of which each may depend
on another part of the history. Names, groups and places of all columns follow from the blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data import mapped
from musicrec_core.recommender.data.credits import Credits
from musicrec_core.recommender.features.agreed_tags import agreement, agreements, most_agreed
from musicrec_core.recommender.features.directions import Directions
from musicrec_core.recommender.features.input_block import Filler, InputBlock, MaskedRows
from musicrec_core.recommender.features.nearness_block import SOURCE_NAMES, NearnessBlock
from musicrec_core.recommender.features.shared_tags import TagSimilarity
from musicrec_core.recommender.features.similarity import EmbeddingSimilarity

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.features.user import UserFeatures
    from musicrec_core.records import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class _Record:
    """How a recording's artists, by their shares in it, or its album fared."""

    maker: str
    group: str = "artist"

    @property
    def columns(self) -> tuple[str, ...]:
        return (f"{self.maker}_record", f"{self.maker}_weight")

    def _credits(self, features: UserFeatures) -> Credits:
        if self.maker == "artist":
            return features.catalogue.credits
        return Credits.alone(features.catalogue.albums)

    def over_library(self, features: UserFeatures) -> Filler:
        credits_ = self._credits(features)
        sums = credits_.summed(features.history.rows, features.history.sides)

        def fill(rows: IntArray | slice, out: FloatArray) -> None:
            out[:] = _record(credits_.gathered(sums, rows))

        return fill

    def fill_rows(self, features: UserFeatures, part: MaskedRows, out: FloatArray) -> None:
        shared = self._credits(features).overlap(part.rows, features.history.rows)
        out[:] = _record((shared * part.visible) @ features.history.sides)


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

    def over_library(self, features: UserFeatures) -> Filler:
        def fill(rows: IntArray | slice, out: FloatArray) -> None:
            out[:] = features.prior_inputs[rows]

        return fill

    def fill_rows(self, features: UserFeatures, part: MaskedRows, out: FloatArray) -> None:
        out[:] = features.prior_inputs[part.rows]


@dataclass(frozen=True, slots=True)
class _Counts:
    """How much is known of the person."""

    group: str = "popular"
    columns: tuple[str, ...] = ("liked_count", "disliked_count")

    def over_library(self, features: UserFeatures) -> Filler:
        counts = _counts(features.history.liked, features.history.disliked)

        def fill(rows: IntArray | slice, out: FloatArray) -> None:
            del rows  # all alike
            out[:] = counts

        return fill

    def fill_rows(self, features: UserFeatures, part: MaskedRows, out: FloatArray) -> None:
        out[:] = _counts(
            part.visible * features.history.liked, part.visible * features.history.disliked
        )


@dataclass(frozen=True, slots=True)
class _Learned:
    """A recording's coordinate along the taste's direction on the culture map (directions.py)."""

    group: str = "culture"
    columns: tuple[str, ...] = ("culture_learned",)

    def over_library(self, features: UserFeatures) -> Filler:
        source = _culture(features)
        everything = np.ones((1, len(features.history)), np.bool_)
        direction = _directions(source, features, everything)[0]

        def fill(rows: IntArray | slice, out: FloatArray) -> None:
            out[:, 0] = np.nan_to_num(
                mapped.taken(source.points, rows) @ direction[:-1] - direction[-1]
            )

        return fill

    def fill_rows(self, features: UserFeatures, part: MaskedRows, out: FloatArray) -> None:
        source = _culture(features)
        directions = _directions(source, features, part.masks)[part.which]
        along = np.einsum("md,md->m", mapped.taken(source.points, part.rows), directions[:, :-1])
        out[:, 0] = np.nan_to_num(along - directions[:, -1])


@dataclass(frozen=True, slots=True)
class _Agreed:
    """What the tag that the likes agree on most says of a recording."""

    group: str = "tags"
    columns: tuple[str, ...] = ("tags_agreed",)

    def over_library(self, features: UserFeatures) -> Filler:
        tags = _tag_source(features)
        agreed = agreement(tags, features.history)

        def fill(rows: IntArray | slice, out: FloatArray) -> None:
            every = np.arange(len(features.catalogue))[rows] if isinstance(rows, slice) else rows
            out[:, 0] = most_agreed(tags, agreed, every)

        return fill

    def fill_rows(self, features: UserFeatures, part: MaskedRows, out: FloatArray) -> None:
        tags = _tag_source(features)
        for at, agreed in enumerate(agreements(tags, features.history, part.masks)):
            own = part.which == at
            out[own, 0] = most_agreed(tags, agreed, part.rows[own])


BLOCKS: tuple[InputBlock, ...] = (
    *map(NearnessBlock, SOURCE_NAMES),
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


def _culture(features: UserFeatures) -> EmbeddingSimilarity:
    source = features.sources[SOURCE_NAMES.index("culture")]
    if not isinstance(source, EmbeddingSimilarity):
        raise TypeError("culture is no source of points")
    return source


def _directions(
    source: EmbeddingSimilarity, features: UserFeatures, masks: NDArray[np.bool_]
) -> FloatArray:
    """Float32 [c, d + 1]: the taste's direction and its intercept, for each mask [h]."""
    measured = source.is_known[features.history.rows]
    directions = Directions.fitting(features.directions, source.points.shape[1])
    return directions.of_masks(source, features.history.where(measured), masks[:, measured])


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
