"""Made-up listeners over made-up songs: several honest kinds of taste, none tuned to a model.

Songs have a dozen columns like those of public song tables: correlated through each artist's
style, skewed, bounded, some nearly discrete, some missing. A taste is a function of the columns
and, in one world, of the artist, which nobody can know for an artist never heard.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

COLUMNS = (
    "acousticness", "danceability", "duration", "energy", "instrumentalness", "key",
    "liveness", "loudness", "mode", "speechiness", "tempo", "valence",
)  # fmt: skip
TASTES = ("linear", "smooth", "thresholds", "trees", "noisy_trees", "artists")


@dataclass(frozen=True, slots=True)
class Songs:
    """columns: float32 [n, 12], NaN where unknown. artists: int64 [n]. raw: [n, 12] normal."""

    columns: NDArray[np.float32]
    artists: NDArray[np.int64]
    raw: NDArray[np.float64]


def songs(rows: int, seed: int, songs_an_artist: float = 1.5) -> Songs:
    """Songs whose artists have styles."""
    rng = np.random.default_rng(seed)
    artists = rng.integers(0, max(2, int(rows / songs_an_artist)), rows)
    styles = rng.normal(size=(artists.max() + 1, 4))
    mix = rng.normal(size=(4, len(COLUMNS))) * 0.6
    raw = styles[artists] @ mix + rng.normal(size=(rows, len(COLUMNS)))
    raw /= raw.std(axis=0)
    columns = raw.copy()
    for c in (0, 4, 6, 9):  # skewed and bounded
        columns[:, c] = 1 / (1 + np.exp(-1.5 * raw[:, c] + 1.5))
    columns[:, 4] = np.where(columns[:, 4] < 0.2, 0, columns[:, 4])  # mostly nothing
    columns[:, 5] = np.floor((np.tanh(raw[:, 5]) + 1) * 5.99)  # twelve keys
    columns[:, 8] = raw[:, 8] > 0
    columns[:, 2] = np.exp(5.4 + 0.3 * raw[:, 2])
    columns[:, 10] = 120 + 28 * raw[:, 10]
    columns[rng.random(columns.shape) < 0.01] = np.nan
    return Songs(columns.astype(np.float32), artists.astype(np.int64), raw)


def taste(made: Songs, kind: str, seed: int) -> NDArray[np.float64]:
    """The logit of a like for each song, of unit-free strength about 2.5."""
    rng = np.random.default_rng(seed + 1000)
    raw = made.raw
    if kind == "linear":
        logit = raw @ rng.normal(size=raw.shape[1])
    elif kind == "smooth":
        logit = _smooth(raw, rng)
    elif kind == "thresholds":
        cuts = rng.normal(size=(2, raw.shape[1])) * 0.7
        steps = rng.normal(size=(2, raw.shape[1]))
        logit = ((raw[None] > cuts[:, None]) * steps[:, None]).sum(axis=(0, 2))
    elif kind in ("trees", "noisy_trees"):
        logit = _trees(raw, rng)
    elif kind == "artists":
        logit = _smooth(raw, rng)
        logit = logit / logit.std() + rng.normal(size=made.artists.max() + 1)[made.artists]
    else:
        raise ValueError(f"no taste is called {kind}")
    logit = (logit - np.median(logit)) / logit.std()
    return logit * (1.2 if kind == "noisy_trees" else 2.5)


def _smooth(raw: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """A few waves along random directions of three columns each, and products of two."""
    logit = np.zeros(len(raw))
    for _ in range(6):
        some = rng.choice(raw.shape[1], 3, replace=False)
        logit += rng.normal() * np.sin(raw[:, some] @ rng.normal(size=3) + rng.uniform(0, 6))
    for _ in range(3):
        a, b = rng.choice(raw.shape[1], 2, replace=False)
        logit += 0.5 * rng.normal() * raw[:, a] * raw[:, b]
    return logit


def _trees(raw: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """A dozen trees of depth three over random columns."""
    logit = np.zeros(len(raw))
    for _ in range(12):
        leaf = np.zeros(len(raw), np.int64)
        for _ in range(3):
            leaf = 2 * leaf + (raw[:, rng.integers(raw.shape[1])] > rng.normal() * 0.7)
        logit += rng.normal(size=8)[leaf]
    return logit


def likes(logit: NDArray[np.float64], seed: int) -> NDArray[np.float32]:
    """0 or 1 drawn by the logit."""
    rng = np.random.default_rng(seed + 2000)
    return (rng.random(len(logit)) < 1 / (1 + np.exp(-logit))).astype(np.float32)


def stars(logit: NDArray[np.float64], seed: int) -> NDArray[np.float32]:
    """Ratings 1 to 5 around the taste, one rater's noise on top."""
    rng = np.random.default_rng(seed + 3000)
    return np.clip(np.round(3.2 + 0.7 * logit + rng.normal(size=len(logit)) * 0.7), 1, 5).astype(
        np.float32
    )
