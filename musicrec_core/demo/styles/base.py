"""A style as a value, and how a song is made in one."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from musicrec_core.demo.composition import Sketch, sketch
from musicrec_core.demo.mixing import render
from musicrec_core.demo.score import Piece, Voice
from musicrec_core.records import FloatArray


@dataclass(frozen=True, slots=True)
class Style:
    """What the songs of a style share; what tells them apart is drawn from the song's seed."""

    name: str
    genres: tuple[str, ...]
    arrange: Callable[[Sketch], list[Voice]]
    tempo_bpm: tuple[float, float]
    scales: tuple[str, ...]
    progressions: tuple[tuple[int, ...], ...]
    """Roots of the bars' chords as degrees of the scale, 0 being the tonic."""
    beats_per_bar: int = 4
    room_s: float = 0.8
    drive: float = 1.0
    peak: float = 0.8

    def compose(self, seed_text: str, seconds: float) -> Piece:
        """The piece of this name, of about this length; equal names give equal pieces."""
        rng = np.random.default_rng(zlib.crc32(f"{self.name}/{seed_text}".encode()))
        plan = sketch(
            rng, seconds, self.tempo_bpm, self.beats_per_bar, self.scales, self.progressions
        )
        parts = self.arrange(plan)
        return Piece(plan.tempo_bpm, plan.beats, parts, self.room_s, self.drive, self.peak)

    def perform(self, seed_text: str, seconds: float) -> FloatArray:
        """The same piece as sound: float32 [n], mono, at sound.SAMPLE_RATE_HZ."""
        return render(self.compose(seed_text, seconds))
