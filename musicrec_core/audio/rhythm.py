"""How the sound moves in time: onsets, tempo, and slow fluctuations per band."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.audio.spectrum import FRAME_RATE_HZ, MEL_BANDS, Spectra, grouped, squared

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray

TEMPO_RANGE_BPM = (50.0, 210.0)
BANDS = 8
"""Groups of five mel bands whose fluctuation is measured apart."""
FLUCTUATION_EDGES_HZ = (0.4, 0.8, 1.3, 2.0, 3.0, 4.3, 6.0, 8.5, 12.0, 20.0)
PULSE_POINTS = 30
TEMPO_BANDS = 5
HEARD = np.array([0.52, 0.17, 0.17, 0.09, 0.05], dtype=np.float32)
TAPPED = np.array([0.70, 0.05, 0.15, 0.05, 0.05], dtype=np.float32)
"""Weights of the bands from low to high: what people tap to is mostly in the bass."""
TAPPED_FLOOR_DB = -30.0
"""Only what is loud in its band counts for the tempo; a hat between two kicks is not."""
LAG_WEIGHTS = {0.25: -0.12, 1 / 3: -0.4, 0.5: -0.8, 1.0: 1.6, 2.0: 0.46, 3.0: 0.3, 4.0: 0.5}
TURN_WEIGHTS = {0.5: 0.25, 1.0: 1.1, 3.0: -0.7, 4.0: 0.2}
"""How much each multiple of a tempo's period, or of its frequency, speaks for that tempo. Found
by random search over synthesised rhythms; docs/attributes.md has its accuracy on others."""
TAPPED_BPM, TAPPED_OCTAVES = 108.0, 0.85
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
    rise = np.maximum(sound.mel_steps_db, 0.0)  # [W, T, 40]
    onset = grouped(rise, 1)[..., 0]
    loud = np.maximum(sound.mel_db, TAPPED_FLOOR_DB)
    loud = np.maximum(loud[:, 1:] - loud[:, :-1], 0.0)
    both = np.concatenate([grouped(loud, TEMPO_BANDS), grouped(rise, TEMPO_BANDS)], axis=2)
    lags, spectrum = _periodicity(both)
    tempo, confidence = _tempo(lags[:, :TEMPO_BANDS] @ TAPPED, spectrum[:, :TEMPO_BANDS] @ TAPPED)
    lags, spectrum = lags[:, TEMPO_BANDS:], spectrum[:, TEMPO_BANDS:]
    pulse = lags @ HEARD
    peaks = _onsets(onset)
    rate = float(peaks.sum() / (onset.size / FRAME_RATE_HZ))
    strong = onset[peaks].mean() if peaks.any() else 0.0
    clarity = _clarity(pulse, spectrum @ HEARD)
    shape = [rate, strong, onset.mean(), onset.std(), clarity, pulse[10:].max(), pulse.std()]
    pace = np.log2((tempo or TAPPED_BPM) / TAPPED_BPM) * confidence
    shape += [confidence, pace]
    vector = np.concatenate([shape, _pulse_curve(pulse), _fluctuation(sound), _low_rises(rise)])
    return Rhythm(vector.astype(np.float32), tempo, confidence, rate)


def _periodicity(onset: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Autocorrelation [lag, band] and spectrum [frequency, band] of rises in level [W, T, band].

    Each band is normalised by itself, so that hats do not drown kicks.
    """
    import scipy.fft

    centred = onset - onset.mean(axis=1, keepdims=True)
    size = onset.shape[1]
    power = squared(scipy.fft.rfft(centred, n=2 * size, axis=1)).mean(axis=0)
    lags = scipy.fft.irfft(power, n=2 * size, axis=0)[: size - 20]
    lags *= (size / (size - np.arange(size - 20)))[:, None]
    tapered = centred * np.hanning(size).astype(np.float32)[:, None]
    spectrum = squared(scipy.fft.rfft(tapered, n=SPECTRUM_SIZE, axis=1))
    spectrum = np.sqrt(spectrum, out=spectrum).mean(axis=0)
    return lags / (lags[0] + 0.05), spectrum / np.sqrt(lags[0] + 0.001)


