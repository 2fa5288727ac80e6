"""Pitched instruments. Each function here makes an Instrument: (pitch, seconds) to float32 [n]."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from musicrec_core.demo import sound
from musicrec_core.demo.score import Instrument
from musicrec_core.demo.sound import Spectrum
from musicrec_core.records import FloatArray


def plucked(brightness: float, sustain: float, ring_s: float = 1.5) -> Instrument:
    """A plucked string that rings on for a while after its note: guitar, bass, cavaquinho."""

    def play(pitch: int, seconds: float) -> FloatArray:
        return sound.string(pitch, seconds + ring_s, brightness, sustain)

    return play


def piano(brightness: float) -> Instrument:
    """Two slightly unlike strings a note, high partials dying first, and a soft hammer."""

    def play(pitch: int, seconds: float) -> FloatArray:
        long = seconds + 0.6
        half_life = 1.1 * 2.0 ** ((60 - pitch) / 18)
        bright = sound.tone(sound.cut(sound.mellow(1.3), 4 + 8 * brightness), pitch, long)
        dark = sound.tone(sound.mellow(2.6), pitch + 0.03, long)
        body = 0.5 * bright * sound.fall(long, half_life / 5) + dark * sound.fall(long, half_life)
        body *= sound.fade(long, 0.003, 0.25)
        knock = sound.hiss(0.03, 200, 2500, pitch) * sound.fall(0.03, 0.006)
        body[: knock.size] += np.float32(0.12) * knock
        return body

    return play


def electric_piano(warmth: float) -> Instrument:
    """A tine under frequency modulation over a pure fundamental."""

    def play(pitch: int, seconds: float) -> FloatArray:
        long = seconds + 0.2
        bell = sound.chime(pitch, long, 1.0, 1.6 - warmth, 0.7)
        tine = sound.chime(pitch, long, 14.0, 0.25 * (1.2 - warmth), 0.25)
        return (bell + np.float32(0.3) * tine) * sound.fade(long, 0.004, 0.15)

    return play


def music_box(metal: float) -> Instrument:
    """A steel comb: a pure tone with two inharmonic partials that die at once."""

    def play(pitch: int, _seconds: float) -> FloatArray:
        hz = sound.frequency_hz(pitch)
        out = sound.chime(pitch, 2.2, 1.0, 0.05, 0.45)
        for ratio, level, half_life in ((2.76, 0.35 * metal, 0.12), (5.4, 0.2 * metal, 0.05)):
            if hz * ratio < sound.HIGHEST_HZ:
                shifted = pitch + 12 * np.log2(ratio)
                partial = sound.chime(shifted, 2.2, 1.0, 0.0, half_life)
                out += np.float32(level) * partial
        return out

    return play


def bell(ratio: float, depth: float, half_life_s: float) -> Instrument:
    """A bell by frequency modulation, ringing for five half-lives."""

    def play(pitch: int, _seconds: float) -> FloatArray:
        return sound.chime(pitch, 5 * half_life_s, ratio, depth, half_life_s)

    return play


def pad(spectrum: Spectrum, attack_s: float, detune: float = 0.08) -> Instrument:
    """Three detuned voices that swell and overlap with what comes next."""

    def play(pitch: int, seconds: float) -> FloatArray:
        long = seconds + attack_s
        voices = [sound.tone(spectrum, pitch + d, long) for d in (-detune, 0.0, detune * 1.3)]
        together: FloatArray = np.mean(voices, axis=0)
        return together * sound.fade(long, attack_s, attack_s)

    return play


def bowed(brightness: float, attack_s: float = 0.07) -> Instrument:
    """A small section of bowed strings: two players, vibrato, a body that favours the middle."""
    spectrum = sound.cut(sound.mellow(1.1), 3 + 9 * brightness)

    def play(pitch: int, seconds: float) -> FloatArray:
        long = seconds + 0.12
        first = sound.tone(spectrum, pitch, long, vibrato=0.18)
        second = sound.tone(spectrum, pitch + 0.06, long, vibrato=0.11)
        bow = sound.hiss(0.4, 1500, 5000, 3)[: first.size]
        out = 0.55 * first + 0.45 * second
        out[: bow.size] += np.float32(0.02) * bow
        return out.astype(np.float32) * sound.fade(long, attack_s, 0.12)

    return play


def reed(brightness: float) -> Instrument:
    """A breathy free reed or wind: melodica, clarinet, flute with less brightness."""
    spectrum = sound.cut(sound.square, 2 + 8 * brightness)

    def play(pitch: int, seconds: float) -> FloatArray:
        out = sound.tone(spectrum, pitch, seconds, vibrato=0.12)
        out += np.float32(0.02) * sound.hiss(seconds, 1000, 6000, 5)
        return out * sound.fade(seconds, 0.03, 0.06)

    return play


def organ(bite: float) -> Instrument:
    """Drawbars: octaves and the fifth above, at full strength until released."""
    bars = {1: 1.0, 2: 0.7, 3: 0.5, 4: 0.3, 6: 0.2 * bite, 8: 0.3 * bite}

    def drawbars(k: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.array([bars.get(int(partial), 0.0) for partial in k])

    def play(pitch: int, seconds: float) -> FloatArray:
        return sound.tone(drawbars, pitch, seconds) * sound.fade(seconds, 0.004, 0.03)

    return play


def filtered(spectrum: Spectrum, dark: float, bright: float, half_life_s: float) -> Instrument:
    """A synthesiser whose filter opens to `bright` and falls to `dark`, both in partials."""

    def play(pitch: int, seconds: float) -> FloatArray:
        closed = sound.tone(sound.cut(spectrum, dark), pitch, seconds)
        opened = sound.tone(sound.cut(spectrum, bright), pitch, seconds)
        sweep = sound.fall(seconds, half_life_s)
        return (closed + (opened - closed) * sweep) * sound.fade(seconds, 0.003, 0.02)

    return play


def pulse(duty: float, half_life_s: float) -> Instrument:
    """The rough rectangle of an early sound chip, with all its aliasing, which is the charm."""

    def play(pitch: int, seconds: float) -> FloatArray:
        turns = sound.times_s(seconds) * np.float32(sound.frequency_hz(pitch)) % 1
        high, low = np.float32(1 - duty), np.float32(-duty)  # so that their mean is zero
        level: FloatArray = np.where(turns < duty, high, low)
        return level * sound.fall(seconds, half_life_s)

    return play


def steps() -> Instrument:
    """The four-bit triangle of the same chip: sixteen visible steps."""

    def play(pitch: int, seconds: float) -> FloatArray:
        turns = sound.times_s(seconds) * np.float32(sound.frequency_hz(pitch)) % 1
        stairs = np.round(np.abs(turns * 4 - 2) * 7.5 - 7.5)
        level: FloatArray = stairs / np.float32(7.5)
        return level * sound.fade(seconds, 0.002, 0.01)

    return play


def distorted(drive: float, intervals: tuple[int, ...], tightness_s: float) -> Instrument:
    """Saws driven far into saturation behind a loudspeaker: power chords, or a lead guitar.

    `tightness_s` is the half-life of a note; short ones are muted by the palm.
    """

    def play(pitch: int, seconds: float) -> FloatArray:
        detuned = (*intervals, intervals[0] + 0.12)  # as if played twice
        voices = [sound.tone(sound.saw, pitch + interval, seconds) for interval in detuned]
        pushed = np.tanh(np.float32(drive) * np.sum(voices, axis=0))
        body = sound.band(pushed, 180, 6500)
        return body * sound.fall(seconds, tightness_s) * sound.fade(seconds, 0.002, 0.02)

    return play


def sub_bass(harmonics: float) -> Instrument:
    """A round low tone, a little saturated so that small loudspeakers show it too."""

    def play(pitch: int, seconds: float) -> FloatArray:
        wave = sound.tone(sound.mellow(4.0), pitch, seconds)
        warm: FloatArray = np.tanh(np.float32(1 + 2 * harmonics) * wave)
        return warm * sound.fade(seconds, 0.006, 0.05) * sound.fall(seconds, 1.2)

    return play
