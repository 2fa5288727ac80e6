"""Music theory that can be checked: chords, scales, rhythms and repeats."""

import numpy as np
import pytest

from musicrec_core.demo import composition
from musicrec_core.demo.composition import Bar, Sketch, hits
from musicrec_core.demo.score import Note


def c_major(degrees: tuple[int, ...] = (0, 3, 4, 0)) -> Sketch:
    bars = tuple(Bar(i, 4.0 * i, degree, 1.0) for i, degree in enumerate(degrees))
    return Sketch(np.random.default_rng(1), 120.0, 4, 0, composition.SCALES["major"], bars)


def test_the_tonic_chord_of_c_major_is_c_e_g_and_the_fourth_is_f_a_c() -> None:
    song = c_major()
    assert song.chord(song.bars[0], 60) == [60, 64, 67]
    assert song.chord(song.bars[1], 60) == [60, 65, 69]
    assert song.root(song.bars[1], 40) == 41


def test_degree_zero_in_octave_four_is_middle_c_and_seven_is_an_octave_above() -> None:
    song = c_major()
    assert (song.pitch(0, 4), song.pitch(7, 4), song.pitch(-1, 4)) == (60, 72, 59)


def test_a_rhythm_is_read_with_its_accents_and_holds() -> None:
    assert hits("X-.o", 4.0) == [(0.0, 2.0, 1.0), (3.0, 1.0, 0.4)]


def test_a_bass_text_picks_root_fifth_and_octave() -> None:
    song = c_major((0,))
    assert [n.pitch for n in composition.bass(song, song.bars, 36, "x58.")] == [36, 43, 48]


def test_a_melody_stays_in_its_scale_and_its_loud_notes_in_the_chord() -> None:
    song = c_major((0, 3, 4, 0) * 4)
    tune = composition.melody(song, 0.0, 5, ("X.x.X-x.", "x.X.x.x."))
    assert {note.pitch % 12 for note in tune} <= set(composition.SCALES["major"])
    for note in (note for note in tune if note.level == 1.0):
        chord = song.chord(song.bars[int(note.beat // 4)], 60)
        assert note.pitch % 12 in {tone % 12 for tone in chord}


def test_a_melody_repeats_its_first_phrase_in_the_second() -> None:
    song = c_major((0, 3, 4, 0) * 2)
    tune = composition.melody(song, 0.0, 5, ("X.x.X-x.", "xxX.x.x."))
    first = [(n.beat, n.pitch) for n in tune if n.beat < 16]
    second = [(n.beat - 16, n.pitch) for n in tune if n.beat >= 16]
    assert first == second


def test_swing_delays_only_the_second_half_of_a_beat() -> None:
    straight = [Note(0.0, 0.5, 60), Note(0.5, 0.5, 60), Note(1.0, 0.5, 60)]
    swung = composition.swung(straight, 1 / 3)
    assert [note.beat for note in swung] == pytest.approx([0.0, 2 / 3, 1.0])


def test_a_song_comes_close_to_the_length_asked_for_in_whole_phrases() -> None:
    song = composition.sketch(
        np.random.default_rng(2), 60.0, (120.0, 120.0), 4, ["minor"], [(0, 3)]
    )
    assert len(song.bars) == 32  # a phrase of four bars lasts 8 s, so seven and a half fit
