"""A small planted world: two kinds of music that differ in sound, culture and tags."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from musicrec_core.recommender.data.dataset import Catalogue, History

CALM, LOUD = 0, 1


def kind_of(rows: np.ndarray | int) -> np.ndarray | int:
    """Even rows are calm, odd rows loud."""
    return rows % 2


def library(n: int = 240, seed: int = 0, *, sound: bool = True, tags: bool = True) -> Catalogue:
    """`n` songs; each kind has its own direction, tags, tempo and years; four songs an artist."""
    rng = np.random.default_rng(seed)
    kinds = kind_of(np.arange(n))
    centres = rng.normal(size=(2, 16))

    def view(spread: float) -> np.ndarray:
        points = centres[kinds] + spread * rng.normal(size=(n, 16))
        return (points / np.linalg.norm(points, axis=1, keepdims=True)).astype(np.float32)

    columns = np.stack([90 + 60 * kinds + rng.normal(0, 9, n), 1970 + 30 * kinds], axis=1)
    starts = 2 * np.arange(n + 1) if tags else np.zeros(n + 1, np.int64)
    codes = np.stack([kinds, 2 + rng.integers(0, 6, n)], axis=1).ravel()
    nothing = np.full((n, 16), np.nan, np.float32)
    return Catalogue(
        np.arange(n) + 1000,
        view(0.8) if sound else nothing,
        view(0.5) if tags else nothing,
        columns.astype(np.float32) if sound else np.full((n, 2), np.nan, np.float32),
        ("tempo_bpm", "year"),
        np.arange(n) // 8 * 2 + kinds,
        np.arange(n) // 4,
        codes if tags else codes[:0],
        starts,
        ("calm", "loud", "rock", "jazz", "dub", "folk", "pop", "soul"),
    )


def opinions(liked: list[int], disliked: list[int] | None = None) -> History:
    """Full likes and dislikes given just now."""
    rows = np.array([*liked, *(disliked or [])], np.int64)
    values = np.array([1.0] * len(liked) + [-1.0] * len(disliked or []), np.float32)
    none = np.full(len(rows), np.nan, np.float32)
    return History(rows, values, none, np.zeros(len(rows), np.float32))


def nothing_said() -> History:
    """A person of whom nothing is known."""
    return opinions([])


def with_guests(songs: Catalogue, every: int = 5) -> Catalogue:
    """The same library, one song in so many also by an artist of the other kind."""
    rows = np.arange(0, len(songs), every)
    codes = songs.artists[(rows + 9) % len(songs)]
    weights = np.full(len(rows), 0.6, np.float32)
    return replace(songs, credit_rows=rows, credit_codes=codes, credit_weights=weights)
