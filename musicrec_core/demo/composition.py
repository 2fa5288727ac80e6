"""Chords, bass lines, melodies and rhythms, drawn from a seeded generator.

A style asks a `Sketch` for them; the sketch holds one song's choices: key, tempo, progression
and how full each bar is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from musicrec_core.demo.score import Note

T = TypeVar("T")
SCALES = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "harmonic minor": (0, 2, 3, 5, 7, 8, 11),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
}
BARS_PER_PHRASE = 4
# How full each phrase is, from 0 to 1; stretched over as many phrases as the song has.
FORMS = (
    (0.3, 0.6, 1.0, 0.5, 1.0, 0.4),
    (0.4, 0.8, 0.8, 1.0, 1.0, 0.3),
    (0.6, 1.0, 0.4, 0.8, 1.0, 0.6),
    (0.2, 0.4, 0.7, 0.9, 1.0, 1.0),
)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it starts, in beats, its chord's root as a degree of the scale, its energy."""

    index: int
    start: float
    degree: int
    energy: float


@dataclass(frozen=True, slots=True)
class Sketch:
    """One song's choices. `tonic` is a pitch class, 0 to 11; all else is drawn from `rng`."""

    rng: np.random.Generator
    tempo_bpm: float
    beats_per_bar: int
    tonic: int
    scale: tuple[int, ...]
    bars: tuple[Bar, ...]

    @property
    def beats(self) -> float:
        """The length of the song."""
        return float(len(self.bars) * self.beats_per_bar)

    def choose(self, options: Sequence[T]) -> T:
        """One of several, drawn."""
        return options[int(self.rng.integers(len(options)))]

    def between(self, low: float, high: float) -> float:
        """A value in a range, drawn."""
        return float(self.rng.uniform(low, high))

    def full(self, energy: float) -> list[Bar]:
        """The bars at least this full: where an instrument that joins late plays."""
        return [bar for bar in self.bars if bar.energy >= energy]

    def pitch(self, degree: int, octave: int) -> int:
        """The MIDI pitch of a degree of the scale, 0 being the tonic; octave 4 holds middle C."""
        turn, step = divmod(degree, len(self.scale))
        return 12 * (octave + 1 + turn) + self.tonic + self.scale[step]

    def chord(self, bar: Bar, low: int, size: int = 3) -> list[int]:
        """The bar's chord in thirds, each tone at its first place at or above `low`, rising."""
        tones = [self.pitch(bar.degree + 2 * i, 0) for i in range(size)]
        return sorted(low + (tone - low) % 12 for tone in tones)

    def root(self, bar: Bar, low: int) -> int:
        """The chord's root at its first place at or above `low`."""
        return low + (self.pitch(bar.degree, 0) - low) % 12


