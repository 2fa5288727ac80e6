"""What the taste network is told of a recording: where it lies relative to one person's past.

Every nearness is the percentile, within this person's library, of a similarity; so it means the
same for sound as for tags, and weights learned on many people's listening serve a person whose
only source is sound. A source that says nothing gives 0, the middle, and raises its flag.
Only `culture_learned` is in logits: how far a recording lies where the taste leads on the map.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from musicrec_core.recommender.data.history import UserHistory, remembered
from musicrec_core.recommender.features.directions import Directions
from musicrec_core.recommender.features.percentile import PercentileTransform
from musicrec_core.recommender.features.prior import Prior
from musicrec_core.recommender.features.shared_tags import TagSimilarity
from musicrec_core.recommender.features.similarity import (
    STATISTICS,
    EmbeddingSimilarity,
    SimilaritySource,
    embedding_similarities,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.records import FloatArray, IntArray

CHANNELS = ("sound", "culture", "tags", "character", "era")
_RANKED = STATISTICS[:5]
_OF_CHANNEL = (*STATISTICS, "absent", "agreement")
_MEAN_LIKED = STATISTICS.index("like_liked")
_MAKERS = ("artist", "album")

INPUT_NAMES: tuple[str, ...] = (
    *(f"{name}_{what}" for name in CHANNELS for what in _OF_CHANNEL),
    *(f"{name}_{what}" for name in _MAKERS for what in ("record", "weight")),
    "prior_tags",
    "prior_tags_absent",
    "prior_sound",
    "prior_sound_absent",
    "liked_count",
    "disliked_count",
    "culture_learned",
)
INPUT_GROUPS: tuple[str, ...] = (
    *(name for name in CHANNELS for _ in _OF_CHANNEL),
    *("artist" for _ in range(2 * len(_MAKERS))),
    *("popular" for _ in range(6)),
    "culture",
)


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
    view = UserFeatures.of(catalogue, history, prior)
    if rows is None:
        return Inputs(view.library)
    if leave_out is None:
        return Inputs(view.library[rows])
    if isinstance(leave_out, str):
        return Inputs(view.masked(rows, rows[:, None] != view.past.rows[None]))
    return Inputs(view.masked(rows, _kept(view.past, history, leave_out)))


def _kept(past: UserHistory, history: History, leave_out: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Bool [m, h past recordings]: those of which no event is left out."""
    kept = np.ones((len(leave_out), len(past)), np.bool_)
    where = np.searchsorted(past.rows, history.rows)
    for event, at in enumerate(where):
        if at < len(past) and past.rows[at] == history.rows[event]:
            kept[:, at] &= ~leave_out[:, event]
    return kept


