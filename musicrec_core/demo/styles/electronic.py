"""Styles made by machines: ambient, techno, chiptune, hip hop."""

from __future__ import annotations

from musicrec_core.demo import drums, instruments, sound
from musicrec_core.demo.composition import (
    Sketch,
    arpeggio,
    bass,
    beat,
    comp,
    melody,
    swung,
)
from musicrec_core.demo.score import Note, Voice
from musicrec_core.demo.styles.base import Style


def _ambient(song: Sketch) -> list[Voice]:
    """Overlapping pads over a drone, a few bells, and wind."""
    darkness = song.between(1.6, 2.4)
    wide = [bar for bar in song.bars if bar.index % 2 == 0]
    chords = [
        Note(bar.start, 8.0, pitch, 0.5 + 0.5 * bar.energy)
        for bar in wide
        for pitch in song.chord(bar, 52, song.choose((3, 4)))
    ]
    drone = [Note(bar.start, 16.0, song.pitch(0, 1), 1.0) for bar in song.bars[::4]]
    wind = [Note(bar.start, 8.0, i % 3, bar.energy) for i, bar in enumerate(wide)]
    drops = melody(song, 0.5, 5, ("x.......", "....x...", "X.....x.", "........"))
    bell = instruments.bell(song.choose((2.0, 3.5)), 0.8, 0.9)
    return [
        Voice(instruments.pad(sound.mellow(darkness), 3.0), chords, 0.3, room=0.7),
        Voice(instruments.pad(sound.mellow(2.5), 3.0, 0.04), drone, 0.35, room=0.3),
        Voice(drums.burst(250, song.between(500, 900), 1.5, 2.5), wind, 0.05, room=0.5),
        Voice(bell, drops, 0.1, room=1.0, echo=0.5, echo_beats=1.5),
    ]


def _techno(song: Sketch) -> list[Voice]:
    """Four on the floor, an acid line, stabs in an echo."""
    line = song.choose(("x.xx.xx8x.x5.xx.", "xx.x8.xx.xx.x.5x", "x..xx.8.x..x5.x8"))
    stabs = comp(song, song.full(0.5), 57, song.choose(("..x.....", "...x..x.", "x.....x.")))
    groove, open_hats = song.full(0.4), song.full(0.7)
    acid = instruments.filtered(sound.saw, 3, song.between(14, 30), song.between(0.05, 0.12))
    return [
        Voice(drums.kick(190, 48, 0.11, 0.35), beat(song, groove, "X.X.X.X."), 0.95),
        Voice(drums.burst(7000, 14000, 0.035), beat(song, open_hats, "..x...x...x...x."), 0.3),
        Voice(drums.burst(9000, 15000, 0.012), beat(song, groove, "oxoxoxoxoxoxoxox"), 0.22),
        Voice(drums.clap(), beat(song, song.full(0.6), "....X.......X..."), 0.4, room=0.3),
        Voice(acid, bass(song, song.bars, 33, line), 0.4),
        Voice(instruments.filtered(sound.square, 2, 9, 0.08), stabs, 0.14, room=0.4, echo=0.55),
    ]


def _chiptune(song: Sketch) -> list[Voice]:
    """Two pulses, a stepped triangle and a noise channel: what the chip had."""
    duty = song.choose((0.125, 0.25, 0.5))
    run = song.choose(("0120120120120123", "0213021302130213", "0123210301232103"))
    snare = beat(song, song.full(0.5), "....X.......X.x.")
    tune = melody(song, 0.4, 5, ("X.x.x-x.", "x-x.X-x-", "X-x-xxx.", "xxX-..x."), 3)
    return [
        Voice(instruments.pulse(duty, 0.35), tune, 0.4),
        Voice(instruments.pulse(0.5, 0.06), arpeggio(song, song.bars, 67, run), 0.17),
        Voice(instruments.steps(), bass(song, song.bars, 36, "x8x8x8x8", "x8x8x5x8"), 0.45),
        Voice(drums.burst(600, 9000, 0.03), snare, 0.5),
        Voice(drums.burst(5000, 12000, 0.012), beat(song, song.full(0.4), "xoxoxoxo"), 0.25),
        Voice(drums.kick(320, 70, 0.03, 0.0), beat(song, song.full(0.4), "X..xX..."), 0.6),
    ]


def _hip_hop(song: Sketch) -> list[Voice]:
    """A slow broken beat under a dusty electric piano, on a record that has been played a lot."""
    pattern = song.choose(("X......x..X.....", "X..x......X..x..", "X.....x...Xx...."))
    keys = song.choose(("x-----..x--.....", "x--...x---......", "..x---....x---.."))
    swing = song.between(0.15, 0.35)
    groove = song.full(0.4)
    kicks = swung(beat(song, groove, pattern), swing, 0.25)
    backbeat = beat(song, groove, "....X.......X...")
    hats = swung(beat(song, groove, "x.x.x.x.x.x.xox.", "x.x.xox.x.x.x.x."), swing, 0.25)
    chords = comp(song, song.bars, 55, keys, size=4)
    low = bass(song, groove, 29, pattern.replace("X..", "X--"))
    tune = melody(song, 0.8, 5, ("..x.x-..", "....X-x.", "x-..x...", "........"))
    dust = [Note(bar.start, 16.0, bar.index % 8, 1.0) for bar in song.bars[::4]]
    return [
        Voice(drums.kick(130, 46, 0.13, 0.3), kicks, 0.9),
        Voice(drums.snare(190, 0.7, 0.07), backbeat, 0.5, room=0.15),
        Voice(drums.burst(5000, 11000, 0.02), hats, 0.2),
        Voice(instruments.sub_bass(0.4), low, 0.6),
        Voice(instruments.electric_piano(song.between(0.6, 1.1)), chords, 0.15, room=0.2),
        Voice(instruments.reed(0.2), tune, 0.12, room=0.4, echo=0.35),
        Voice(drums.crackle(18), dust, 0.1),
    ]


STYLES = (
    Style(
        "ambient", ("Ambient",), _ambient, (52, 64), ("lydian", "dorian", "major"),
        ((0, 0, 4, 4), (0, 0, 3, 3), (0, 0, 5, 5, 3, 3, 4, 4)),
        room_s=5.0, peak=0.35,
    ),
    Style(
        "techno", ("Techno", "Electronic"), _techno, (126, 138), ("minor", "phrygian"),
        ((0, 0, 0, 0), (0, 0, 5, 5), (0, 0, 3, 6)),
        room_s=1.0, drive=1.8, peak=0.78,
    ),
    Style(
        "chiptune", ("Chiptune",), _chiptune, (140, 168), ("major", "minor", "mixolydian"),
        ((0, 4, 5, 3), (0, 5, 3, 4), (0, 6, 5, 6)),
        room_s=0.0, drive=1.2, peak=0.75,
    ),
    Style(
        "hip hop", ("Hip-Hop",), _hip_hop, (80, 94), ("minor", "dorian"),
        ((0, 3, 0, 4), (1, 4, 0, 0), (5, 4, 0, 0)),
        room_s=0.6, drive=1.4, peak=0.75,
    ),
)  # fmt: skip
