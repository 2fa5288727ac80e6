"""Synthesised sound whose tempo, key or loudness is known because it was put there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 44100
Sound = NDArray[np.float64]

# Semitones above the tonic of the triads of a common turn: I IV V I and i iv V i.
MAJOR_TURN = ((0, 4, 7), (5, 9, 12), (7, 11, 14), (0, 4, 7))
MINOR_TURN = ((0, 3, 7), (5, 8, 12), (7, 11, 14), (0, 3, 7))


def sine(frequency_hz: float, seconds: float, level: float = 1.0) -> Sound:
    return level * np.sin(2 * np.pi * frequency_hz * _time(seconds))


def noise(seconds: float, level: float, seed: int = 0) -> Sound:
    return level * np.random.default_rng(seed).standard_normal(round(seconds * RATE_HZ))


def clicks(tempo_bpm: float, seconds: float) -> Sound:
    """A short 1.5 kHz blip on every beat."""
    return placed(np.arange(0.1, seconds - 0.1, 60 / tempo_bpm), _blip(), seconds)


def drums(tempo_bpm: float, seconds: float) -> Sound:
    """Kick on one and three, snare on two and four, a quiet hat between the beats."""
    beat = 60 / tempo_bpm
    beats = np.arange(0.1, seconds - 0.4, beat)
    parts = (
        placed(beats[0::2], _kick(), seconds),
        placed(beats[1::2], _snare(), seconds),
        placed(beats + beat / 2, 0.1 * _snare()[:2000], seconds),
    )
    return 0.3 * np.sum(parts, axis=0)


def chords(tonic: int, minor: bool, seconds: float, chord_s: float = 1.5) -> Sound:
    """The turn of four chords over and over; tonic 0 is C, tones with three harmonics."""
    turn = MINOR_TURN if minor else MAJOR_TURN
    out = [
        sum(tone(60 + tonic + step, chord_s) for step in turn[i % 4])
        + tone(48 + tonic + turn[i % 4][0], chord_s)
        for i in range(round(seconds / chord_s))
    ]
    return 0.1 * np.concatenate(out)


def tone(midi: float, seconds: float) -> Sound:
    """A plucked tone with three harmonics."""
    frequency = 440 * 2 ** ((midi - 69) / 12)
    fade = np.exp(-_time(seconds)) * np.minimum(1, _time(seconds) * 50)
    return fade * sum(sine(frequency * k, seconds, 0.5**k) for k in (1, 2, 3))


def placed(at_s: NDArray[np.float64], sound: Sound, seconds: float) -> Sound:
    """The same sound at many times."""
    out = np.zeros(round(seconds * RATE_HZ) + len(sound))
    for start in (at_s * RATE_HZ).astype(int):
        out[start : start + len(sound)] += sound
    return out[: round(seconds * RATE_HZ)]


def _time(seconds: float) -> Sound:
    return np.arange(round(seconds * RATE_HZ)) / RATE_HZ


def _blip() -> Sound:
    return sine(1500, 0.02) * np.exp(-_time(0.02) / 0.005)


def _kick() -> Sound:
    time = _time(0.25)
    return np.sin(2 * np.pi * (50 * time + 1 - np.exp(-30 * time))) * np.exp(-time / 0.08)


def _snare() -> Sound:
    time = _time(0.2)
    return (noise(0.2, 0.6) + sine(180, 0.2, 0.4)) * np.exp(-time / 0.05)
