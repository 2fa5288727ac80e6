"""The spectrograms of one song, computed once and shared by every feature.

The short one (46 ms every 23 ms) is for timbre and rhythm, the long one (186 ms every 139 ms) for
pitch. Sound is brought to one level first, and everything under 42 dB below it or above 9 kHz is
left out: that is where codecs differ and music does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.audio.mel import mel_filters

if TYPE_CHECKING:
    from musicrec_core.audio.decode import Excerpts
    from musicrec_core.records import FloatArray

FRAME_RATE_HZ = 44100 / 1024
MEL_BANDS = 40
LOWEST_HZ, HIGHEST_HZ = 40.0, 9000.0
FLOOR_DB = -42.0
"""Below the level of the song, per mel band."""
SILENCE_POWER = 1e-12


@dataclass(frozen=True, slots=True)
class Grid:
    """Frames of nearly equal length in seconds at either sample rate; FFTs of small factors."""

    size: int
    hop: int
    kept: int
    """Bins kept, from 0 Hz up."""


SHORT = {44100: Grid(2048, 1024, 513), 48000: Grid(2232, 1115, 513)}
LONG = {44100: Grid(8192, 6144, 801), 48000: Grid(8918, 6687, 801)}
SHORT_BIN_HZ = {rate_hz: rate_hz / grid.size for rate_hz, grid in SHORT.items()}
LONG_BIN_HZ = {rate_hz: rate_hz / grid.size for rate_hz, grid in LONG.items()}


@dataclass(frozen=True, slots=True)
class Spectra:
    """W windows of one song at unit RMS.

    power: float32 [W, T, 513], short frames up to 11 kHz; bins are `short_bin_hz` apart.
    mel_db: float32 [W, T, 40], floored mel levels in dB relative to the song's level.
    frame_power: float32 [W, T], mean square of each short frame, up to 9 kHz.
    long_power: float32 [W, S, 801], long frames up to 4.3 kHz, `long_bin_hz` apart.
    gain_db: what was added to reach unit RMS; None for silence.
    """

    power: FloatArray
    mel_db: FloatArray
    frame_power: FloatArray
    long_power: FloatArray
    short_bin_hz: float
    long_bin_hz: float
    gain_db: float | None


def spectra(excerpts: Excerpts) -> Spectra:
    """The shared spectrograms. Silence gives floors, never NaN."""
    rate_hz, windows = excerpts.sample_rate_hz, excerpts.windows
    level = float(np.mean([np.dot(window, window) for window in windows])) / windows.shape[1]
    gain_db = -10 * np.log10(level) if level > SILENCE_POWER else None
    gain = 0.0 if gain_db is None else 10 ** (gain_db / 20)
    power = _power(windows, SHORT[rate_hz], gain)
    mel = power @ _mel_filters(rate_hz)  # [W, T, 40]
    return Spectra(
        power=power,
        mel_db=10 * np.log10(mel + np.float32(10 ** (FLOOR_DB / 10))),
        frame_power=power[..., : round(HIGHEST_HZ / SHORT_BIN_HZ[rate_hz])].sum(axis=-1),
        long_power=_power(windows, LONG[rate_hz], gain),
        short_bin_hz=SHORT_BIN_HZ[rate_hz],
        long_bin_hz=LONG_BIN_HZ[rate_hz],
        gain_db=gain_db,
    )


def _power(windows: FloatArray, grid: Grid, gain: float) -> FloatArray:
    """Hann-windowed power [W, T, kept]; all bins of a frame would sum to its mean square."""
    import scipy.fft  # transforms many frames at once, 2.5 times as fast as numpy's

    taper = _hann(grid.size) * np.float32(gain)
    frames = np.lib.stride_tricks.sliding_window_view(windows, grid.size, axis=-1)[:, :: grid.hop]
    power = np.empty((*frames.shape[:2], grid.kept), dtype=np.float32)
    for window, out in zip(frames, power, strict=True):  # one at a time stays in the cache
        bins = scipy.fft.rfft(window * taper, axis=-1)[:, : grid.kept]
        np.square(bins.real, out=out)
        out += np.square(bins.imag)
    return power


@cache
def _hann(size: int) -> FloatArray:
    """Scaled so that the power of all bins adds up to the mean square."""
    hann = np.hanning(size + 1)[:-1]
    scaled: FloatArray = (hann * np.sqrt(2.0 / (size * np.sum(hann * hann)))).astype(np.float32)
    return scaled


@cache
def _mel_filters(rate_hz: int) -> FloatArray:
    """Triangular mel filters, float32 [513, 40]."""
    grid = SHORT[rate_hz]
    filters = mel_filters(rate_hz, grid.size, MEL_BANDS, LOWEST_HZ, HIGHEST_HZ)
    return np.ascontiguousarray(filters[: grid.kept])
