"""Skits, intros and speech are told from songs of such names."""

from __future__ import annotations

import pytest

from musicrec_core.songs import SongTags, describe_song


def kind(
    title: str, duration_s: float | None = None, genre: str = "", album: str = "", artist: str = "A"
) -> str:
    genres = (genre,) if genre else ()
    return describe_song(SongTags(title, (artist,), album, "", genres, duration_s)).kind


@pytest.mark.parametrize(
    ("title", "duration_s"),
    [
        *(
            ("Intro", 40),
            ("Outro", 60),
            ("Skit #1", 30),
            ("Paul (Skit)", 16),
            ("Lil Jimmy Skit", 53),
        ),
        *(("Interlude: Pledge", 47), ("Interlude 2", 77), ("Kim & Cookie (Interlude)", 72)),
        *(("Интро", 60), ("イントロ", 50), ("Interludio", 50), ("Skit", None), ("Foreword", 13)),
        *(("Ansage", 20), ("Band Introductions", 60), ("Stage Banter", 40), ("Applause", 30)),
        *(("Voicemail", 25), ("[silence]", 4), ("Vorwort", 40)),
    ],
)
def test_a_short_piece_of_such_a_name_is_an_interlude(title: str, duration_s: float | None) -> None:
    assert kind(title, duration_s) == "interlude"


@pytest.mark.parametrize(
    ("title", "duration_s"),
    [
        *(("Intro", 128), ("Outro", 247), ("Interlude", 227), ("Introduction", 396)),
        *(("The Intro and the Outro", 60), ("Introspection", 60), ("Intruder", 60), ("Skitzo", 60)),
        *(("Applause", 212), ("Silence", 240), ("Voicemail", 180), ("Crowd Control", 40)),
        *(("You Suffer", 1), ("Her Majesty", 23)),
    ],
)
def test_a_whole_song_of_such_a_name_is_a_song(title: str, duration_s: float) -> None:
    assert kind(title, duration_s) == "song"


def test_a_piece_of_classical_music_is_no_interlude() -> None:
    assert kind("Intermezzo", 80, "Classical") == "song"


@pytest.mark.parametrize("genre", ["Audiobook", "Hörbuch", "Podcast", "Spoken Word", "Comedy"])
def test_a_genre_of_speech_is_spoken(genre: str) -> None:
    assert kind("Anything", 300, genre) == "spoken"
    assert kind("Anything", 300, "朗読") == "spoken"


def test_comedy_that_is_sung_is_a_song() -> None:
    assert kind("Eat It", 200, "Comedy", artist='"Weird Al" Yankovic') == "song"
    assert kind("Tribute", 248, "Comedy Rock") == "song"


def test_comedy_or_spoken_beside_a_kind_of_music_is_a_song() -> None:
    assert kind("Anything", 200, "Comedy/Spoken") == "spoken"
    for genre, result in (("Comedy/Spoken", "song"), ("Spoken Word", "spoken")):
        tags = SongTags("Anything", ("A",), "", "", (genre, "Pop/Rock"), 200)
        assert describe_song(tags).kind == result


def test_a_chapter_is_spoken_where_it_is_long_or_its_album_says_so() -> None:
    assert kind("Chapter 24", 222) == "song"
    assert kind("Chapter 24", 1500) == "spoken"
    assert kind("Kapitel 8", 240, album="Die Chroniken (Ungekürzt)") == "spoken"
    assert kind("Kapitel 8", 240, album="Die Freunde, Folge 12") == "spoken"
    assert kind("第三章", 1500) == "spoken"


@pytest.mark.parametrize("title", ["Interview", "Interview with Somebody", "Song (Commentary)"])
def test_an_interview_or_commentary_is_spoken(title: str) -> None:
    assert kind(title, 300) == "spoken"


def test_a_kind_has_its_reason() -> None:
    facts = describe_song(SongTags("Intro", ("A",), duration_s=30.0))
    assert facts.because == {"kind": 'the title is "Intro" and it lasts 30 s'}
