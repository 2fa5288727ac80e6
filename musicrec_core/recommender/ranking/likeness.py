"""How alike the candidates for a list are: in sound, in style, in tags, and in who made them when.

Sound and style are cosines from the middle of what contends for the list: what all of it has in
common sets nothing apart. Tags are cosines of idf-weighted sets (Salton and Buckley, 1988), rare
among the candidates counting more. Each source that the catalogue has counts the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data import mapped
from musicrec_core.recommender.data.dataset import SPACES
from musicrec_core.recommender.data.spans import entries_of

if TYPE_CHECKING:
    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.recommender.ranking.candidates import Candidates
    from musicrec_core.records import FloatArray, IntArray

SAME_ARTIST, SAME_ALBUM, SAME_ERA = 0.3, 0.2, 0.1
ERA_YEARS = 5
_LEAST_IDF = 0.1
_TINY = 1e-6


@dataclass(frozen=True, slots=True, repr=False)
class Likeness:
    """Of c candidates to any of them.

    vectors: float32 [c, D], all sources of vectors side by side. tags: which carry which. share:
    what one of the sources counts. artists, albums: int64 [c], -1 where not known. years: float32
    [c], NaN where not known.
    """

    vectors: FloatArray
    tags: CandidateTags
    share: float
    artists: IntArray
    albums: IntArray
    years: FloatArray

    @classmethod
    def of(cls, catalogue: Catalogue, candidates: Candidates) -> Likeness:
        """Made once a list."""
        rows = candidates.rows
        spaces = [centred(mapped.taken(catalogue.vectors(space), rows)) for space in SPACES]
        tags = CandidateTags.of(catalogue, rows)
        present = sum(bool(space.any()) for space in spaces) + bool(len(tags.codes))
        years = np.full(len(rows), np.nan, np.float32)
        if "year" in catalogue.column_names:
            years = catalogue.columns[rows, catalogue.column_names.index("year")]
        vectors = np.concatenate(spaces, axis=1)
        share = 1 / max(1, present)
        return cls(vectors, tags, share, candidates.artists, catalogue.albums[rows], years)

    def cosines(self) -> FloatArray:
        """Float32 [c, c]: by all sources but who made them and when."""
        cosines: FloatArray = self.vectors @ self.vectors.T + self.tags.table()
        return np.float32(self.share) * cosines

    def to(self, at: int) -> FloatArray:
        """Float32 [c]: how alike each is to one of them."""
        cosines = self.vectors @ self.vectors[at] + self.tags.cosines(at)
        alike: FloatArray = np.float32(self.share) * cosines
        if self.artists[at] >= 0:
            alike[self.artists == self.artists[at]] += SAME_ARTIST
        if self.albums[at] >= 0:
            alike[self.albums == self.albums[at]] += SAME_ALBUM
        alike[np.abs(self.years - self.years[at]) <= ERA_YEARS] += SAME_ERA
        return alike


@dataclass(frozen=True, slots=True, repr=False)
class CandidateTags:
    """The tags of c candidates.

    owners, codes: int64, the candidate and the tag of each pair, in the order of the candidates.
    starts: int64 [c + 1]. weights: float32 [tags], squared idf among the candidates. lengths:
    float32 [c].
    """

    owners: IntArray
    codes: IntArray
    starts: IntArray
    weights: FloatArray
    lengths: FloatArray

    @classmethod
    def of(cls, catalogue: Catalogue, rows: IntArray) -> CandidateTags:
        """The tags of some rows, numbered anew."""
        owners, at = entries_of(catalogue.tag_starts, rows)
        starts = np.searchsorted(owners, np.arange(len(rows) + 1))
        carried = catalogue.tag_codes[at]
        _, codes, spread = np.unique(carried, return_inverse=True, return_counts=True)
        idf = np.maximum(np.log((len(rows) + 1) / (spread + 0.5)), _LEAST_IDF)
        weights = (idf**2).astype(np.float32)
        lengths = np.sqrt(np.bincount(owners, weights[codes], len(rows))).astype(np.float32)
        return cls(owners, codes, starts, weights, lengths)

    def table(self) -> FloatArray:
        """Float32 [c, c]: the cosines of all with all."""
        carried = np.zeros((len(self.lengths), len(self.weights)), np.float32)
        heft = np.sqrt(self.weights[self.codes]) / np.maximum(self.lengths[self.owners], _TINY)
        carried[self.owners, self.codes] = heft
        cosines: FloatArray = carried @ carried.T
        return cosines

    def cosines(self, at: int) -> FloatArray:
        """Float32 [c]: with those of one candidate; 0 where either has none."""
        own = np.zeros(len(self.weights), np.float32)
        tags = self.codes[self.starts[at] : self.starts[at + 1]]
        own[tags] = self.weights[tags]
        sums = np.bincount(self.owners, own[self.codes], len(self.lengths))
        cosines: FloatArray = (sums / np.maximum(self.lengths * self.lengths[at], _TINY)).astype(
            np.float32
        )
        return cosines


def centred(vectors: FloatArray) -> FloatArray:
    """Float32 [c, d] of length one from the middle of those known; 0 where not known."""
    has_place = np.isfinite(vectors).all(axis=1) & (vectors != 0).any(axis=1)
    moved = np.zeros(vectors.shape, np.float32)
    if has_place.any():
        moved[has_place] = vectors[has_place] - vectors[has_place].mean(axis=0)
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    moved /= np.where(lengths > _TINY, lengths, np.float32(1))
    return moved
