"""Marks of a version are found wherever they stand, and titles that only sound like one are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.songs import VERSIONS, SongTags, describe_song, same_version


def versions(title: str, album: str = "", artist: str = "Somebody") -> set[str]:
    return set(describe_song(SongTags(title, (artist,), album)).versions)


@pytest.mark.parametrize(
    ("title", "marked"),
    [
        ("Song (Live at the Apollo, 1962)", "live"),
        ("Song - Live", "live"),
        ("Song (Alchemy Live)", "live"),
        ("Song - Homecoming Live", "live"),
        ("Song [Live 1975]", "live"),
        ("Canción (En Vivo)", "live"),
        ("Canção - Ao Vivo", "live"),
        ("Canzone (dal vivo)", "live"),
        ("Песня (концертная запись)", "live"),
        ("Song - 2011 Remaster", "remaster"),
        ("Song (Remastered 2009)", "remaster"),
        ("Chanson - Remasterisé en 2015", "remaster"),
        ("曲 (リマスター)", "remaster"),
        ("Song (Somebody's Remix)", "remix"),
        ("Song - Club Mix", "remix"),
        ("Song (UK Radio Mix)", "edit"),
        ("Song (Extended Version)", "edit"),
        ("Song - 2019 Mix", "remaster"),
        ("Song (Dub)", "remix"),
        ("Song VIP", "remix"),
        ("Remix to Ignition", "remix"),
        ("Song (Radio Edit)", "edit"),
        ("Song [Single Edit]", "edit"),
        ("曲 (TV Size)", "edit"),
        ("Song (Acoustic)", "acoustic"),
        ("Lied (Akustik Version)", "acoustic"),
        ("Canción (Versión Acústica)", "acoustic"),
        ("Song (Demo)", "demo"),
        ("Song (Alternate Take)", "demo"),
        ("Song (In the Style of Anybody)", "karaoke"),
        ("曲 (off vocal)", "karaoke"),
        ("Song (Anybody Cover)", "cover"),
        ("Song (Originally Performed by Anybody)", "cover"),
        ("Song -Instrumental-", "instrumental"),
        ("노래 (Inst.)", "instrumental"),
    ],
)
def test_a_mark_of_one_version_is_found(title: str, marked: str) -> None:
    assert versions(title) == {marked}


def test_several_marks_are_all_found() -> None:
    assert versions("Song (Anyone Remix) [Radio Edit]") == {"remix", "edit"}
    assert versions("Song (Anyone Radio Mix)") == {"remix", "edit"}
    assert versions("Song (Live Acoustic)") == {"live", "acoustic"}


@pytest.mark.parametrize(
    "title",
    [
        *("Alive", "Live Forever", "Live and Let Die", "Long Live", "Demolition Man", "Cover Me"),
        *("Edit the Sad Parts", "Acoustic #3", "Acoustic Guitar", "Mixed Emotions", "Live Wire"),
        *("Song (Original Mix)", "Song (Album Version)", "Song - Single Version", "Song (Mono)"),
        *('Song (From "A Film")', "Song - From the Motion Picture", "Song (Bonus Track)"),
        *("(I Can't Get No) Satisfaction", "Song (Taylor's Version)", "Karaoke", "Demons"),
        *("Song (The Way We Live)", "Song (How to Live)", "(Born to Live)", "Song (Long Live)"),
        *("Who Wants to Live Forever", "Song (feat. Live)", "Master of Puppets", "Mixtape"),
    ],
)
def test_a_plain_recording_has_no_version(title: str) -> None:
    assert versions(title) == set()


@pytest.mark.parametrize(
    ("album", "marked"),
    [
        ("Live at Leeds", {"live"}),
        ("Roseland NYC Live", {"live"}),
        ("MTV Unplugged in New York", {"live", "acoustic"}),
        ("Abbey Road (Remastered)", {"remaster"}),
        ("Karaoke Hits 2", {"karaoke"}),
        ("Karaoke: Hits of Somebody", {"karaoke"}),
        ("Alive!", {"live"}),
        ("Somebody Alive!", {"live"}),
        ("Alive II", {"live"}),
        ("Live 8", {"live"}),
        ("Demo", {"demo"}),
        ("Demo Tape 2", {"demo"}),
        ("1994 Demo", {"demo"}),
        ("Remixed and Revisited", {"remix"}),
        ("Alive", set()),
        ("Alive and Well", set()),
        ("Demolition", set()),
        ("Live Through This", set()),
        ("Live and Let Die", set()),
        ("Piano Concertos", set()),
    ],
)
def test_an_album_tells_of_all_its_songs(album: str, marked: set[str]) -> None:
    assert versions("Song", album) == marked


def test_an_album_named_as_its_band_tells_nothing() -> None:
    assert versions("Selling the Drama", "Live", artist="Live") == set()


def test_each_version_has_its_reason() -> None:
    facts = describe_song(SongTags("Song (Live)", ("Somebody",), "Song (Remastered)"))
    assert set(facts.because) == set(facts.versions)
    assert 'the title says "Live"' in facts.because["live"]


def test_a_remaster_counts_as_plain() -> None:
    assert same_version(frozenset({"remaster"}), frozenset())
    assert not same_version(frozenset({"live", "remaster"}), frozenset({"remaster"}))


WORDS = st.lists(
    st.sampled_from(["love", "night", "river", "Straße", "愛", "сердце", "ocean", "Don't", "blue"]),
    min_size=1,
    max_size=4,
).map(" ".join)
MARKS = {
    "(Live)": "live",
    " - Live at Wembley Stadium": "live",
    "(2015 Remaster)": "remaster",
    " - Remastered": "remaster",
    "[Anybody Remix]": "remix",
    "(Radio Edit)": "edit",
    "(Acoustic Version)": "acoustic",
    " - Demo": "demo",
    "(Karaoke Version)": "karaoke",
    "(Anybody Cover)": "cover",
    "(Instrumental)": "instrumental",
}


@given(WORDS, st.sampled_from(sorted(MARKS)))
def test_a_mark_behind_any_plain_title_is_found_and_leaves_the_song_the_same(
    title: str, mark: str
) -> None:
    plain = describe_song(SongTags(title, ("Somebody",)))
    marked = describe_song(SongTags(f"{title} {mark}", ("Somebody",)))
    assert plain.versions == ()
    assert marked.versions == (MARKS[mark],)
    assert marked.song == plain.song


@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=40))
def test_any_text_is_answered_and_alike_each_time(title: str, artist: str, album: str) -> None:
    tags = SongTags(title, (artist,), album, genres=(album,), duration_s=10.0)
    facts = describe_song(tags)
    assert facts == describe_song(tags)
    assert set(facts.versions) <= set(VERSIONS)


@given(st.text(alphabet="([{)]}-–:/~ 〜aLive1.", max_size=40))
def test_brackets_that_do_not_close_are_answered_too(title: str) -> None:
    assert describe_song(SongTags(title)).song is not None