@dataclass(frozen=True, slots=True, repr=False)
class UserFeatures:
    """A library seen from one person's past.

    library: float32 [n, K], the inputs of every recording; of none where only some are looked at
    later. yardsticks: for each channel one a ranked statistic. prior_inputs: float32 [n, 4], what
    most people like. directions: what is known beforehand of where a taste leads.
    """

    catalogue: Catalogue
    past: UserHistory
    channels: tuple[SimilaritySource, ...]
    yardsticks: tuple[tuple[PercentileTransform, ...], ...]
    library: FloatArray
    prior_inputs: FloatArray
    directions: Directions | None

    @classmethod
    def of(cls, catalogue: Catalogue, history: History, prior: Prior | None = None) -> UserFeatures:
        """Look at the whole library once: one pass of matrix products a channel."""
        past = remembered(history)
        channels = similarity_sources(catalogue)
        library = np.zeros((len(catalogue), len(INPUT_NAMES)), np.float32, order="F")
        yardsticks = []
        for i, channel in enumerate(channels):
            found = _library_statistics(channel, past)
            sticks = tuple(PercentileTransform.of(found[:, s]) for s in range(len(_RANKED)))
            yardsticks.append(sticks)
            _fill_channel(library, i, found, sticks)
            everything = np.ones((1, len(past)), np.bool_)
            library[:, _agreement_at(i)] = _agreement(channel, past, everything, sticks)
        at = len(CHANNELS) * len(_OF_CHANNEL)
        for codes in (catalogue.artists, catalogue.albums):
            library[:, at : at + 2] = _library_record(codes, past)
            at += 2
        prior = prior or Prior.bundled()
        liked_by_most = prior.inputs(catalogue)
        library[:, at : at + 4] = liked_by_most
        library[:, at + 4 : at + 6] = _counts(past.liked, past.disliked)
        view = cls(
            catalogue, past, channels, tuple(yardsticks), library, liked_by_most, prior.directions
        )
        library[:, at + 6] = view._learned(None, np.ones((1, len(past)), np.bool_), None)
        return view

    def without_library(self) -> UserFeatures:
        """All that looking at single recordings needs; a fraction of the memory."""
        return replace(self, library=self.library[:0].copy())

    def of_rows(self, rows: IntArray) -> FloatArray:
        """Float32 [m, K]: inputs of some recordings."""
        return self.masked(rows, np.ones((len(rows), len(self.past)), np.bool_))

    def masked(self, rows: IntArray, kept: NDArray[np.bool_]) -> FloatArray:
        """Float32 [m, K]: inputs of `rows` had only the past that `kept` [m, h] shows happened."""
        inputs = np.zeros((len(rows), len(INPUT_NAMES)), np.float32)
        cases, which = _distinct(kept)
        for i, channel in enumerate(self.channels):
            known = channel.known[self.past.rows]
            found = np.full((len(rows), len(STATISTICS)), np.nan, np.float32)
            if known.any():
                past = self.past.where(known)
                found = channel.masked_statistics(rows, past, cases[:, known], which)
                found[~channel.known[rows]] = np.nan
            _fill_channel(inputs, i, found, self.yardsticks[i])
            agreement = _agreement(channel, self.past, cases, self.yardsticks[i])
            inputs[:, _agreement_at(i)] = agreement[which]
        at = len(CHANNELS) * len(_OF_CHANNEL)
        for codes in (self.catalogue.artists, self.catalogue.albums):
            same = (codes[rows][:, None] == codes[self.past.rows]) & (codes[rows] >= 0)[:, None]
            inputs[:, at : at + 2] = _record((same & kept) @ _sides(self.past))
            at += 2
        inputs[:, at : at + 4] = self.prior_inputs[rows]
        inputs[:, at + 4 : at + 6] = _counts(kept * self.past.liked, kept * self.past.disliked)
        inputs[:, at + 6] = self._learned(rows, cases, which)
        return inputs

    def _learned(
        self, rows: IntArray | None, cases: NDArray[np.bool_], which: IntArray | None
    ) -> FloatArray:
        """Float32 [m]: how far `rows`, or all, lie where the taste leads, each by its own case.

        In logits, 0 where culture is not known.
        """
        channel = self.channels[CHANNELS.index("culture")]
        if not isinstance(channel, EmbeddingSimilarity):
            raise TypeError("culture is no source of points")
        known = channel.known[self.past.rows]
        directions = Directions.fitting(self.directions, channel.points.shape[1])
        found = directions.found(channel, self.past.where(known), cases[:, known])
        if rows is None or which is None:
            along: FloatArray = channel.points @ found[0, :-1] - found[0, -1]
        else:
            along = np.einsum("md,md->m", channel.points[rows], found[which, :-1])
            along -= found[which, -1]
        return np.nan_to_num(along, copy=False)


def similarity_sources(catalogue: Catalogue) -> tuple[SimilaritySource, ...]:
    """The sources of nearness, in the order of `CHANNELS`; made once for each catalogue."""
    found = _SOURCES.get(catalogue)
    if found is None:
        points: dict[str, EmbeddingSimilarity] = {
            c.name: c for c in embedding_similarities(catalogue)
        }
        found = tuple(points.get(name) or TagSimilarity.of(catalogue) for name in CHANNELS)
        _SOURCES[catalogue] = found
    return found


def keep_sources(catalogue: Catalogue, sources: tuple[SimilaritySource, ...]) -> None:
    """What `similarity_sources` made of this catalogue before, so that it need not again."""
    _SOURCES[catalogue] = sources


def _library_statistics(channel: SimilaritySource, past: UserHistory) -> FloatArray:
    """Float32 [n, 5]; NaN where this channel knows nothing of the recording or of the past."""
    known = channel.known[past.rows]
    if not known.any():
        return np.full((len(channel.known), len(STATISTICS)), np.nan, np.float32)
    found = channel.statistics(past.where(known))
    found[~channel.known] = np.nan
    return found


def _fill_channel(
    inputs: FloatArray, i: int, found: FloatArray, sticks: tuple[PercentileTransform, ...]
) -> None:
    at = i * len(_OF_CHANNEL)
    for s, stick in enumerate(sticks):
        inputs[:, at + s] = stick.log_odds_of(found[:, s])
    vote = found[:, len(_RANKED)]
    inputs[:, at + len(_RANKED)] = np.nan_to_num(vote)
    inputs[:, at + len(STATISTICS)] = np.isnan(vote)


def _distinct(kept: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], IntArray]:
    """The distinct rows of bool [m, h], and for each row which of them it is, int64 [m]."""
    if kept.shape[1] == 0:
        return kept[:1], np.zeros(len(kept), np.int64)
    packed = np.packbits(kept, axis=1)  # compared as bytes: rows of bools take ten times as long
    keys = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, which = np.unique(keys, return_index=True, return_inverse=True)
    return kept[first], which.ravel()


def _agreement_at(i: int) -> int:
    return (i + 1) * len(_OF_CHANNEL) - 1


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
    liked = np.flatnonzero((past.liked > 0) & channel.known[past.rows])
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
