"""Pitch content: spectral peaks folded to pitch classes, key, mode, harmony in motion."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.audio.chords import CLASSES, chord_statistics

if TYPE_CHECKING:
    from musicrec_core.audio.spectrum import Spectra
    from musicrec_core.records import FloatArray, IntArray

PEAK_RANGE_HZ = (60.0, 4000.0)
OCTAVE_OF_500_HZ = math.log2(500 / 440)
NAMES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
# Key profiles after Temperley, What's Key for Key? (Music Perception 17, 1999).
MAJOR = (5.0, 2.0, 3.5, 2.0, 4.5, 4.0, 2.0, 4.5, 2.0, 3.5, 1.5, 4.0)
MINOR = (5.0, 2.0, 3.5, 4.5, 2.0, 4.0, 2.0, 4.5, 3.5, 2.0, 1.5, 4.0)


@dataclass(frozen=True, slots=True)
class Tonal:
    """vector: float32 [n]. Confidence in [0, 1] is the fit of the key's profile."""

    vector: FloatArray
    key: str | None
    confidence: float
    tonalness: float
    """Share of the spectrum's energy that lies in clear peaks."""


@dataclass(frozen=True, slots=True)
class Peaks:
    """Spectral peaks of F frames: frame, frequency_hz, magnitude, each [P]; frames = F."""

    frame: IntArray
    frequency_hz: FloatArray
    magnitude: FloatArray
    frames: int


def tonal(sound: Spectra) -> Tonal:
    """Key-invariant harmony statistics and the key itself."""
    power = sound.long_power.reshape(-1, sound.long_power.shape[-1])
    peaks = _peaks(power, sound.long_bin_hz)
    chroma = _chroma(peaks)  # [F, 12]
    windows, mean = sound.long_power.shape[0], chroma.mean(axis=0)
    tonic, minor, fit = _key(mean)
    tonalness = _tonalness(power, peaks, sound.long_bin_hz)
    vector = np.concatenate(
        [
            _turned(mean),
            _modes(mean),
            _intervals(chroma),
            _motion(chroma, windows),
            _roughness(peaks),
            chord_statistics(chroma, windows, _tonics(mean)),
            _modes_by_window(chroma.reshape(windows, -1, 12).mean(axis=1)),
            [tonalness, fit, float(minor), len(peaks.frame) / peaks.frames],
        ]
    )
    name = f"{NAMES[tonic]} {'minor' if minor else 'major'}" if fit > 0 else None
    return Tonal(vector.astype(np.float32), name, fit, tonalness)


def _peaks(power: FloatArray, bin_hz: float) -> Peaks:
    """Local maxima within 40 dB of their frame's highest, placed by parabola on a log scale."""
    low, high = (int(f / bin_hz) for f in PEAK_RANGE_HZ)
    band = power[:, low - 1 : high + 1]
    centre = band[:, 1:-1]
    threshold = np.maximum(centre.max(axis=1, keepdims=True) * 1e-4, 1e-8)
    is_peak = (centre > band[:, :-2]) & (centre >= band[:, 2:]) & (centre > threshold)
    frame, column = np.nonzero(is_peak)
    at = frame * band.shape[1] + column
    flat = band.ravel()
    left, mid, right = (0.5 * np.log(flat[at + k] + 1e-18) for k in (0, 1, 2))
    shift = 0.5 * (left - right) / (left - 2 * mid + right - 1e-9)
    hertz = (column + low + np.clip(shift, -0.5, 0.5)) * bin_hz
    return Peaks(frame, hertz.astype(np.float32), np.exp(mid), power.shape[0])


def _chroma(peaks: Peaks) -> FloatArray:
    """Pitch-class strength [F, 12] after removing the tuning, each peak shared by two classes."""
    octaves = np.log2(peaks.frequency_hz / 440.0)
    pitch = 12 * octaves + 9.0  # 0 is C
    weight = np.sqrt(peaks.magnitude) * np.exp(-0.5 * ((octaves - OCTAVE_OF_500_HZ) / 1.3) ** 2)
    turn = pitch * np.float32(2 * np.pi)
    off = np.arctan2(np.dot(weight, np.sin(turn)), np.dot(weight, np.cos(turn))) / (2 * np.pi)
    pitch = pitch - np.float32(off)
    lower = np.floor(pitch)
    part = pitch - lower
    slot, place = peaks.frame * 12, lower.astype(int)
    chroma = np.bincount(slot + place % 12, weight * (1 - part), peaks.frames * 12)
    chroma += np.bincount(slot + (place + 1) % 12, weight * part, peaks.frames * 12)
    return chroma.reshape(peaks.frames, 12).astype(np.float32)


def _key(chroma: FloatArray) -> tuple[int, bool, float]:
    """Tonic, whether minor, and the correlation with that key's profile in [0, 1]."""
    fits = np.stack([_correlations(chroma, MAJOR), _correlations(chroma, MINOR)])
    minor, tonic = divmod(int(np.argmax(fits)), 12)
    return tonic, bool(minor), float(max(fits.max(), 0.0))


