"""The relational inputs of the taste network: a recording relative to one person's history.

Every nearness is the percentile, within this person's library, of a similarity; so it means the
same for sound as for tags, and weights learned on many people's listening serve a person whose
only source is sound. A source without data gives 0, the middle, and sets its `absent` input.
Two are in logits: `culture_learned`, a recording's coordinate along the taste's direction on the
map, and `tags_agreed`, what the tag adds that the likes agree on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from musicrec_core.recommender.data.history import UserHistory
from musicrec_core.recommender.features.blocks import BLOCKS, INPUT_GROUPS, INPUT_NAMES, OFFSETS
from musicrec_core.recommender.features.directions import Directions
from musicrec_core.recommender.features.input_block import Filler, MaskedRows
from musicrec_core.recommender.features.nearness_block import SOURCE_NAMES
from musicrec_core.recommender.features.percentile import PercentileTransform
from musicrec_core.recommender.features.pooled import PooledSums
from musicrec_core.recommender.features.prior import Prior
from musicrec_core.recommender.features.shared_tags import TagSimilarity
from musicrec_core.recommender.features.similarity import (
    EmbeddingSimilarity,
    SimilaritySource,
    embedding_similarities,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.records import FloatArray, IntArray

_SOURCES: WeakKeyDictionary[Catalogue, tuple[SimilaritySource, ...]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Inputs:
    """Float32 [m, K] inputs, with a name and a readable group for each of the K columns."""

    matrix: FloatArray
    names: tuple[str, ...] = INPUT_NAMES
    groups: tuple[str, ...] = INPUT_GROUPS


def relational_inputs(
    catalogue: Catalogue,
    history: History,
    rows: IntArray | None = None,
    leave_out: NDArray[np.bool_] | str | None = None,
    prior: Prior | None = None,
) -> Inputs:
    """Inputs of the whole library, or of `rows` [m].

    leave_out: "own" hides from each row what the history says of that very recording (for
    training on rows of the history); a bool [m, len(history)] hides the events it marks.
    """
    features = UserFeatures.of(catalogue, history, prior)
    if rows is None:
        return Inputs(features.inputs())
    if leave_out is None:
        return Inputs(features.inputs(rows))
    if isinstance(leave_out, str):
        return Inputs(features.masked(rows, rows[:, None] != features.history.rows[None]))
    return Inputs(features.masked(rows, _visible(features.history, history, leave_out)))


def _visible(
    user_history: UserHistory, history: History, leave_out: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Bool [m, h past recordings]: those of which no event is left out."""
    visible = np.ones((len(leave_out), len(user_history)), np.bool_)
    position = np.searchsorted(user_history.rows, history.rows)
    for event, at in enumerate(position):
        if at < len(user_history) and user_history.rows[at] == history.rows[event]:
            visible[:, at] &= ~leave_out[:, event]
    return visible


@dataclass(frozen=True, slots=True, repr=False)
class UserFeatures:
    """The relational inputs of a library for one person.

    percentiles: by source, one a ranked statistic. pooled: by source, sums over the history, from
    which those of a later one follow. prior_inputs: float32 [n, 4], what most people like.
    directions: the prior of a taste's direction on the culture map. fillers: of each block, for
    any rows of the library; none where only single recordings are looked at later.
    """

    catalogue: Catalogue
    history: UserHistory
    sources: tuple[SimilaritySource, ...]
    percentiles: dict[str, tuple[PercentileTransform, ...]]
    pooled: dict[str, PooledSums]
    prior_inputs: FloatArray
    directions: Directions | None
    fillers: tuple[Filler, ...] = ()

    @classmethod
    def of(cls, catalogue: Catalogue, history: History, prior: Prior | None = None) -> UserFeatures:
        """Look at the whole library once: one pass of matrix products a source."""
        prior = prior or Prior.bundled()
        return cls(
            catalogue, UserHistory.of(history), similarity_sources(catalogue), {}, {},
            prior.inputs(catalogue), prior.directions,
        ).measured()  # fmt: skip

    def after(self, history: UserHistory) -> UserFeatures:
        """The same library for a later history: a pass over what changed where that will do."""
        return replace(self, history=history).measured()

    def measured(self) -> UserFeatures:
        """With percentiles, sums and fillers of its history."""
        features = replace(self, percentiles={}, pooled=dict(self.pooled), fillers=())
        fillers = tuple(block.over_library(features) for block in BLOCKS)
        return replace(features, fillers=fillers)

    def inputs(self, rows: IntArray | slice = slice(None)) -> FloatArray:
        """Float32 [m, K]: inputs of any rows, or all, where the library was measured."""
        count = (
            len(range(*rows.indices(len(self.catalogue)))) if isinstance(rows, slice) else len(rows)
        )
        inputs = np.zeros((count, len(INPUT_NAMES)), np.float32, order="F")
        for fill, columns in zip(self.fillers, OFFSETS, strict=True):
            fill(rows, inputs[:, columns])
        return inputs

    def without_library(self) -> UserFeatures:
        """All that looking at single recordings needs; a fraction of the memory."""
        return replace(self, fillers=())

    def of_rows(self, rows: IntArray) -> FloatArray:
        """Float32 [m, K]: inputs of some recordings."""
        return self.masked(rows, np.ones((len(rows), len(self.history)), np.bool_))

    def masked(self, rows: IntArray, visible: NDArray[np.bool_]) -> FloatArray:
        """Float32 [m, K]: inputs of `rows`, each from the part of the history `visible` [m, h]."""
        inputs = np.zeros((len(rows), len(INPUT_NAMES)), np.float32)
        part = MaskedRows(rows, visible, *_distinct(visible))
        for block, columns in zip(BLOCKS, OFFSETS, strict=True):
            block.fill_rows(self, part, inputs[:, columns])
        return inputs


def similarity_sources(catalogue: Catalogue) -> tuple[SimilaritySource, ...]:
    """The sources of nearness, in the order of `SOURCE_NAMES`; made once for each catalogue."""
    sources = _SOURCES.get(catalogue)
    if sources is None:
        points: dict[str, EmbeddingSimilarity] = {
            c.name: c for c in embedding_similarities(catalogue)
        }
        sources = tuple(points.get(name) or TagSimilarity.of(catalogue) for name in SOURCE_NAMES)
        _SOURCES[catalogue] = sources
    return sources


def keep_sources(catalogue: Catalogue, sources: tuple[SimilaritySource, ...]) -> None:
    """What `similarity_sources` made of this catalogue before, so that it need not again."""
    _SOURCES[catalogue] = sources


def _distinct(masks: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], IntArray]:
    """The distinct rows of bool [m, h], and for each row which of them it is, int64 [m]."""
    if masks.shape[1] == 0:
        return masks[:1], np.zeros(len(masks), np.int64)
    packed = np.packbits(masks, axis=1)  # compared as bytes: rows of bools take ten times as long
    keys = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, which = np.unique(keys, return_index=True, return_inverse=True)
    return masks[first], which.ravel()
