"""How the sound moves in time: onsets, tempo, and slow fluctuations per band."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.audio.spectrum import FRAME_RATE_HZ, MEL_BANDS, Spectra

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray

TEMPO_RANGE_BPM = (50.0, 210.0)
BANDS = 8
"""Groups of five mel bands whose fluctuation is measured apart."""
FLUCTUATION_EDGES_HZ = (0.4, 0.8, 1.3, 2.0, 3.0, 4.3, 6.0, 8.5, 12.0, 20.0)
PULSE_POINTS = 30
TEMPO_BANDS = 5
BAND_WEIGHTS = np.array([3.0, 1.0, 1.0, 0.5, 0.3], dtype=np.float32)
"""From low to high: what people tap to is mostly in the bass."""
SPECTRUM_SIZE = 4096


@dataclass(frozen=True, slots=True)
class Rhythm:
    """vector: float32 [n]. Confidence is the height of the beat in the autocorrelation."""

    vector: FloatArray
    tempo_bpm: float | None
    confidence: float
    onsets_per_s: float


def rhythm(sound: Spectra) -> Rhythm:
    """Onset, pulse and fluctuation statistics, and the tempo with its confidence."""
    rise = np.maximum(np.diff(sound.mel_db, axis=1), 0.0)  # [W, T, 40]
    onset = rise.mean(axis=2)
    by_band = rise.reshape(*rise.shape[:2], TEMPO_BANDS, -1).mean(axis=3)
    pulse, spectrum = _periodicity(by_band)
    tempo, confidence = _tempo(pulse, spectrum)
    peaks = _onsets(onset)
    rate = float(peaks.sum() / (onset.size / FRAME_RATE_HZ))
    strong = onset[peaks].mean() if peaks.any() else 0.0
    shape = [rate, strong, onset.mean(), onset.std(), confidence, pulse[10:].max(), pulse.std()]
    vector = np.concatenate([shape, _pulse_curve(pulse), _fluctuation(sound), _low_rises(rise)])
    return Rhythm(vector.astype(np.float32), tempo, confidence, rate)


def _periodicity(onset: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Autocorrelation by lag and spectrum by frequency of onset strength [W, T, bands].

    Each band is normalised by itself, so that hats do not drown kicks, then they are weighed and
    averaged together with the windows.
    """
    centred = onset - onset.mean(axis=1, keepdims=True)
    size = onset.shape[1]
    power = np.abs(np.fft.rfft(centred, n=2 * size, axis=1)) ** 2
    raw = np.fft.irfft(power, axis=1)[:, : size - 20].mean(axis=0)  # [lag, band]
    raw *= (size / (size - np.arange(size - 20)))[:, None]
    tapered = centred * np.hanning(size)[:, None]
    spectrum = np.abs(np.fft.rfft(tapered, n=SPECTRUM_SIZE, axis=1)).mean(axis=0)
    weights = BAND_WEIGHTS / BAND_WEIGHTS.sum()
    total = (spectrum / np.sqrt(raw[0] + 0.001)) @ weights
    pulse: FloatArray = (raw / (raw[0] + 0.05)) @ weights
    return pulse, total / (total.max() + 1e-9)


def _tempo(pulse: FloatArray, spectrum: FloatArray) -> tuple[float | None, float]:
    """The tempo in both views: lags show its fractions, frequencies its multiples.

    Their product leaves the tempo itself (Peeters, EURASIP JASP 2007), weighed towards what
    people tap (log-normal).
    """
    tempi = np.geomspace(*TEMPO_RANGE_BPM, 300)
    hertz = np.fft.rfftfreq(SPECTRUM_SIZE, 1 / FRAME_RATE_HZ)
    lags = 60.0 * FRAME_RATE_HZ / tempi

    def lagged(times: float) -> FloatArray:
        return np.interp(lags * times, np.arange(pulse.size), pulse, right=0.0).astype(np.float32)

    def turning(times: float) -> FloatArray:
        return np.interp(tempi / 60 * times, hertz, spectrum).astype(np.float32)

    beat = lagged(1) + 0.2 * lagged(2) + 0.2 * lagged(3) + 0.25 * lagged(4) - 0.4 * lagged(0.5)
    strength = np.maximum(beat, 1e-3) * np.sqrt(turning(1) + 0.6 * turning(2))
    prior = np.exp(-0.5 * (np.log2(tempi / 120.0) / 0.7) ** 2)
    best = int(np.argmax(strength * prior))
    confidence = float(np.clip(lagged(1)[best], 0.0, 1.0))
    return (float(tempi[best]), confidence) if confidence > 0.02 else (None, 0.0)


def _onsets(onset: FloatArray) -> FloatArray:
    """Where onset strength peaks above its surroundings: bool [W, T]."""
    middle = onset[:, 1:-1]
    peak = (middle > onset[:, :-2]) & (middle >= onset[:, 2:])
    strong = middle > onset.mean(axis=1, keepdims=True) + 0.5 * onset.std(axis=1, keepdims=True)
    return np.pad(peak & strong & (middle > 0.5), ((0, 0), (1, 1)))


def _pulse_curve(pulse: FloatArray) -> FloatArray:
    """The autocorrelation at evenly spaced log tempi from 240 down to 30 BPM."""
    lags = 60.0 * FRAME_RATE_HZ / np.geomspace(240.0, 30.0, PULSE_POINTS)
    return np.interp(lags, np.arange(pulse.size), pulse).astype(np.float32)


def _fluctuation(sound: Spectra) -> FloatArray:
    """Modulation level, dB, of 8 bands at 9 speeds (after Pampalk's fluctuation patterns)."""
    size = sound.mel_db.shape[1]
    bands = sound.mel_db.reshape(*sound.mel_db.shape[:2], BANDS, MEL_BANDS // BANDS).mean(axis=3)
    bands = (bands - bands.mean(axis=1, keepdims=True)) * np.hanning(size)[:, None]
    modulation = np.abs(np.fft.rfft(bands, axis=1)) ** 2 / size  # [W, T / 2, 8]
    edges = np.searchsorted(np.fft.rfftfreq(size, 1 / FRAME_RATE_HZ), FLUCTUATION_EDGES_HZ)
    mean = modulation.mean(axis=0)
    parts = [mean[a:b].mean(axis=0) for a, b in itertools.pairwise(edges)]
    level: FloatArray = 10 * np.log10(np.stack(parts) + 0.1).ravel()
    return level


def _low_rises(rise: FloatArray) -> FloatArray:
    """Mean and spread of rises in 8 bands: drums below, cymbals above."""
    bands = rise.reshape(-1, BANDS, MEL_BANDS // BANDS).mean(axis=2)
    return np.concatenate([bands.mean(axis=0), bands.std(axis=0)])
