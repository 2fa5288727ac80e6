"""How near a library lies to a seed: sound, what is heard, affect, style, tags.

The z-scores of all sources over the library are added, so that songs that share a tag are put in
order by how they sound; tags in common count from what an ordinary song shares. A tag counts by its
rarity, and only as far as sound does not contradict it: what most songs carry, or a song that
sounds wholly different, says little.
The shares were chosen with benchmarks/words (docs/experiments.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data import mapped
from musicrec_core.recommender.features.points import middle
from musicrec_core.recommender.features.shared_tags import row_sums

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue, Space
    from musicrec_core.records import FloatArray, IntArray

SHARES = {"sound": 0.5, "words": 0.5, "affect": 0.5, "culture": 0.6, "tags": 14.0}
AFFECT = ("valence", "arousal", "energy")
"""The numbers in which two songs of one mood are alike (Russell's circumplex, 1980)."""
COMMON, RARE = 1 / 3, 1 / 8
"""Share of the library that carries a tag: from the one it says little, from the other all."""
LEAST = 0.15
"""What is left of a common tag."""
CONTRADICTED, AGREED = -0.75, 1.5
"""How near in sound, in deviations, a song must be for its tags to count at all, and in full."""
FEW_TAGS, MANY_TAGS = 2, 5
"""So few tags are trusted as far as sound agrees; so many speak for themselves."""
_EDGE = 1e-4  # probabilities are kept off 0 and 1 by this much


@dataclass(frozen=True, slots=True, repr=False)
class Nearness:
    """What a library is compared by.

    words: float32 [n, W], rows of length one: which moods and genres are heard in a recording more
    than in others; NaN where it was not listened to, None where nothing was.
    affect: float32 [n, 3], z-scores of `AFFECT`; NaN where unknown, None where nowhere known.
    idf: float32 [tags]. lengths: float32 [n], of each recording's tags weighted by it.
    """

    catalogue: Catalogue
    words: FloatArray | None
    affect: FloatArray | None
    idf: FloatArray
    lengths: FloatArray

    @classmethod
    def of(cls, catalogue: Catalogue, heard: FloatArray | None) -> Nearness:
        """heard: float32 [n, W], probabilities of moods and genres, as `standing_out` has them."""
        idf = tag_idf(catalogue)
        lengths = np.sqrt(row_sums((idf**2)[catalogue.tag_codes], catalogue.tag_starts))
        words = None if heard is None else standing_out(heard)
        return cls(catalogue, words, _affect(catalogue), idf, lengths)

    def parts(self, rows: IntArray) -> dict[str, FloatArray]:
        """By source, float32 [n]: what it adds to the nearness to one seed, of one or more rows."""
        parts: dict[str, FloatArray] = {"sound": z_scores(_near(self.catalogue, "sound", rows))}
        if self.words is not None:
            parts["words"] = z_scores(_products(self.words, np.isfinite(self.words[:, 0]), rows))
        if self.affect is not None:
            parts["affect"] = z_scores(_distances(self.affect, rows))
        parts = {name: values for name, values in parts.items() if values.any()}
        whole = sum(SHARES[name] for name in parts)
        parts = {name: values * np.float32(SHARES[name] / whole) for name, values in parts.items()}
        agreement = self._agreement(parts, rows)
        style = z_scores(_near(self.catalogue, "culture", rows))
        parts["culture"] = style * np.float32(SHARES["culture"])
        shared = self._shared(rows) * agreement * np.float32(SHARES["tags"])
        parts["tags"] = shared - shared.mean()
        return {name: values for name, values in parts.items() if values.any()}

    def _agreement(self, by_sound: dict[str, FloatArray], rows: IntArray) -> FloatArray:
        """Float32 [n] in [0, 1]: how little sound contradicts tags; 1 where nothing was heard.

        Where a recording and those of the rows carry many tags, sound is not asked.
        """
        if not by_sound:
            return np.ones(len(self.catalogue), np.float32)
        near = np.stack(list(by_sound.values())).sum(axis=0)
        heard = np.clip((near - CONTRADICTED) / (AGREED - CONTRADICTED), 0, 1)
        counts = np.diff(self.catalogue.tag_starts)
        fewer = np.minimum(counts, counts[rows].mean())
        alone = np.clip((fewer - FEW_TAGS) / (MANY_TAGS - FEW_TAGS), 0, 1)
        agreement: FloatArray = (heard + (1 - heard) * alone).astype(np.float32)
        return agreement

    def _shared(self, rows: IntArray) -> FloatArray:
        """Float32 [n] in [0, 1]: mean cosine of the tags with those of the rows, common ones less.

        The lengths are of the plain tags, so a recording known by a common tag alone shares little.
        """
        catalogue = self.catalogue
        weights = np.zeros(len(catalogue.tag_names), np.float32)
        for row in rows.tolist():
            tags = _tags(catalogue, row)
            weights[tags] += self.idf[tags] ** 2 / max(float(self.lengths[row]), 1e-6)
        weights *= tag_discounts(catalogue)
        weights *= np.float32(1 / len(rows))
        sums = row_sums(weights[catalogue.tag_codes], catalogue.tag_starts)
        return np.asarray(sums / np.maximum(self.lengths, 1e-6), np.float32)

    def nearest_row(self, source: str, rows: IntArray, row: int) -> int:
        """Of the rows of a seed the one that a recording is nearest to by a source."""
        if source == "tags" or len(rows) == 1:
            tags = _tags(self.catalogue, row)
            shared = [np.isin(_tags(self.catalogue, own), tags).sum() for own in rows.tolist()]
            return int(rows[int(np.argmax(shared))])
        if source == "affect":
            if self.affect is None:
                return int(rows[0])
            away = np.linalg.norm(self.affect[rows] - self.affect[row], axis=1)
            return int(rows[int(np.argmin(np.nan_to_num(away, nan=np.inf)))])
        vectors = {
            "sound": self.catalogue.near, "culture": self.catalogue.culture, "words": self.words
        }[source]  # fmt: skip
        if vectors is None:
            return int(rows[0])
        return int(rows[int(np.argmax(np.nan_to_num(vectors[rows] @ vectors[row], nan=-2.0)))])


def _tags(catalogue: Catalogue, row: int) -> IntArray:
    """Int64: the tags of one recording."""
    return catalogue.tag_codes[catalogue.tag_starts[row] : catalogue.tag_starts[row + 1]]


def tag_idf(catalogue: Catalogue) -> FloatArray:
    """Float32 [tags]: inverse document frequency over the library, at least a little."""
    spread = np.bincount(catalogue.tag_codes, minlength=len(catalogue.tag_names))
    idf = np.log((len(catalogue) + 1) / (spread + 0.5))
    return np.maximum(idf, 0.1).astype(np.float32)


def tag_discounts(catalogue: Catalogue) -> FloatArray:
    """Float32 [tags] in [LEAST, 1]: what a tag's commonness leaves of it."""
    spread = np.bincount(catalogue.tag_codes, minlength=len(catalogue.tag_names))
    share = np.maximum(spread, 1) / max(len(catalogue), 1)
    rarity = np.log(COMMON / share) / np.log(COMMON / RARE)
    discount: FloatArray = (LEAST + (1 - LEAST) * np.clip(rarity, 0, 1)).astype(np.float32)
    return discount


def standing_out(heard: FloatArray) -> FloatArray:
    """Float32 [n, W], rows of length one: what stands out in each.

    heard: float32 [n, W], probabilities, or NaN in rows not heard. It is overwritten, column by
    column: each step at once would hold a large library several times.
    """
    is_heard, squares = np.isfinite(heard[:, 0]), np.zeros(len(heard), np.float32)
    for column in heard.T:
        column[:] = log_odds(column)
        if is_heard.any():
            there = column[is_heard]
            column -= there.mean()
            column /= max(there.std(), np.float32(1e-6))
    middle_of_row = heard.mean(axis=1)
    for column in heard.T:
        column -= middle_of_row
        squares += column * column
    lengths = np.maximum(np.sqrt(squares), np.float32(1e-6))
    for column in heard.T:
        column /= lengths
    return heard


def log_odds(probabilities: FloatArray) -> FloatArray:
    """Float32 of the same shape; NaN stays."""
    clipped = np.clip(probabilities, _EDGE, 1 - _EDGE)
    odds: FloatArray = np.log(clipped / (1 - clipped)).astype(np.float32)
    return odds


def z_scores_by_column(values: FloatArray) -> FloatArray:
    """Float32 [n, W]: the z-scores of each column; NaN stays."""
    finite = values[np.isfinite(values[:, 0])] if values.size else values
    if not len(finite):
        return np.full_like(values, np.nan)
    mean, deviation = finite.mean(axis=0), finite.std(axis=0)
    scaled: FloatArray = (values - mean) / np.maximum(deviation, np.float32(1e-6))
    return scaled


def z_scores(values: FloatArray) -> FloatArray:
    """Float32 [n]: z-scores among the finite values; 0 where a value is not finite."""
    finite = np.isfinite(values)
    result = np.zeros(len(values), np.float32)
    if finite.any():
        deviation = float(values[finite].std())
        if deviation > 1e-6:
            result[finite] = (values[finite] - values[finite].mean()) / deviation
    return result


def _affect(catalogue: Catalogue) -> FloatArray | None:
    names = catalogue.column_names
    if any(name not in names for name in AFFECT):
        return None
    numbers = catalogue.columns[:, [names.index(name) for name in AFFECT]]
    numbers[~np.isfinite(numbers).all(axis=1)] = np.nan
    scaled = z_scores_by_column(numbers)
    return scaled if np.isfinite(scaled[:, 0]).any() else None


def _near(catalogue: Catalogue, space: Space, rows: IntArray) -> FloatArray:
    return _products(catalogue.vectors(space), catalogue.knows(space), rows)


def _products(vectors: FloatArray, is_known: NDArray[np.bool_], rows: IntArray) -> FloatArray:
    """Float32 [n]: nearness to those of the rows that are known; NaN where nothing is.

    From the library's centre: what lies near to everything, as a common genre does, is near to
    none.
    """
    comparable = rows[is_known[rows]]
    if not len(comparable):
        return np.full(len(vectors), np.nan, np.float32)
    return mapped.products(vectors, vectors[comparable].mean(axis=0) - middle(vectors, is_known))


def _distances(points: FloatArray, rows: IntArray) -> FloatArray:
    """Float32 [n]: minus the distance to the middle of those rows that are known; NaN if none."""
    known = rows[np.isfinite(points[rows, 0])]
    if not len(known):
        return np.full(len(points), np.nan, np.float32)
    distances: FloatArray = -np.linalg.norm(points - points[known].mean(axis=0), axis=1)
    return distances
