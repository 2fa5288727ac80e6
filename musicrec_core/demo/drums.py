"""Unpitched instruments. A drum ignores the length it is asked for; pitch picks a variant."""

from __future__ import annotations

import numpy as np

from musicrec_core.demo import sound
from musicrec_core.demo.score import Instrument
from musicrec_core.records import FloatArray


def kick(start_hz: float, end_hz: float, half_life_s: float, click: float = 0.2) -> Instrument:
    """A bass drum: a sine falling in pitch, with a beater's click."""

    def play(_pitch: int, _seconds: float) -> FloatArray:
        long = min(6 * half_life_s, 1.2)
        out = sound.glide(start_hz, end_hz, 0.018, long) * sound.fall(long, half_life_s)
        tap = sound.hiss(0.012, 1500, 6000, 11) * sound.fall(0.012, 0.003)
        out[: tap.size] += np.float32(click) * tap
        return out

    return play


def snare(tone_hz: float, wires: float, half_life_s: float) -> Instrument:
    """A skin with wires under it; `wires` is the share of noise."""

    def play(_pitch: int, _seconds: float) -> FloatArray:
        long = 5 * half_life_s
        skin = sound.glide(tone_hz * 1.6, tone_hz, 0.01, long) * sound.fall(long, half_life_s / 2)
        rattle = sound.hiss(long, 700, 9000, 21) * sound.fall(long, half_life_s)
        return np.float32(1 - wires) * skin + np.float32(wires) * rattle

    return play


def burst(low_hz: float, high_hz: float, half_life_s: float, attack_s: float = 0.0) -> Instrument:
    """Noise of one band that dies away: hats, cymbals, shakers, brushes, chip drums.

    Each pitch is another burst of noise, so that repeats need not be identical.
    """

    def play(pitch: int, _seconds: float) -> FloatArray:
        long = 6 * half_life_s + attack_s
        out = sound.hiss(long, low_hz, high_hz, 100 + pitch) * sound.fall(long, half_life_s)
        return out * sound.fade(long, attack_s, 0.01)

    return play


def skin(pitch_hz: float, half_life_s: float, slap: float) -> Instrument:
    """A hand drum or tom, seven semitones lower for each step of pitch below zero."""

    def play(pitch: int, _seconds: float) -> FloatArray:
        hz = pitch_hz * 2.0 ** (7 * pitch / 12)
        long = 6 * half_life_s
        out = sound.glide(hz * 1.3, hz, 0.02, long) * sound.fall(long, half_life_s)
        hand = sound.hiss(0.03, 800, 5000, 31) * sound.fall(0.03, 0.006)
        out[: hand.size] += np.float32(slap) * hand
        return out

    return play


def clap() -> Instrument:
    """Four hands, nearly together."""

    def play(_pitch: int, _seconds: float) -> FloatArray:
        out = np.zeros(sound.samples(0.25), dtype=np.float32)
        for i, late_s in enumerate((0.0, 0.011, 0.021, 0.03)):
            start = sound.samples(late_s)
            hands = sound.hiss(0.2, 800, 4500, 41 + i) * sound.fall(0.2, 0.02 if i < 3 else 0.04)
            out[start : start + hands.size] += np.float32(0.5) * hands
        return out

    return play


def crackle(per_second: float) -> Instrument:
    """The surface of an old record, for as long as the note lasts."""

    def play(pitch: int, seconds: float) -> FloatArray:
        generator = np.random.default_rng(51 + pitch)
        out = np.zeros(sound.samples(seconds), dtype=np.float32)
        ticks = generator.integers(0, out.size, int(per_second * seconds))
        out[ticks] = generator.uniform(-1, 1, ticks.size).astype(np.float32) ** 3
        return sound.band(out, 500, 7000) + np.float32(0.01) * sound.noise(seconds, 52 + pitch)

    return play
