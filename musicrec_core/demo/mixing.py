"""Turns a piece into sound: notes into parts, parts into a mix with echo, room and saturation."""

from __future__ import annotations

import numpy as np

from musicrec_core.demo.score import Piece, Voice
from musicrec_core.demo.sound import SAMPLE_RATE_HZ, fade, samples
from musicrec_core.records import FloatArray

TAIL_S = 2.5
"""Time for the last notes to ring; it fades to silence."""
ECHOES = 4
# Delay lines of the room in ms, mutually prime in samples so that their echoes do not line up.
COMBS_MS = (29.7, 37.1, 41.1, 43.7)
ALLPASSES_MS = (12.6, 9.3)


def render(piece: Piece) -> FloatArray:
    """The whole piece: float32 [n], mono, within +-peak."""
    second_per_beat = 60.0 / piece.tempo_bpm
    size = samples(piece.beats * second_per_beat + TAIL_S)
    mix = np.zeros(size, dtype=np.float32)
    wet = np.zeros(size, dtype=np.float32)
    for part in piece.parts:
        played = _with_echo(_play(part, size, second_per_beat), part, second_per_beat)
        mix += played
        if part.room:
            wet += np.float32(part.room) * played
    mix += _room(wet, piece.room_s)
    return _mastered(mix, piece.drive, piece.peak)


def _play(part: Voice, size: int, second_per_beat: float) -> FloatArray:
    """The dry part: float32 [size]. Equal notes are synthesised once."""
    track = np.zeros(size, dtype=np.float32)
    sounds: dict[tuple[int, float], FloatArray] = {}
    for note in part.notes:
        seconds = round(note.beats * second_per_beat, 2)
        if (note.pitch, seconds) not in sounds:
            sounds[note.pitch, seconds] = part.instrument(note.pitch, seconds)
        start = max(0, round(note.beat * second_per_beat * SAMPLE_RATE_HZ))
        sound = sounds[note.pitch, seconds][: max(0, size - start)]
        track[start : start + sound.size] += sound * np.float32(note.level * part.gain)
    return track


def _with_echo(track: FloatArray, part: Voice, second_per_beat: float) -> FloatArray:
    if not part.echo:
        return track
    delay = samples(part.echo_beats * second_per_beat)
    out = track.copy()
    for i in range(1, ECHOES + 1):
        if i * delay < track.size:
            out[i * delay :] += np.float32(part.echo**i) * track[: -i * delay]
    return out


def _room(sound: FloatArray, decay_s: float) -> FloatArray:
    """Reverberation: parallel combs, then allpasses, each computed one delay length at a time.

    Schroeder, "Natural sounding artificial reverberation", 1962.
    """
    if decay_s <= 0 or not sound.any():
        return sound
    out = np.zeros_like(sound)
    for delay_ms in COMBS_MS:
        delay = samples(delay_ms / 1000)
        feedback = np.float32(10.0 ** (-3.0 * delay_ms / 1000 / decay_s))
        line = sound.copy()
        for start in range(delay, line.size, delay):
            block = line[start : start + delay]
            block += feedback * line[start - delay : start - delay + block.size]
        out[delay:] += line[:-delay]
    for delay_ms in ALLPASSES_MS:
        out = _allpass(out, samples(delay_ms / 1000))
    return out * np.float32(1 / len(COMBS_MS))


def _allpass(sound: FloatArray, delay: int) -> FloatArray:
    gain = np.float32(0.7)
    feedback = sound.copy()
    for start in range(delay, feedback.size, delay):
        block = feedback[start : start + delay]
        block += gain * feedback[start - delay : start - delay + block.size]
    out = -gain * feedback
    out[delay:] += feedback[:-delay]
    return out


def _mastered(mix: FloatArray, drive: float, peak: float) -> FloatArray:
    """Levelled, gently saturated, faded at the end, its loudest sample at `peak`."""
    loud = float(np.percentile(np.abs(mix[::16]), 99.5)) or 1.0
    pressed: FloatArray = np.tanh(mix * np.float32(drive / loud * 0.6))
    pressed *= fade(mix.size / SAMPLE_RATE_HZ, 0.01, TAIL_S)
    return pressed * np.float32(peak / max(float(np.abs(pressed).max()), 1e-9))
