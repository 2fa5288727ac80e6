"""Which chords sound, counted from the tonic, and how quickly they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray

CLASSES = np.arange(12)
SHARPNESS = 20.0
"""How firmly a frame is given to its best chord."""
LATER_FRAMES = 3
"""0.4 s: how far apart two frames are compared for a change of chord."""


def chord_statistics(chroma: FloatArray, windows: int, tonics: FloatArray) -> FloatArray:
    """Statistics of chords from chroma [F, 12] of W windows: float32 [31].

    `tonics` [12] says how likely each pitch class is the tonic: chords are counted from there.
    """
    by_window = chroma.reshape(windows, -1, 12)
    smooth = (by_window[:, :-2] + by_window[:, 1:-1] + by_window[:, 2:]).reshape(-1, 12)
    fits = smooth / (np.linalg.norm(smooth, axis=1, keepdims=True) + 1e-9) @ _TRIADS.T  # [n, 24]
    best = fits.max(axis=1)
    likely = np.exp(SHARPNESS * (fits - best[:, None]))
    likely /= likely.sum(axis=1, keepdims=True)
    share = likely.mean(axis=0)
    brighter = fits[:, :12].max(axis=1) - fits[:, 12:].max(axis=1)
    root = np.sqrt(likely).reshape(windows, -1, 24)
    change = 1 - np.sum(root[:, LATER_FRAMES:] * root[:, :-LATER_FRAMES], axis=2)
    tracks = (best, change, brighter)
    shape = [share[:12].sum(), *(f(track) for track in tracks for f in (np.mean, np.std))]
    turned = [_from_tonic(part, tonics) for part in (share[:12], share[12:])]
    return np.concatenate([*turned, shape]).astype(np.float32)


def _from_tonic(share: FloatArray, tonics: FloatArray) -> FloatArray:
    """Shares by root [12], turned to start at the tonic, averaged over the likely tonics."""
    turned: FloatArray = tonics @ share[(CLASSES[:, None] + CLASSES) % 12]
    return turned


def _triads() -> FloatArray:
    """Unit chroma of the 12 major and the 12 minor triads: [24, 12]."""
    triads = np.zeros((24, 12), dtype=np.float32)
    for row in range(24):
        third = 4 if row < 12 else 3
        triads[row, [row % 12, (row + third) % 12, (row + 7) % 12]] = 3**-0.5
    return triads


_TRIADS = _triads()
