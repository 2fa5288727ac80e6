"""Building blocks of synthesis: oscillators, envelopes, noise and filters, in plain numpy.

A sound is float32 [n], mono, at SAMPLE_RATE_HZ. Nothing here keeps state: equal arguments give
equal samples. Pitches are MIDI numbers, 69 being A at 440 Hz.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from musicrec_core.records import FloatArray

SAMPLE_RATE_HZ = 44100
TABLE_SIZE = 8192
HIGHEST_HZ = 16000.0

Spectrum = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""The strength of each partial, given their numbers 1, 2, 3, ... as [k]."""


def samples(seconds: float) -> int:
    """How many samples last this long; at least one."""
    return max(1, round(seconds * SAMPLE_RATE_HZ))


def frequency_hz(pitch: float) -> float:
    """The equal-tempered frequency of a MIDI pitch."""
    return float(440.0 * 2.0 ** ((pitch - 69.0) / 12.0))


def times_s(seconds: float) -> FloatArray:
    """The time of each sample: float32 [n]."""
    return np.arange(samples(seconds), dtype=np.float32) * np.float32(1 / SAMPLE_RATE_HZ)


def saw(k: NDArray[np.float64]) -> NDArray[np.float64]:
    """Every partial, falling 6 dB an octave: brass, bowed strings, synthesisers."""
    return 1.0 / k


def square(k: NDArray[np.float64]) -> NDArray[np.float64]:
    """Odd partials only: hollow, like a clarinet."""
    return (k % 2) / k


def mellow(slope: float) -> Spectrum:
    """Every partial, falling as a power of its number: the larger the slope, the darker."""
    return lambda k: k**-slope


def cut(spectrum: Spectrum, partial: float) -> Spectrum:
    """The same spectrum behind a low-pass filter that begins at this partial."""
    return lambda k: spectrum(k) / (1.0 + (k / partial) ** 4)


def tone(spectrum: Spectrum, pitch: float, seconds: float, vibrato: float = 0.0) -> FloatArray:
    """A steady band-limited tone, peak 1; `vibrato` is its depth in semitones, at 5.5 Hz."""
    hz = frequency_hz(pitch)
    table = _table(spectrum, hz)
    phase = np.arange(samples(seconds), dtype=np.float64) * (hz * TABLE_SIZE / SAMPLE_RATE_HZ)
    if vibrato:
        rate = 2 * np.pi * 5.5
        swing = hz * TABLE_SIZE * (2.0 ** (vibrato / 12.0) - 1.0) / rate
        phase += swing * (1.0 - np.cos(rate * times_s(seconds)))
    sounding: FloatArray = table[phase.astype(np.int64) & (TABLE_SIZE - 1)]
    return sounding


