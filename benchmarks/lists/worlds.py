"""A made-up library with artists, styles and tags, and listeners whose taste is known."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from musicrec_core.recommender.data.dataset import Catalogue, History

STYLES, WIDTH = 24, 64
SONGS_AN_ARTIST, SONGS_AN_ALBUM = 30, 10


def library(n: int, seed: int = 0) -> Catalogue:
    """`n` songs: artists scatter around styles, albums around artists, songs around albums."""
    rng = np.random.default_rng(seed)
    artists, albums = np.arange(n) // SONGS_AN_ARTIST, np.arange(n) // SONGS_AN_ALBUM
    style = rng.integers(0, STYLES, artists[-1] + 1)
    tags = np.stack([style[artists], STYLES + rng.integers(0, 200, n)], axis=1)

    def space(noise: tuple[float, float, float]) -> NDArray[np.float32]:
        by_style = rng.standard_normal((STYLES, WIDTH), np.float32)[style]
        by_artist = by_style + np.float32(noise[0]) * rng.standard_normal(
            by_style.shape, np.float32
        )
        by_album = rng.standard_normal((albums[-1] + 1, WIDTH), np.float32)
        rows = by_artist[artists] + np.float32(noise[1]) * by_album[albums]
        rows += np.float32(noise[2]) * rng.standard_normal((n, WIDTH), np.float32)
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    columns = np.stack(
        [120 + 25 * rng.standard_normal(n), rng.random(n), 1960 + artists % 60], axis=1
    )
    return Catalogue(
        np.arange(n), space((0.7, 0.4, 0.8)), space((0.8, 0.1, 0.2)), columns.astype(np.float32),
        ("tempo_bpm", "energy", "year"), artists, albums, tags.ravel(),
        2 * np.arange(n + 1), tuple(f"tag {i}" for i in range(STYLES + 200)),
    )  # fmt: skip


def no_history() -> History:
    """Nothing was said."""
    nothing = np.zeros(0, np.float32)
    return History(np.zeros(0, np.int64), nothing, nothing, nothing)


def affinity(
    catalogue: Catalogue, rng: np.random.Generator, interests: int = 3
) -> NDArray[np.float32]:
    """Float32 [n] of mean 0 and deviation 1: how well each song suits a made-up listener.

    Near to one of some songs in sound, and a part that sound does not tell.
    """
    own = rng.choice(len(catalogue), interests, replace=False)
    near = (catalogue.sound @ catalogue.sound[own].T).max(axis=1)
    by_artist = rng.standard_normal(int(catalogue.artists.max()) + 1)[catalogue.artists]
    value = near / near.std() + 0.5 * by_artist + 0.5 * rng.standard_normal(len(catalogue))
    return ((value - value.mean()) / value.std()).astype(np.float32)
