"""Versions of one song share a key; other songs have others."""

from __future__ import annotations

import pytest

from musicrec_core.songs import SongTags, describe_song


def key(title: str, artist: str = "Somebody", album: str = "", track_no: int | None = None) -> str:
    return describe_song(SongTags(title, (artist,), album, track_no=track_no)).song


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Song", "Song (Live at Wembley)"),
        ("Song", "SONG - 2011 Remaster"),
        ("Song", "01 - Song"),
        ("Song", "Song (feat. Anybody) [Remix]"),
        ("Song", "Song ft. Anybody & Others"),
        ("Song", "Song (Original Mix)"),
        ("Song", 'Song (From "A Film") [Bonus Track]'),
        ("Don't Stop", "Dont Stop"),
        ("Rock & Roll", "Rock and Roll"),
        ("Wall, Pt. 2", "Wall (Part II) [2011 Remaster]"),
        ("Ignition", "Remix to Ignition"),
        ("Song", "Song (Spanish Version)"),
        ("Song", "Song (with Somebody)"),
        ("Żółw", "Zolw"),
        ("曲", "曲（ライブ）"),
    ],
)
def test_versions_of_one_song_share_a_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wall, Pt. 1", "Wall, Pt. 2"),
        ("Song", "Song (Reprise)"),
        ("Song", "Song 2"),
        ("Nocturne No. 1", "Nocturne No. 2"),
        ("Symphony No. 5: I. Allegro", "Symphony No. 5: II. Andante"),
        ("The Unforgiven", "The Unforgiven II"),
        ("Love", "Love Forever"),
        ("Dancing", "Dancing (With Myself)"),
        ("99 Problems", "Problems"),
        ("がん", "かん"),
    ],
)
def test_other_songs_have_other_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_songs_of_one_title_by_two_artists_are_two() -> None:
    assert key("Hallelujah", "Leonard Cohen") != key("Hallelujah", "Jeff Buckley")


def test_a_guest_does_not_make_another_song() -> None:
    assert key("Song", "Alpha feat. Beta") == key("Song (feat. Beta)", "Alpha")


@pytest.mark.parametrize("title", ["Intro", "Skit 2", "Interlude", "Track 07", "Chapter 3"])
def test_titles_that_say_nothing_are_told_apart_by_their_album(title: str) -> None:
    assert key(title, album="One") != key(title, album="Two")


def test_songs_of_nobody_are_told_apart_by_their_album() -> None:
    assert key("Song", "Various Artists", "One") != key("Song", "", "Two")


def test_a_number_before_a_title_goes_where_it_is_the_tracks() -> None:
    assert key("7. Song", track_no=7) == key("Song")
    assert key("7. Song", track_no=3) != key("Song")