def _tempo(lags: FloatArray, spectrum: FloatArray) -> tuple[float | None, float]:
    """The tempo where both views agree: lags peak at its fractions too, frequencies at multiples.

    Their product leaves the tempo itself (Peeters, EURASIP JASP 2007), weighed towards what
    people tap (log-normal).
    """
    tempi = np.geomspace(*TEMPO_RANGE_BPM, 300)
    hertz = np.fft.rfftfreq(SPECTRUM_SIZE, 1 / FRAME_RATE_HZ)

    def lagged(times: float) -> FloatArray:
        frames = times * 60.0 * FRAME_RATE_HZ / tempi
        return np.interp(frames, np.arange(lags.size), lags, right=0.0).astype(np.float32)

    def turning(times: float) -> FloatArray:
        return np.interp(tempi / 60 * times, hertz, spectrum).astype(np.float32)

    beat = sum(weight * lagged(times) for times, weight in LAG_WEIGHTS.items())
    turns = sum(weight * turning(times) for times, weight in TURN_WEIGHTS.items())
    prior = np.exp(-0.5 * (np.log2(tempi / TAPPED_BPM) / TAPPED_OCTAVES) ** 2)
    strength = np.maximum(beat, 1e-3) * np.maximum(turns, 1e-3)
    best = int(np.argmax(strength * prior))
    confidence = float(np.clip(lagged(1)[best], 0.0, 1.0))
    return (float(tempi[best]), confidence) if confidence > 0.02 else (None, 0.0)


def _clarity(pulse: FloatArray, spectrum: FloatArray) -> float:
    """How strongly the likeliest pulse of all that is heard comes back, in [0, 1].

    A number for the ears, not the tempo: every rise counts here, faint ones too.
    """
    tempi = np.geomspace(*TEMPO_RANGE_BPM, 300)
    hertz = np.fft.rfftfreq(SPECTRUM_SIZE, 1 / FRAME_RATE_HZ)
    frames = 60.0 * FRAME_RATE_HZ / tempi
    echoes = {1.0: 1.0, 2.0: 0.2, 3.0: 0.2, 4.0: 0.25, 0.5: -0.4}
    beat = sum(
        weight * np.interp(frames * times, np.arange(pulse.size), pulse, right=0.0)
        for times, weight in echoes.items()
    )
    turning = np.interp(tempi / 60, hertz, spectrum)
    turning = turning + 0.6 * np.interp(tempi / 30, hertz, spectrum)
    ordinary = np.exp(-0.5 * (np.log2(tempi / 120.0) / 0.7) ** 2)
    best = int(np.argmax(np.maximum(beat, 1e-3) * np.sqrt(turning) * ordinary))
    clarity = float(np.interp(frames[best], np.arange(pulse.size), pulse, right=0.0))
    return min(max(clarity, 0.0), 1.0) if clarity > 0.02 else 0.0


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
    import scipy.fft

    size = sound.mel_db.shape[1]
    bands = grouped(sound.mel_db, BANDS)
    taper = np.hanning(size).astype(np.float32)
    bands = (bands - bands.mean(axis=1, keepdims=True)) * taper[:, None]
    modulation = squared(scipy.fft.rfft(bands, axis=1))  # [W, T / 2, 8]
    edges = np.searchsorted(np.fft.rfftfreq(size, 1 / FRAME_RATE_HZ), FLUCTUATION_EDGES_HZ)
    mean = modulation.mean(axis=0) / size
    parts = [mean[a:b].mean(axis=0) for a, b in itertools.pairwise(edges)]
    level: FloatArray = 10 * np.log10(np.stack(parts) + 0.1).ravel()
    return level


def _low_rises(rise: FloatArray) -> FloatArray:
    """Mean and spread of rises in 8 bands: drums below, cymbals above."""
    bands = grouped(rise.reshape(-1, MEL_BANDS), BANDS)
    return np.concatenate([bands.mean(axis=0), bands.std(axis=0)])
