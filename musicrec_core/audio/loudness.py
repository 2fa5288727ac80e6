"""Loudness after ITU-R BS.1770-4, taken from the short spectrogram instead of time filters.

The standard's K-weighting is applied to each frequency bin's power, so that gated loudness costs
one matrix product on what is computed anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.audio.spectrum import FRAME_RATE_HZ, Spectra, decibels, percentiles

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray

BLOCK_FRAMES = round(0.4 * FRAME_RATE_HZ)
STEP_FRAMES = round(0.1 * FRAME_RATE_HZ)
ABSOLUTE_GATE_LUFS = -70.0
RELATIVE_GATE_LU = -10.0
OFFSET_DB = -0.691
# The two biquads of BS.1770-4, tables 1 and 2, at 48 kHz: (b, a).
SHELF = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (1.0, -1.69065929318241, 0.73248077421585),
)
HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))


@dataclass(frozen=True, slots=True)
class Loudness:
    """Of the excerpts. None where everything is below the gate.

    lufs: gated loudness. range_db: 95th less 10th percentile of 0.4 s blocks above the gate.
    vector: float32 [n], level statistics relative to the song's own level.
    """

    vector: FloatArray
    lufs: float | None
    range_db: float | None


def loudness(sound: Spectra) -> Loudness:
    """Loudness of all channels together, and how the level varies."""
    vector = _level_statistics(sound)
    blocks = _blocks(sound.power @ _weights(sound.short_bin_hz))
    offset_db = OFFSET_DB - (sound.gain_db or 0.0) + 10 * np.log10(sound.power_ratio)
    level = decibels(np.maximum(blocks, 1e-12)) + offset_db
    loud = level > ABSOLUTE_GATE_LUFS
    if not loud.any():
        return Loudness(vector, None, None)
    gate = _mean_db(level[loud]) + RELATIVE_GATE_LU
    above_gate = level[loud & (level > gate)]
    low, high = percentiles(level[loud & (level > gate - 10)], (10, 95))
    return Loudness(vector, _mean_db(above_gate), float(high - low))


def _mean_db(level_db: FloatArray) -> float:
    return float(10 * np.log10(np.mean(10 ** (level_db / 10))))


def _blocks(power: FloatArray) -> FloatArray:
    """Mean over 0.4 s every 0.1 s within each window: [W, T] -> [n]."""
    size = min(BLOCK_FRAMES, power.shape[1])
    view = np.lib.stride_tricks.sliding_window_view(power, size, axis=1)
    blocks: FloatArray = view[:, ::STEP_FRAMES].mean(axis=-1).ravel()
    return blocks


def _level_statistics(sound: Spectra) -> FloatArray:
    """Spread, skew and quiet share of the levels of frames and of 0.4 s blocks, floored."""
    out: list[float] = []
    for power in (sound.frame_power.ravel(), _blocks(sound.frame_power)):
        level = decibels(power + np.float32(1e-4))
        low, middle, high = percentiles(level, (5, 50, 95))
        quiet = float(np.mean(power < 0.5))
        out += [level.mean(), level.std(), high - low, high - middle, middle - low, quiet]
    return np.array(out, dtype=np.float32)


@cache
def _weights(bin_hz: float) -> FloatArray:
    """Squared magnitude of the K-weighting at every bin [513]."""
    turn = np.exp(-2j * np.pi * np.arange(513) * bin_hz / 48000)
    gain = np.ones_like(turn)
    for b, a in (SHELF, HIGH_PASS):
        gain *= np.polyval(b[::-1], turn) / np.polyval(a[::-1], turn)
    squared: FloatArray = (np.abs(gain) ** 2).astype(np.float32)
    return squared