def sketch(
    rng: np.random.Generator,
    seconds: float,
    tempo_bpm: tuple[float, float],
    beats_per_bar: int,
    scales: Sequence[str],
    progressions: Sequence[Sequence[int]],
) -> Sketch:
    """Draw a song of about this length, in whole phrases, from a style's choices."""
    tempo = float(rng.uniform(*tempo_bpm))
    phrase_s = BARS_PER_PHRASE * beats_per_bar * 60.0 / tempo
    phrases = max(2, round(seconds / phrase_s))
    form = FORMS[int(rng.integers(len(FORMS)))]
    progression = progressions[int(rng.integers(len(progressions)))]
    bars = []
    for i in range(phrases * BARS_PER_PHRASE):
        energy = form[i // BARS_PER_PHRASE * len(form) // phrases]
        degree = progression[i % len(progression)]
        bars.append(Bar(i, float(i * beats_per_bar), degree, energy))
    scale = SCALES[scales[int(rng.integers(len(scales)))]]
    return Sketch(rng, tempo, beats_per_bar, int(rng.integers(12)), scale, tuple(bars))


def hits(text: str, beats: float) -> list[tuple[float, float, float]]:
    """Reads a bar such as "X..x-..." as (beat, beats, level): X loud, x plain, o soft, - held."""
    step = beats / len(text)
    levels = {"X": 1.0, "x": 0.75, "o": 0.4}
    onsets = []
    for i, mark in enumerate(text):
        if mark in levels:
            held = len(text[i + 1 :]) - len(text[i + 1 :].lstrip("-"))
            onsets.append((i * step, (1 + held) * step, levels[mark]))
    return onsets


def beat(sketch: Sketch, bars: Iterable[Bar], *texts: str, variants: int = 1) -> list[Note]:
    """A drum's pattern: `texts` take turns from bar to bar; levels vary a little."""
    notes = []
    for bar in bars:
        for at, beats, level in hits(texts[bar.index % len(texts)], sketch.beats_per_bar):
            strength = level * sketch.between(0.9, 1.05)
            variant = int(sketch.rng.integers(variants))
            notes.append(Note(bar.start + at, beats, variant, strength))
    return notes


def comp(
    sketch: Sketch, bars: Iterable[Bar], low: int, *texts: str, size: int = 3, strum: float = 0.0
) -> list[Note]:
    """Whole chords in a rhythm; `strum` is the delay from string to string, in beats."""
    notes = []
    for bar in bars:
        for at, beats, level in hits(texts[bar.index % len(texts)], sketch.beats_per_bar):
            for i, pitch in enumerate(sketch.chord(bar, low, size)):
                notes.append(Note(bar.start + at + i * strum, beats, pitch, level))
    return notes


def arpeggio(sketch: Sketch, bars: Iterable[Bar], low: int, text: str, size: int = 3) -> list[Note]:
    """Chord tones one by one, each a step long; what is no digit is a rest.

    A digit picks a tone, counted from the lowest, and past the top one an octave higher.
    """
    notes = []
    step = sketch.beats_per_bar / len(text)
    for bar in bars:
        tones = sketch.chord(bar, low, size)
        for i, mark in enumerate(text):
            if mark.isdigit():
                turn, tone = divmod(int(mark), size)
                strength = 0.85 if i else 1.0
                notes.append(Note(bar.start + i * step, step, tones[tone] + 12 * turn, strength))
    return notes


def bass(sketch: Sketch, bars: Iterable[Bar], low: int, *texts: str) -> list[Note]:
    """The root in a rhythm; in the text, 5 plays the fifth and 8 the octave instead."""
    notes = []
    for bar in bars:
        text = texts[bar.index % len(texts)]
        step = sketch.beats_per_bar / len(text)
        plain = text.replace("5", "x").replace("8", "x")
        for at, beats, level in hits(plain, sketch.beats_per_bar):
            lift = {"5": 7, "8": 12}.get(text[round(at / step)], 0)
            notes.append(Note(bar.start + at, beats, sketch.root(bar, low) + lift, level))
    return notes


def walking(sketch: Sketch, low: int) -> list[Note]:
    """A jazz bass: chord tones, then a half tone that leads into the next root."""
    notes = []
    for bar, after in zip(sketch.bars, (*sketch.bars[1:], sketch.bars[0]), strict=True):
        root, goal = sketch.root(bar, low), sketch.root(after, low)
        middle = [int(sketch.rng.choice(sketch.chord(bar, low, 4))) for _ in range(2)]
        line = [root, *middle, goal + sketch.choose((-1, 1))]
        notes += [Note(bar.start + i, 0.95, pitch, 0.9) for i, pitch in enumerate(line)]
    return notes


def melody(
    sketch: Sketch, energy: float, octave: int, cells: Sequence[str], leap: int = 2
) -> list[Note]:
    """A tune over the bars at least this full, in phrases AABA.

    Each phrase keeps its rhythms and its contour; loud notes move to the nearest chord tone,
    so that a repeat fits other chords.
    """
    phrases = [_contour(sketch, cells, leap) for _ in range(2)]
    notes = []
    for bar in sketch.full(energy):
        phrase, place = divmod(bar.index, BARS_PER_PHRASE)
        for at, beats, level, degree in phrases[phrase % 4 == 2][place]:
            if level == 1.0:
                degree = _nearest_chord_tone(sketch, bar, degree)
            notes.append(Note(bar.start + at, beats, sketch.pitch(degree, octave), level))
    return notes


def _contour(
    sketch: Sketch, cells: Sequence[str], leap: int
) -> list[list[tuple[float, float, float, int]]]:
    """Four bars of (beat, beats, level, degree); the third bar repeats the first's rhythm."""
    rhythms = [sketch.choose(cells) for _ in range(BARS_PER_PHRASE)]
    rhythms[2] = rhythms[0]
    degree = sketch.choose((0, 2, 4, 7))
    phrase = []
    for rhythm in rhythms:
        line = []
        for at, beats, level in hits(rhythm, sketch.beats_per_bar):
            line.append((at, beats, level, degree))
            pull = -1 if degree > 8 else 1 if degree < -1 else sketch.choose((-1, 1))
            degree += pull * int(sketch.rng.integers(1, leap + 1))
        phrase.append(line)
    return phrase


def _nearest_chord_tone(sketch: Sketch, bar: Bar, degree: int) -> int:
    size = len(sketch.scale)
    tones = {(bar.degree + i) % size for i in (0, 2, 4)}
    return min(
        (degree + i for i in (0, 1, -1, 2, -2) if (degree + i) % size in tones),
        key=lambda other: abs(other - degree),
        default=degree,
    )


def swung(notes: Iterable[Note], amount: float, step: float = 0.5) -> list[Note]:
    """Delays every second step of so many beats: 0 is straight, 0.33 a triplet's swing."""
    return [
        replace(note, beat=note.beat + amount * step)
        if round(note.beat / step, 3) % 2 == 1
        else note
        for note in notes
    ]


def loosened(sketch: Sketch, notes: Iterable[Note], beats: float) -> list[Note]:
    """The same notes as a person plays them: a little early or late, louder or softer."""
    return [
        replace(
            note,
            beat=max(0.0, note.beat + sketch.between(-beats, beats)),
            level=note.level * sketch.between(0.8, 1.0),
        )
        for note in notes
    ]
