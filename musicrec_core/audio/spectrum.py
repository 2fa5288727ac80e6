"""The spectrograms of one song, computed once and shared by every feature.

The short one (46 ms every 23 ms) is for timbre and rhythm, the long one (186 ms every 139 ms) for
pitch. Sound is brought to one level, and what lies under 42 dB below it, under 40 Hz or above 9 kHz
is left out: that is where codecs differ and music does not. A little of what two channels differ
in is heard beside their mix: codecs join channels, and what cancels in the mix then no longer does.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.audio.downsample import halved
from musicrec_core.audio.mel import mel_filters

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.audio.decode import Excerpts
    from musicrec_core.records import FloatArray

FRAME_RATE_HZ = 44100 / 1024
MEL_BANDS = 40
LOWEST_HZ, HIGHEST_HZ = 40.0, 9000.0
LOWEST_BIN = 2
"""Of the short frames: 43 Hz."""
SIDE_SHARE = 0.2
"""How much the power of the sides counts. Songs hold their place through codecs with more of it,
and when mixed to mono with less."""
FLOOR_DB = -42.0
"""Below the level of the song, per mel band."""
SILENCE_POWER = 1e-12
BLOCK_SAMPLES = 1 << 17
"""Transformed at once: what stays in the cache."""
DB = np.float32(10 / np.log(10))
"""Decibels in a factor of e."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Frames of nearly equal length in seconds at either halved rate; FFTs of small factors."""

    size: int
    hop: int
    kept: int
    """Bins kept, from 0 Hz up."""


SHORT = {44100: Grid(1024, 512, 513), 48000: Grid(1120, 557, 513)}
LONG = {44100: Grid(4096, 3072, 801), 48000: Grid(4480, 3344, 801)}
SHORT_BIN_HZ = {rate_hz: rate_hz / 2 / grid.size for rate_hz, grid in SHORT.items()}
LONG_BIN_HZ = {rate_hz: rate_hz / 2 / grid.size for rate_hz, grid in LONG.items()}


@dataclass(frozen=True, slots=True)
class Spectra:
    """W windows of one song at unit RMS.

    power: float32 [W, T, 513], short frames up to 11 kHz; bins are `short_bin_hz` apart.
    mel_db: float32 [W, T, 40], floored mel levels in dB relative to the song's level.
    mel_steps_db: float32 [W, T - 1, 40], from each frame to the next.
    frame_power: float32 [W, T], mean square of each short frame, up to 9 kHz.
    long_power: float32 [W, S, 801], long frames up to 4.3 kHz, `long_bin_hz` apart.
    gain_db: what was added to reach unit RMS; None for silence.
    power_ratio: power of all channels together over the power that is heard.
    """

    power: FloatArray
    mel_db: FloatArray
    mel_steps_db: FloatArray
    frame_power: FloatArray
    long_power: FloatArray
    short_bin_hz: float
    long_bin_hz: float
    gain_db: float | None
    power_ratio: float


def spectra(excerpts: Excerpts) -> Spectra:
    """The shared spectrograms. Silence gives floors, never NaN."""
    rate_hz = excerpts.sample_rate_hz
    sound, power_ratio = _heard(excerpts)
    power = _power(sound, SHORT[rate_hz])
    power[..., :LOWEST_BIN] = 0.0
    level = float(np.mean(power @ _audible(rate_hz)))
    gain_db = -10 * np.log10(level) if level > SILENCE_POWER else None
    gain = np.float32(0.0 if gain_db is None else 1 / level)
    power *= gain
    mel = power.reshape(-1, power.shape[-1]) @ _mel_filters(rate_hz)
    mel_db = decibels(mel + np.float32(10 ** (FLOOR_DB / 10)))
    mel_db = mel_db.reshape(*power.shape[:2], MEL_BANDS)
    return Spectra(
        power=power,
        mel_db=mel_db,
        mel_steps_db=mel_db[:, 1:] - mel_db[:, :-1],
        frame_power=power @ _audible(rate_hz),
        long_power=gain * _power(sound, LONG[rate_hz]),
        short_bin_hz=SHORT_BIN_HZ[rate_hz],
        long_bin_hz=LONG_BIN_HZ[rate_hz],
        gain_db=gain_db,
        power_ratio=power_ratio,
    )


