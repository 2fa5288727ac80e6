"""Made-up libraries for benchmarks: artists with styles, sound and culture that share them."""

from __future__ import annotations

import numpy as np

from musicrec_core.recommender.data.dataset import Catalogue


def library(songs: int, seed: int = 0, sound_size: int = 64, tags: int = 40) -> Catalogue:
    """`songs` recordings, eight to an artist."""
    rng = np.random.default_rng(seed)
    by = rng.integers(0, max(2, songs // 8), songs)
    styles = rng.normal(size=(by.max() + 1, sound_size)).astype(np.float32)
    sound = styles[by] + rng.normal(size=(songs, sound_size)).astype(np.float32)
    culture = styles[by][:, :48] + 0.5 * rng.normal(size=(songs, 48)).astype(np.float32)
    energy = 1 / (1 + np.exp(-sound[:, 0]))
    columns = [120 + 25 * rng.normal(size=songs), energy, rng.integers(1960, 2024, songs)]
    return Catalogue(
        track_ids=np.arange(songs) + 1,
        sound=unit(sound),
        culture=unit(culture),
        columns=np.stack(columns, axis=1).astype(np.float32),
        column_names=("tempo_bpm", "energy", "year"),
        artists=by,
        albums=by * 4 + rng.integers(0, 4, songs),
        tag_codes=rng.integers(0, tags, 3 * songs),
        tag_starts=np.arange(songs + 1) * 3,
        tag_names=tuple(f"tag {i}" for i in range(tags)),
    )


def unit(vectors: np.ndarray) -> np.ndarray:
    """Rows of length one."""
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
