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
    pulse = _autocorrelation(onset)
    tempo, confidence = _tempo(pulse)
    peaks = _onsets(onset)
    rate = float(peaks.sum() / (onset.size / FRAME_RATE_HZ))
    strong = onset[peaks].mean() if peaks.any() else 0.0
    shape = [rate, strong, onset.mean(), onset.std(), confidence, pulse.max(), pulse.std()]
    vector = np.concatenate([shape, _pulse_curve(pulse), _fluctuation(sound), _low_rises(rise)])
    return Rhythm(vector.astype(np.float32), tempo, confidence, rate)


def _autocorrelation(onset: FloatArray) -> FloatArray:
    """Mean over windows of the normalised autocorrelation of onset strength, by lag [T / 2]."""
    centred = onset - onset.mean(axis=1, keepdims=True)
    size = onset.shape[1]
    spectrum = np.fft.rfft(centred, n=2 * size, axis=1)
    raw = np.fft.irfft(np.abs(spectrum) ** 2, axis=1)[:, : size // 2].sum(axis=0)
    raw = raw * size / (size - np.arange(size // 2))
    return (raw / raw[0]).astype(np.float32) if raw[0] > 1e-6 else np.zeros_like(raw, np.float32)


def _tempo(pulse: FloatArray) -> tuple[float | None, float]:
    """The beat whose multiples are all strong, weighed towards 120 BPM (log-normal prior)."""
    slowest, fastest = TEMPO_RANGE_BPM
    tempi = np.exp(np.linspace(np.log(slowest), np.log(fastest), 300))
    lags = 60.0 * FRAME_RATE_HZ / tempi
    grid = np.arange(pulse.size)
    comb = sum(np.interp(lags * k, grid, pulse, right=0.0) / k for k in (1, 2, 3, 4))
    prior = np.exp(-0.5 * (np.log2(tempi / 115.0) / 0.8) ** 2)
    best = int(np.argmax(comb * prior))
    confidence = float(np.clip(np.interp(lags[best], grid, pulse), 0.0, 1.0))
    return (float(tempi[best]), confidence) if confidence > 0.02 else (None, 0.0)


def _onsets(onset: FloatArray) -> FloatArray:
    """Where onset strength peaks above its surroundings: bool [W, T]."""
    middle = onset[:, 1:-1]
    peak = (middle > onset[:, :-2]) & (middle >= onset[:, 2:])
    strong = middle > onset.mean(axis=1, keepdims=True) + 0.5 * onset.std(axis=1, keepdims=True)
    return np.pad(peak & strong & (middle > 0.5), ((0, 0), (1, 1)))


def _pulse_curve(pulse: FloatArray) -> FloatArray:
    """The autocorrelation at evenly spaced log tempi from 240 down to 30 BPM."""
    tempi = np.exp(np.linspace(np.log(240.0), np.log(30.0), PULSE_POINTS))
    return np.interp(60.0 * FRAME_RATE_HZ / tempi, np.arange(pulse.size), pulse)


def _fluctuation(sound: Spectra) -> FloatArray:
    """Modulation level, dB, of 8 bands at 9 speeds (after Pampalk's fluctuation patterns)."""
    size = sound.mel_db.shape[1]
    bands = sound.mel_db.reshape(*sound.mel_db.shape[:2], BANDS, MEL_BANDS // BANDS).mean(axis=3)
    bands = (bands - bands.mean(axis=1, keepdims=True)) * np.hanning(size)[:, None]
    modulation = np.abs(np.fft.rfft(bands, axis=1)) ** 2 / size  # [W, T / 2, 8]
    edges = np.searchsorted(np.fft.rfftfreq(size, 1 / FRAME_RATE_HZ), FLUCTUATION_EDGES_HZ)
    mean = modulation.mean(axis=0)
    parts = [mean[a:b].mean(axis=0) for a, b in itertools.pairwise(edges)]
    return 10 * np.log10(np.stack(parts) + 0.1).ravel()


def _low_rises(rise: FloatArray) -> FloatArray:
    """Mean and spread of rises in 8 bands: drums below, cymbals above."""
    bands = rise.reshape(-1, BANDS, MEL_BANDS // BANDS).mean(axis=2)
    return np.concatenate([bands.mean(axis=0), bands.std(axis=0)])
