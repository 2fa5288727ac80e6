"""Styles for people in a room: metal, dub, jazz trio, samba."""

from __future__ import annotations

from dataclasses import replace

from musicrec_core.demo import drums, instruments
from musicrec_core.demo.composition import (
    Sketch,
    bass,
    beat,
    comp,
    loosened,
    melody,
    swung,
    walking,
)
from musicrec_core.demo.score import Voice
from musicrec_core.demo.styles.base import Style


def _metal(song: Sketch) -> list[Voice]:
    """Galloping power chords, two bass drums, a lead that does not wait."""
    riff = song.choose(("X.xxX.xxX.xxX.xx", "XxxXxxXxxXxxX---", "X---xxX-xxX-xxxx"))
    rhythm = instruments.distorted(song.between(6, 14), (0, 7, 12), 0.35)
    lead = melody(song, 0.9, 5, ("xxxxX---", "X-xxxxxx", "xxX-xxX-"), 3)
    guitars = bass(song, song.bars, 40, riff)
    heavy, all_in = song.full(0.4), song.full(0.7)
    kicks = beat(song, heavy, "XxXxXxXxXxXxXxXx", "X.xxX.xxX.xxX.xx")
    crashes = beat(song, heavy, "X...", "....", "....", "....")
    return [
        Voice(rhythm, guitars, 0.42, room=0.1),
        Voice(instruments.distorted(3, (0,), 0.5), bass(song, song.bars, 28, riff), 0.3),
        Voice(instruments.distorted(9, (0, 12), 0.9), lead, 0.16, room=0.3, echo=0.3),
        Voice(drums.kick(220, 55, 0.05, 0.7), kicks, 0.6),
        Voice(drums.snare(200, 0.65, 0.06), beat(song, heavy, "....X.......X..."), 0.7, room=0.2),
        Voice(drums.burst(4000, 13000, 0.1), beat(song, all_in, "X.x.X.x."), 0.25),
        Voice(drums.burst(3000, 12000, 0.6), crashes, 0.4),
    ]


def _dub(song: Sketch) -> list[Voice]:
    """One drop, a deep bass, offbeat chords that vanish into an echo."""
    line = song.choose(("x-..x-5-", "x--x..8-", "..x-x-5.", "x-5-..x-"))
    skank = instruments.organ(song.between(0.2, 1.0))
    melodica = instruments.reed(song.between(0.3, 0.7))
    tune = melody(song, 0.7, 4, ("..x-x-..", "X---....", "....x-x-", "........"))
    drop = song.full(0.5)
    rim = beat(song, drop, "....x...", "....x..o")
    hats = swung(beat(song, song.full(0.4), "xoxoxoxo"), 0.2)
    chops = comp(song, song.full(0.4), 57, "..o...o.")
    return [
        Voice(instruments.sub_bass(0.2), bass(song, song.bars, 31, line), 0.9),
        Voice(skank, chops, 0.28, room=0.2, echo=0.45),
        Voice(drums.kick(120, 50, 0.1, 0.2), beat(song, drop, "....X..."), 0.8),
        Voice(drums.snare(320, 0.25, 0.04), rim, 0.4, room=0.6, echo=0.5),
        Voice(drums.burst(6000, 12000, 0.02), hats, 0.14),
        Voice(melodica, tune, 0.2, room=0.5, echo=0.55, echo_beats=1.5),
    ]


def _jazz(song: Sketch) -> list[Voice]:
    """A trio: walking bass, brushes and ride, a piano that comments and then sings."""
    swing = song.between(0.28, 0.36)
    accents = song.choose((("x..x....", "...x..x."), ("..x..x..", "x......x")))
    chords = swung(comp(song, song.bars, 53, *accents, size=4), swing)
    solo = melody(song, 0.5, 5, ("x.xxx.x.", "..xxXxx.", "X-..xxx.", "xxxx.x.."), 2)
    piano = instruments.piano(song.between(0.3, 0.8))
    brushes = beat(song, song.bars, "x.x.x.x.", variants=4)
    ride = swung(beat(song, song.full(0.4), "x.xox.xo"), swing)
    return [
        Voice(instruments.plucked(0.1, 0.12, 0.15), loosened(song, walking(song, 33), 0.01), 0.6),
        Voice(piano, loosened(song, chords, 0.01), 0.13, room=0.2),
        Voice(piano, loosened(song, swung(solo, swing), 0.015), 0.4, room=0.25),
        Voice(drums.burst(1500, 6000, 0.07, 0.06), brushes, 0.12, room=0.1),
        Voice(drums.burst(6000, 14000, 0.18), ride, 0.13, room=0.1),
        Voice(drums.burst(8000, 14000, 0.015), beat(song, song.full(0.5), "..x...x."), 0.2),
    ]


def _samba(song: Sketch) -> list[Voice]:
    """A street band: surdos, tamborim, shaker, two bells and a cavaquinho."""
    tamborim = song.choose(("x.x.xx.x.x.x.xx.", "x.xx.x.x.xx.x.x.", ".xx.x.x.xx.x.xx."))
    strum = song.choose(("x.xx.xx.x.xx.x.x", "xx.x.xx.xx.x.x.x"))
    cowbells = [
        replace(note, pitch=79 if note.level > 0.5 else 74)
        for note in beat(song, song.full(0.6), "x.x.o.o.x.xo.o..")
    ]
    shaker = beat(song, song.bars, "XoxoXoxoXoxoXoxo", variants=3)
    chords = comp(song, song.full(0.4), 66, strum, size=4, strum=0.02)
    tune = melody(song, 0.6, 5, ("x.x.X-x.", "..xxX-..", "x-x.x.x-", "X-..x.x."))
    surdo = drums.skin(68, 0.14, 0.15)
    return [
        Voice(surdo, beat(song, song.bars, "o...X...o...X..o"), 0.9, room=0.1),
        Voice(drums.skin(480, 0.025, 0.6), beat(song, song.full(0.4), tamborim), 0.4, room=0.15),
        Voice(drums.burst(4000, 11000, 0.025, 0.012), shaker, 0.3),
        Voice(drums.snare(240, 0.8, 0.035), beat(song, song.full(0.5), "xooXooxoxooXoxoo"), 0.22),
        Voice(instruments.bell(1.48, 1.2, 0.06), cowbells, 0.22, room=0.15),
        Voice(instruments.plucked(0.9, 0.08, 0.15), chords, 0.14),
        Voice(instruments.reed(0.25), loosened(song, tune, 0.01), 0.22, room=0.3),
    ]


_TURNAROUNDS = ((1, 4, 0, 0), (0, 5, 1, 4), (2, 5, 1, 4))
STYLES = (
    Style(
        "metal", ("Metal",), _metal, (160, 196), ("phrygian", "harmonic minor", "minor"),
        ((0, 0, 5, 6), (0, 1, 0, 6), (0, 0, 3, 1)),
        room_s=0.7, drive=3.0, peak=0.8,
    ),
    Style(
        "dub", ("Reggae", "Dub"), _dub, (68, 80), ("minor", "dorian", "mixolydian"),
        ((0, 0, 3, 3), (0, 3, 0, 4), (0, 6, 0, 6)),
        room_s=1.8, drive=1.2, peak=0.8,
    ),
    Style(
        "jazz trio", ("Jazz",), _jazz, (126, 184), ("major", "dorian"), _TURNAROUNDS,
        room_s=0.9, peak=0.6,
    ),
    Style(
        "samba", ("Samba", "Latin"), _samba, (96, 110), ("major", "minor"), _TURNAROUNDS,
        room_s=0.6, drive=1.2, peak=0.75,
    ),
)  # fmt: skip
