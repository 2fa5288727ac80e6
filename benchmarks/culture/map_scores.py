"""What a map says of artists and tags as scores: asked by the benchmarks alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.culture.files import MapData

    Vectors = NDArray[np.float32]

LIKELY_TAG_POWER = 1.5
"""Chosen on validation artists: 1 favours common tags too much, 2 rare ones."""

SIMILAR_POOL_LISTENERS = 2
"""Artists whom fewer people played are placed too roughly to be named as similar."""


def affinity(data: MapData, vector: Vectors, popularity: float) -> Vectors:
    """float32 [A]: the score of every artist for a point of the space, [D].

    The cosine times log(1 + listeners) ** `popularity`: at 0 the nearest, at 1 those that a
    listener of what lies there most likely plays too.
    """
    heard = np.log1p(data.listeners).astype(np.float32)
    score: Vectors = (data.artist_vectors @ vector) * heard**popularity
    return np.where(data.listeners >= SIMILAR_POOL_LISTENERS, score, -np.inf)


def likely_tags(data: MapData, vector: Vectors) -> Vectors:
    """float32 [T]: how likely a point of the space carries each tag.

    The strength of the tag times cosine ** LIKELY_TAG_POWER.
    """
    cosine = np.maximum(data.tag_vectors @ vector, 0)
    scores: Vectors = cosine**LIKELY_TAG_POWER * data.tag_strength
    return scores


def artist_tags(data: MapData, artist: int, n: int = 10) -> list[str]:
    """What listeners call an artist, by its index: at most `n` tags, heaviest first."""
    start, end = data.tag_start[artist : artist + 2]
    return [data.tag_names[i] for i in data.tag_index[start : min(end, start + n)]]
