"""Styles for hands and wood: folk guitar, piano waltz, string quartet, lullaby."""

from __future__ import annotations

from musicrec_core.demo import drums, instruments
from musicrec_core.demo.composition import (
    Sketch,
    arpeggio,
    bass,
    beat,
    comp,
    loosened,
    melody,
)
from musicrec_core.demo.score import Note, Voice
from musicrec_core.demo.styles.base import Style


def _folk(song: Sketch) -> list[Voice]:
    """A fingerpicked guitar: thumb on the bass, fingers on the chord, a tune on top."""
    picking = song.choose((".2.13.21", ".1.2.3.2", ".21.3.12", ".123.213"))
    guitar = instruments.plucked(song.between(0.35, 0.75), song.between(0.3, 0.6))
    tune = melody(song, 0.5, 4, ("x-..x-x.", "X---..x-", "x-x-X---", "..x-x-.."))
    return [
        Voice(
            guitar, loosened(song, bass(song, song.bars, 40, "x-..5-.."), 0.015), 0.45, room=0.25
        ),
        Voice(
            guitar, loosened(song, arpeggio(song, song.bars, 55, picking), 0.015), 0.3, room=0.25
        ),
        Voice(guitar, loosened(song, tune, 0.02), 0.4, room=0.35),
        Voice(drums.skin(95, 0.05, 0.3), beat(song, song.full(0.9), "x...o..."), 0.15, room=0.2),
    ]


def _waltz(song: Sketch) -> list[Voice]:
    """One piano: oom-pah-pah in the left hand, a long tune in the right."""
    piano = instruments.piano(song.between(0.2, 0.9))
    tune = melody(song, 0.3, 5, ("X---x-", "X-x-x-", "x-xxx-", "X-----"), 3)
    doubled = [Note(n.beat, n.beats, n.pitch + 12, n.level * 0.6) for n in tune]
    loud = {bar.start for bar in song.full(0.9)}
    octaves = [note for note in doubled if note.beat // 3 * 3 in loud]
    return [
        Voice(piano, loosened(song, bass(song, song.bars, 36, "x--", "5--"), 0.02), 0.5, room=0.3),
        Voice(piano, loosened(song, comp(song, song.bars, 55, ".xo"), 0.02), 0.2, room=0.3),
        Voice(piano, loosened(song, tune + octaves, 0.03), 0.5, room=0.4),
    ]


def _chamber(song: Sketch) -> list[Voice]:
    """Four bowed voices: a slow bass, two inner voices that move in turn, a singing violin."""
    shine = song.between(0.2, 0.6)
    long_notes = comp(song, song.bars, 55, "x-------", "x---x---", size=2)
    inner = arpeggio(song, song.full(0.6), 60, song.choose(("1.0.1.2.", "0.1.2.1.", "2.1.0.1.")))
    tune = melody(song, 0.3, 5, ("X---x-x-", "x-x-X---", "X-----x-", "x---x---"))
    low = bass(song, song.bars, 36, "x-------", "x---5---")
    return [
        Voice(instruments.bowed(shine * 0.6, 0.12), low, 0.5, room=0.5),
        Voice(instruments.bowed(shine, 0.1), long_notes, 0.25, room=0.5),
        Voice(instruments.bowed(shine, 0.04), loosened(song, inner, 0.02), 0.25, room=0.5),
        Voice(instruments.bowed(shine * 1.4, 0.06), loosened(song, tune, 0.02), 0.45, room=0.6),
    ]


def _lullaby(song: Sketch) -> list[Voice]:
    """A music box, alone: a tune and a broken chord below it."""
    box = instruments.music_box(song.between(0.5, 1.2))
    figure = song.choose(("01.", "012", "0.2"))
    tune = melody(song, 0.0, 6, ("X.x", "x.x", "X..", "xxx"))
    below = arpeggio(song, song.full(0.3), 72, figure)
    return [
        Voice(box, loosened(song, tune, 0.015), 0.5, room=0.4),
        Voice(box, loosened(song, below, 0.015), 0.25, room=0.4),
    ]


_CLASSICAL = ((0, 3, 4, 0), (0, 5, 1, 4), (0, 4, 5, 2, 3, 0, 3, 4), (0, 3, 1, 4))
STYLES = (
    Style(
        "folk guitar", ("Folk", "Acoustic"), _folk, (86, 112), ("major", "mixolydian"),
        ((0, 4, 5, 3), (0, 3, 0, 4), (0, 5, 3, 4)),
        room_s=0.9, peak=0.6,
    ),
    Style(
        "piano waltz", ("Classical", "Piano"), _waltz, (132, 174), ("major", "minor"),
        _CLASSICAL, beats_per_bar=3, room_s=1.6, peak=0.6,
    ),
    Style(
        "string chamber", ("Classical", "Chamber Music"), _chamber, (66, 86),
        ("minor", "harmonic minor", "major"), _CLASSICAL, room_s=2.4, peak=0.5,
    ),
    Style(
        "lullaby", ("Lullaby", "Children's Music"), _lullaby, (72, 96), ("major",),
        ((0, 3, 4, 0), (0, 4, 3, 0), (0, 0, 3, 4)),
        beats_per_bar=3, room_s=1.4, peak=0.4,
    ),
)  # fmt: skip