def _tonics(chroma: FloatArray) -> FloatArray:
    """How likely each pitch class is the tonic [12], in sum one.

    Averages over it stay put where choosing between two near-equal keys would be a coin toss.
    """
    fits = np.maximum(_correlations(chroma, MAJOR), _correlations(chroma, MINOR))
    likely = np.exp(12 * fits)
    tonics: FloatArray = likely / likely.sum()
    return tonics


def _turned(chroma: FloatArray) -> FloatArray:
    """Pitch classes counted from the tonic [12], averaged over the likely keys."""
    share = chroma / (chroma.sum() + 1e-9)
    mean: FloatArray = _tonics(chroma) @ share[(CLASSES[:, None] + CLASSES) % 12]
    return mean


def _correlations(chroma: FloatArray, profile: tuple[float, ...]) -> FloatArray:
    """Correlation of a chroma with a profile at each of twelve tonics."""
    centred = chroma - chroma.mean()
    fits: FloatArray = _unit_turns(profile) @ centred / (np.linalg.norm(centred) + 1e-9)
    return fits


@cache
def _unit_turns(profile: tuple[float, ...]) -> FloatArray:
    """A profile at each of twelve tonics, centred and of unit length: [12, 12]."""
    turned = np.stack([np.roll(profile, k) for k in range(12)])
    turned = turned - turned.mean(axis=1, keepdims=True)
    unit: FloatArray = turned / np.linalg.norm(turned, axis=1, keepdims=True)
    return unit


def _modes(chroma: FloatArray) -> FloatArray:
    """Best major and minor fit, their difference, and the lead over the second-best key."""
    major, minor = _correlations(chroma, MAJOR), _correlations(chroma, MINOR)
    ranked = np.sort(np.concatenate([major, minor]))
    best = int(np.argmax(np.maximum(major, minor)))
    return np.array(
        [
            major.max(),
            minor.max(),
            major.max() - minor.max(),
            major[best] - minor[best],
            ranked[-1] - ranked[-2],
        ]
    )


def _modes_by_window(chroma: FloatArray) -> FloatArray:
    """Mean and spread over windows [W, 12] of how much more major than minor, and how clear."""
    fits = [(_correlations(c, MAJOR).max(), _correlations(c, MINOR).max()) for c in chroma]
    modes = np.array([(major - minor, max(major, minor)) for major, minor in fits])
    return np.concatenate([modes.mean(axis=0), modes.std(axis=0)])


def _intervals(chroma: FloatArray) -> FloatArray:
    """How strongly each interval sounds together, [6]; and triads: major, minor, dim, aug."""
    unit = chroma / (np.linalg.norm(chroma, axis=1, keepdims=True) + 1e-9)
    together = unit.T @ unit / len(unit)
    dyads = [float(together[CLASSES, (CLASSES - k) % 12].sum()) for k in range(1, 7)]
    triads = []
    for third, fifth in ((4, 7), (3, 7), (3, 6), (4, 8)):
        product = unit * unit[:, (CLASSES + third) % 12] * unit[:, (CLASSES + fifth) % 12]
        best = np.cbrt(product.max(axis=1))
        triads += [best.mean(), best.std()]
    return np.array(dyads + triads)


def _motion(chroma: FloatArray, windows: int) -> FloatArray:
    """Change of harmony over 0.14, 0.4 and 1.5 s, peakedness, and its variation."""
    unit = chroma / (np.linalg.norm(chroma, axis=1, keepdims=True) + 1e-9)
    by_window = unit.reshape(windows, -1, 12)
    steps = [1 - np.mean(np.sum(by_window[:, k:] * by_window[:, :-k], axis=2)) for k in (1, 3, 11)]
    share = chroma / (chroma.sum(axis=1, keepdims=True) + 1e-9)
    entropy = -np.sum(share * np.log(share + 1e-9), axis=1)
    whole = chroma.mean(axis=0) / (chroma.mean() * 12 + 1e-9)
    return np.array([*steps, entropy.mean(), entropy.std(), -np.sum(whole * np.log(whole + 1e-9))])


def _roughness(peaks: Peaks) -> FloatArray:
    """Dissonance of neighbouring peaks (Sethares 1993), mean over pairs weighed by strength."""
    out = []
    for apart in (1, 2, 3):
        same = peaks.frame[apart:] == peaks.frame[:-apart]
        low, high = peaks.frequency_hz[:-apart][same], peaks.frequency_hz[apart:][same]
        weight = np.minimum(peaks.magnitude[:-apart][same], peaks.magnitude[apart:][same])
        x = (high - low) / (0.0207 * low + 18.96)
        rough = np.exp(-0.84 * x) - np.exp(-1.38 * x)
        out.append(float(np.sum(weight * rough) / (np.sum(weight) + 1e-9)))
    return np.array(out)


def _tonalness(power: FloatArray, peaks: Peaks, bin_hz: float) -> float:
    """Energy in peaks (three bins each) over all energy in the peak range."""
    low, high = (int(f / bin_hz) for f in PEAK_RANGE_HZ)
    total = float(np.sum(power[:, low:high]))
    return float(np.clip(2.5 * np.sum(peaks.magnitude**2) / (total + 1e-9), 0.0, 1.0))
