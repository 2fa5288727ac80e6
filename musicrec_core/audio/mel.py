"""Mel filters without librosa, whose first use costs seconds of compilation on a fresh install."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray

LINEAR_HZ = 200 / 3
"""Hertz a mel below the break; above it a mel is a ratio (Slaney, Auditory Toolbox, 1998)."""
BREAK_HZ = 1000.0
RATIO = np.log(6.4) / 27


def mel_filters(
    rate_hz: float, size: int, bands: int, lowest_hz: float, highest_hz: float
) -> FloatArray:
    """Triangles of height one over the bins of a spectrum: float32 [size / 2 + 1, bands].

    size: samples of the transform. As librosa.filters.mel with norm=None, transposed.
    """
    mels = np.linspace(_mel(lowest_hz), _mel(highest_hz), bands + 2)
    linear = np.minimum(mels, BREAK_HZ / LINEAR_HZ) * LINEAR_HZ
    edges = linear * np.exp(RATIO * np.maximum(mels - BREAK_HZ / LINEAR_HZ, 0.0))
    hertz = np.fft.rfftfreq(size, 1 / rate_hz)[:, None]
    width = np.diff(edges)
    rising = (hertz - edges[:-2]) / width[:-1]
    falling = (edges[2:] - hertz) / width[1:]
    filters: FloatArray = np.maximum(0.0, np.minimum(rising, falling)).astype(np.float32)
    return filters


def _mel(hertz: float) -> float:
    if hertz < BREAK_HZ:
        return hertz / LINEAR_HZ
    return float(BREAK_HZ / LINEAR_HZ + np.log(hertz / BREAK_HZ) / RATIO)
