"""What a song is made of: notes, parts that play them, and the piece they add up to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from musicrec_core.records import FloatArray

Instrument = Callable[[int, float], FloatArray]
"""Plays a MIDI pitch for some seconds: float32 [n]; n may outlast the seconds asked for."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note; times in beats from the start of the piece. Drums read pitch as a variant."""

    beat: float
    beats: float
    pitch: int
    level: float = 1.0


@dataclass(frozen=True, slots=True)
class Voice:
    """One instrument's notes and its place in the mix."""

    instrument: Instrument
    notes: list[Note]
    gain: float
    room: float = 0.0
    """Share sent to the room's reverberation."""
    echo: float = 0.0
    """Level of the first of a few repeats; each later one is weaker by the same factor."""
    echo_beats: float = 0.75


@dataclass(frozen=True, slots=True)
class Piece:
    """A finished composition. `peak` is the loudest sample of the mix, full scale being 1.

    Lossy codecs overshoot, so a peak above 0.8 would clip when decoded.
    """

    tempo_bpm: float
    beats: float
    parts: list[Voice]
    room_s: float
    """Time in which the room's reverberation falls by 60 dB."""
    drive: float
    """How hard the mix is pressed into saturation: 1 is clean, 3 is crushed."""
    peak: float
