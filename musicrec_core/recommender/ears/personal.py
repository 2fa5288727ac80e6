"""Ears taught by one library: the bundled ones, and beside them a map of sound learned from it.

What is heard of moods, genres, arousal and valence stays the bundled ears' own. Only nearness
changes: the cosine of two songs becomes a blend of the bundled one and that of the learned map.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.errors import ModelError

if TYPE_CHECKING:
    from musicrec_core.recommender.ears.model import Ears
    from musicrec_core.records import FloatArray, IntArray, SoundPredictions

CLIP = 4.0
"""Standardised features are cut here, so that one odd number cannot rule the answer."""


@dataclass(frozen=True, slots=True, repr=False)
class SoundMap:
    """From an analysis vector of D numbers to S in which songs of one artist lie close.

    center, scale: float32 [D]. directions: float32 [D, S]. bias: float32 [S].
    weight: the map's share of the blended cosine. seen: int64, the tracks it was learned from.
    """

    center: FloatArray
    scale: FloatArray
    directions: FloatArray
    bias: FloatArray
    weight: float
    seen: IntArray

    def blend(self, vectors: FloatArray, embeddings: FloatArray) -> FloatArray:
        """Float32 [n, E + S], rows of length one, from vectors [n, D] and embeddings [n, E]."""
        own = standard(vectors, self.center, self.scale) @ self.directions + self.bias
        own /= np.maximum(np.linalg.norm(own, axis=1, keepdims=True), 1e-6)
        parts = (embeddings * (1 - self.weight) ** 0.5, own * self.weight**0.5)
        return np.concatenate(parts, axis=1).astype(np.float32)


def standard(vectors: FloatArray, center: FloatArray, scale: FloatArray) -> FloatArray:
    """Analysis vectors [n, D] in standard deviations, cut at CLIP."""
    x: FloatArray = np.clip((vectors - center) / scale, -CLIP, CLIP)
    return x


@dataclass(frozen=True, slots=True, repr=False)
class PersonalEars:
    """Hears as the bundled ears do, with embeddings in which this library's sounds lie better."""

    name: str
    bundled: Ears
    sound: SoundMap

    @property
    def version(self) -> str:
        """Of everything heard: both parts have their say in it."""
        return f"{self.bundled.version}+{self.name}"

    @property
    def feature_version(self) -> int:
        """The analysis that they hear."""
        return self.bundled.feature_version

    @property
    def mood_names(self) -> tuple[str, ...]:
        """Of the bundled ears."""
        return self.bundled.mood_names

    @property
    def genre_names(self) -> tuple[str, ...]:
        """Of the bundled ears."""
        return self.bundled.genre_names

    @property
    def embedding_size(self) -> int:
        """Numbers in one embedding; the first ones are the bundled embedding, scaled."""
        return self.bundled.embedding_size + len(self.sound.bias)

    def hear(self, vectors: FloatArray) -> SoundPredictions:
        """As `Ears.hear`; raises ModelError where the vectors are of another size."""
        if vectors.shape[1:] != self.sound.center.shape:
            raise ModelError(f"{self.name} was learned from vectors of another size")
        heard = self.bundled.hear(vectors)
        return replace(heard, embeddings=self.sound.blend(vectors, heard.embeddings))