def _table(spectrum: Spectrum, hz: float) -> FloatArray:
    """One period of a tone at this pitch, without partials beyond HIGHEST_HZ: [TABLE_SIZE]."""
    k = np.arange(1, max(2, int(HIGHEST_HZ / hz) + 1), dtype=np.float64)[: TABLE_SIZE // 4]
    bins = np.zeros(TABLE_SIZE // 2 + 1, dtype=np.complex128)
    bins[1 : k.size + 1] = -1j * spectrum(k)  # sine phase: starts at zero, so no click
    period = np.fft.irfft(bins)
    return peak_one(period.astype(np.float32))


def fall(seconds: float, half_life_s: float) -> FloatArray:
    """An exponential fall from 1, ending in a short fade so that no note clicks."""
    time = times_s(seconds)
    falling: FloatArray = np.exp2(-time / np.float32(half_life_s))
    return falling * fade(seconds, 0.0, 0.01)


def fade(seconds: float, attack_s: float, release_s: float) -> FloatArray:
    """Rises over the attack, stays at 1, falls over the release, all within `seconds`."""
    size = samples(seconds)
    envelope = np.ones(size, dtype=np.float32)
    rise = min(samples(attack_s), size // 2)
    drop = min(samples(release_s), size // 2)
    if rise > 1:
        envelope[:rise] = np.sin(np.linspace(0, np.pi / 2, rise, dtype=np.float32)) ** 2
    if drop > 1:
        envelope[-drop:] *= np.sin(np.linspace(np.pi / 2, 0, drop, dtype=np.float32)) ** 2
    return envelope


def noise(seconds: float, seed: int) -> FloatArray:
    """White noise, the same for the same seed, mostly within 1."""
    generator = np.random.default_rng(seed)
    return generator.standard_normal(samples(seconds), dtype=np.float32) * np.float32(0.33)


def hiss(seconds: float, low_hz: float, high_hz: float, seed: int) -> FloatArray:
    """Noise of one band, peak 1."""
    return peak_one(band(noise(seconds, seed), low_hz, high_hz))


def band(sound: FloatArray, low_hz: float, high_hz: float) -> FloatArray:
    """Keeps what lies between two frequencies, with skirts of 12 to 24 dB an octave."""
    padded = 1 << (sound.size - 1).bit_length()
    spectrum = np.fft.rfft(sound, padded)
    hz = np.fft.rfftfreq(padded, 1 / SAMPLE_RATE_HZ)
    gain = 1.0 / (1.0 + (hz / high_hz) ** 4)
    if low_hz > 0:
        gain *= hz**2 / (hz**2 + low_hz**2)
    return np.fft.irfft(spectrum * gain, padded)[: sound.size].astype(np.float32)


def peak_one(sound: FloatArray) -> FloatArray:
    """The same sound with its loudest sample at full scale."""
    peak = float(np.abs(sound).max())
    return sound / np.float32(peak) if peak > 0 else sound


def glide(start_hz: float, end_hz: float, half_life_s: float, seconds: float) -> FloatArray:
    """A sine whose frequency falls from one value to another: the body of most drums."""
    time = times_s(seconds).astype(np.float64)
    swept = half_life_s / np.log(2) * (1.0 - np.exp2(-time / half_life_s))
    wave = np.sin(2 * np.pi * (end_hz * time + (start_hz - end_hz) * swept))
    return np.asarray(wave, dtype=np.float32)


def chime(
    pitch: float, seconds: float, ratio: float, depth: float, half_life_s: float
) -> FloatArray:
    """Frequency modulation whose depth dies away: bells, tines and electric pianos.

    Chowning, "The synthesis of complex audio spectra by means of frequency modulation", 1973.
    """
    time = times_s(seconds)
    turn = np.float32(2 * np.pi * frequency_hz(pitch)) * time
    bend = np.float32(depth) * np.exp2(-time / np.float32(half_life_s / 2))
    struck: FloatArray = np.sin(turn + bend * np.sin(turn * np.float32(ratio)))
    return struck * fall(seconds, half_life_s)


def string(pitch: float, seconds: float, brightness: float, sustain: float) -> FloatArray:
    """A plucked string; brightness and sustain in (0, 1]. Tuned by resampling, peak 1.

    Karplus and Strong, "Digital synthesis of plucked-string and drum timbres", 1983. One
    period of the delay line is computed at a time from the one before.
    """
    hz = frequency_hz(pitch)
    period = max(2, round(SAMPLE_RATE_HZ / hz - 0.5))  # averaging neighbours delays by a half
    ratio = (period + 0.5) * hz / SAMPLE_RATE_HZ
    size = samples(seconds)
    rounds = int(size * ratio) // period + 2
    line = np.random.default_rng(round(pitch)).uniform(-1, 1, period).astype(np.float32)
    reach = max(1, round((1.0 - brightness) * period / 8))
    line = np.mean([np.roll(line, i) for i in range(reach)], axis=0)
    line -= line.mean()
    keep = np.float32(0.5 * 0.5 ** (1 / (hz * 4.0 * sustain)))  # half-life 4 s at most
    wave = np.empty((rounds, period), dtype=np.float32)
    for i in range(rounds):
        wave[i] = line
        line = keep * (line + np.roll(line, 1))
    raw = wave.ravel()
    tuned = np.interp(np.arange(size) * ratio, np.arange(raw.size), raw).astype(np.float32)
    return peak_one(tuned) * fade(seconds, 0.0, 0.03)
