"""Nearness by shared tags: the source that needs no matrix product over the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data.spans import entries_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.recommender.data.history import UserHistory
    from musicrec_core.recommender.features.pooled import PooledSums
    from musicrec_core.records import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class TagSimilarity:
    """Shared tags, rarer ones counting more: the cosine of idf-weighted tag sets.

    codes, starts: compressed rows as in `Catalogue`. weights: float32 [tags], squared idf.
    lengths: float32 [n], of each recording's tag vector.
    """

    codes: IntArray
    starts: IntArray
    weights: FloatArray
    lengths: FloatArray
    name: str = "tags"
    doubt: float = 0.5

    @classmethod
    def of(cls, catalogue: Catalogue) -> TagSimilarity:
        """The source of a catalogue's own tags."""
        codes, starts = catalogue.tag_codes, catalogue.tag_starts
        spread = np.bincount(codes, minlength=len(catalogue.tag_names))
        idf = np.log((len(catalogue) + 1) / (spread + 0.5))
        weights = (np.maximum(idf, 0.1) ** 2).astype(np.float32)
        return cls(codes, starts, weights, np.sqrt(row_sums(weights[codes], starts)))

    @property
    def is_known(self) -> NDArray[np.bool_]:
        return self.lengths > 0

    @property
    def shares(self) -> FloatArray:
        """Float32 [tags] in (0, 1): how much of the library carries each."""
        shares: FloatArray = np.exp(-np.sqrt(self.weights))
        return shares

    def summed(self, rows: IntArray, values: FloatArray) -> FloatArray:
        """Float32 [tags]: for each the sum of the values [m] of those of `rows` that carry it."""
        owners, codes = self.tags_of(rows)
        return np.bincount(codes, values[owners], len(self.weights)).astype(np.float32)

    def profile(self, history: UserHistory, strengths: FloatArray) -> FloatArray:
        """Float32 [tags]: what each tag adds to a recording, summed over past recordings."""
        owners, codes = self.tags_of(history.rows)
        share = (strengths / np.maximum(self.lengths[history.rows], 1e-6))[owners]
        return self.weights * np.bincount(codes, share, len(self.weights)).astype(np.float32)

    def similarities(self, rows: IntArray, history: UserHistory) -> FloatArray:
        owners, codes = self.tags_of(history.rows)
        table = np.zeros((len(self.weights), len(history)), np.float32)
        table[codes, owners] = self.weights[codes] / self.lengths[history.rows][owners]
        owners, codes = self.tags_of(rows)
        cosines = np.zeros((len(rows), len(history)), np.float32)
        np.add.at(cosines, owners, table[codes])
        with np.errstate(invalid="ignore"):
            return cosines / self.lengths[rows][:, None]

    def statistics(self, history: UserHistory, last: PooledSums | None) -> tuple[FloatArray, None]:
        del last  # a profile of tags is as quickly made as moved
        sides = [
            row_sums(self.profile(history, side)[self.codes], self.starts)
            for side in _sides(history)
        ]
        with np.errstate(invalid="ignore"):
            sums = np.stack(sides, axis=1) / self.lengths[:, None]
        total = np.stack([side.sum() for side in _sides(history)])[None]
        return self._arranged(sums, np.broadcast_to(total, sums.shape)), None

    def masked_statistics(
        self, rows: IntArray, history: UserHistory, masks: NDArray[np.bool_], which: IntArray
    ) -> FloatArray:
        if len(masks) == 1:  # no pair need be looked at
            return self._statistics(rows, history.where(masks[0]))
        sides, visible = history.sides, masks[which]
        sums = np.where(visible, self.similarities(rows, history), 0) @ sides
        return self._arranged(sums, visible.astype(np.float32) @ sides)

    def _statistics(self, rows: IntArray, history: UserHistory) -> FloatArray:
        """Float32 [m, 6] of some recordings."""
        owners, codes = self.tags_of(rows)
        sums = np.zeros((len(rows), 2), np.float32)
        for i, side in enumerate(_sides(history)):
            sums[:, i] = np.bincount(owners, self.profile(history, side)[codes], len(rows))
        with np.errstate(invalid="ignore"):
            sums /= self.lengths[rows][:, None]
        total = np.array([[side.sum() for side in _sides(history)]], np.float32)
        return self._arranged(sums, np.broadcast_to(total, sums.shape))

    def _arranged(self, sums: FloatArray, total: FloatArray) -> FloatArray:
        """No soft nearest and no pull: they need every pair; the vote and the means do not."""
        vote = (sums[:, 0] - sums[:, 1]) / (sums.sum(axis=1) + self.doubt)
        mean = np.where(total > 0, sums / np.maximum(total, 1e-6), np.nan)
        none = np.full(len(sums), np.nan, np.float32)
        return np.stack([none, mean[:, 0], none, mean[:, 1], none, vote], axis=1)

    def tags_of(self, rows: IntArray) -> tuple[IntArray, IntArray]:
        """Position in `rows` and code of every tag of these rows."""
        owners, at = entries_of(self.starts, rows)
        return owners, self.codes[at]


def row_sums(values: FloatArray, starts: IntArray) -> FloatArray:
    """Float32 [n]: sums of compressed rows; an empty row sums to 0."""
    running = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    sums: FloatArray = (running[starts[1:]] - running[starts[:-1]]).astype(np.float32)
    return sums


def _sides(history: UserHistory) -> tuple[FloatArray, FloatArray]:
    return history.liked, history.disliked