def _heard(excerpts: Excerpts) -> tuple[NDArray[np.inexact], float]:
    """Sound at half the rate [W, n / 2], and the power of all channels over the power in it.

    With sides it is complex: mix + i · a share of the sides.
    """
    middle = halved(excerpts.windows)
    if excerpts.sides is None:
        return middle, excerpts.power_ratio
    both = np.empty(middle.shape, dtype=np.complex64)
    both.real = middle
    both.imag = sides = halved(excerpts.sides)
    both.imag *= np.float32(SIDE_SHARE**0.5)
    powers = [float(np.vdot(track, track)) for track in (middle, sides)]
    heard = powers[0] + SIDE_SHARE * powers[1]
    return both, 2 * sum(powers) / heard if heard > 0 else 1.0


def _power(sound: NDArray[np.inexact], grid: Grid) -> FloatArray:
    """Hann-windowed power [W, T, kept]; all bins of a frame would sum to its mean square.

    Of complex sound a + i b, at each frequency but 0 Hz the power of a and b together: half of what
    lies at the frequency and at its negative.
    """
    import scipy.fft  # transforms many frames at once, 2.5 times as fast as numpy's

    parts = 2 if np.iscomplexobj(sound) else 1  # interleaved
    taper = np.repeat(_hann(grid.size) * np.float32(parts**-0.5), parts)
    frames = np.lib.stride_tricks.sliding_window_view(sound.view(np.float32), len(taper), axis=-1)
    frames = frames[:, :: parts * grid.hop]
    power = np.empty((*frames.shape[:2], grid.kept), dtype=np.float32)
    rows = BLOCK_SAMPLES // len(taper)
    for window, start in itertools.product(range(len(frames)), range(0, frames.shape[1], rows)):
        block = frames[window, start : start + rows] * taper
        out = power[window, start : start + rows]
        if parts == 1:
            squared(scipy.fft.rfft(block, axis=-1)[:, : grid.kept], out)
        else:
            bins = scipy.fft.fft(block.view(np.complex64), axis=-1, overwrite_x=True)
            squared(bins[:, : grid.kept], out)
            out[:, 1:] += squared(bins[:, : -grid.kept : -1])
    return power


def squared(bins: NDArray[np.complexfloating], out: FloatArray | None = None) -> FloatArray:
    """The power of complex bins."""
    power: FloatArray = np.square(bins.real, out=out)
    power += np.square(bins.imag)
    return power


def grouped(bands: FloatArray, groups: int) -> FloatArray:
    """Means over groups of neighbouring mel bands: float32 [..., 40] to [..., groups]."""
    means: FloatArray = bands.reshape(-1, MEL_BANDS) @ _grouping(groups)
    return means.reshape(*bands.shape[:-1], groups)


@cache
def _grouping(groups: int) -> FloatArray:
    member = np.arange(MEL_BANDS)[:, None] * groups // MEL_BANDS == np.arange(groups)
    share: FloatArray = (member * (groups / MEL_BANDS)).astype(np.float32)
    return share


def percentiles(rows: FloatArray, wanted: tuple[float, ...]) -> FloatArray:
    """As numpy's, of each row [..., n]: [..., percentile]. Sorting float32 is what is fast."""
    ranked = np.sort(rows, axis=-1)
    at = np.array(wanted) / 100 * (ranked.shape[-1] - 1)
    below = at.astype(int)
    low, high = ranked[..., below], ranked[..., np.minimum(below + 1, ranked.shape[-1] - 1)]
    between: FloatArray = low + (high - low) * (at - below)
    return between


def decibels(power: FloatArray) -> FloatArray:
    """Ten times the common logarithm."""
    level: FloatArray = np.float32(10) * np.log10(power)
    return level


@cache
def _hann(size: int) -> FloatArray:
    """Scaled so that the power of all bins adds up to the mean square."""
    hann = np.hanning(size + 1)[:-1]
    scaled: FloatArray = (hann * np.sqrt(2.0 / (size * np.sum(hann * hann)))).astype(np.float32)
    return scaled


@cache
def _audible(rate_hz: int) -> FloatArray:
    """One for every bin up to 9 kHz, zero above: float32 [513]."""
    return (np.arange(513) < round(HIGHEST_HZ / SHORT_BIN_HZ[rate_hz])).astype(np.float32)


@cache
def _mel_filters(rate_hz: int) -> FloatArray:
    """Triangular mel filters, float32 [513, 40]."""
    grid = SHORT[rate_hz]
    filters = mel_filters(rate_hz / 2, grid.size, MEL_BANDS, LOWEST_HZ, HIGHEST_HZ)
    return np.ascontiguousarray(filters[: grid.kept])
