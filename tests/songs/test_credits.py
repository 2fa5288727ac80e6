"""Artist texts become lists of artists where that is believed, and names stay whole where not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.names import artist_key
from musicrec_core.songs import ArtistNames, Credit, credits_of

LIBRARY = (
    "Alpha",
    "Beta",
    "Gamma",
    "Tyler",
    "Neil Young",
    "Crazy Horse",
    "Bob Marley",
    "She",
    "Him",
)
LISTENERS = {
    "Simon & Garfunkel": 40, "Earth, Wind & Fire": 8, "Earth": 3, "She & Him": 42, "Him": 90,
    "AC/DC": 180, "AC": 2, "Tyler, The Creator": 3, "Nick Cave": 9, "Nick Cave & The Bad Seeds": 25,
    "The Bad Seeds": 1, "Queen": 208, "David Bowie": 190, "Queen & David Bowie": 2,
    "Neil Young": 40, "Neil Young & Crazy Horse": 2,
}  # fmt: skip
NAMES = ArtistNames.of_library(LIBRARY, LISTENERS.get)


def told(*artists: str, title: str = "", names: ArtistNames = NAMES) -> list[tuple[str, str]]:
    return [(credit.name, credit.role) for credit in credits_of(artists, title, names)]


def main(*names: str) -> list[tuple[str, str]]:
    return [(name, "main") for name in names]


@pytest.mark.parametrize(
    "text",
    [
        *("Alpha & Beta", "Alpha, Beta", "Alpha x Beta", "Alpha vs. Beta", "Alpha and Beta"),
        *("Alpha; Beta", "Alpha / Beta", "Alpha presents Beta", "Alpha + Beta", "Alpha X Beta"),
        *(
            "Alpha\\\\Beta",
            "Alpha | Beta",
            "Alpha、Beta",
            "Alpha・Beta",
            "Alpha × Beta",
            "Alpha＆Beta",
        ),
        *("Alpha und Beta", "Alpha et Beta", "Alpha и Beta", "Alpha y Beta", "Alpha • Beta"),
    ],
)
def test_a_list_of_known_artists_is_a_list(text: str) -> None:
    assert told(text) == main("Alpha", "Beta")


@pytest.mark.parametrize(
    "name",
    [
        *("Simon & Garfunkel", "Earth, Wind & Fire", "AC/DC", "Tyler, The Creator", "She & Him"),
        *("Alpha & Somebody Unheard Of", "Nick Cave & The Bad Seeds", "Ike and Tina"),
        *("Florence + the Machine", "Godspeed You! Black Emperor", "Crosby, Stills & Nash"),
        *("X Ambassadors", "Malcolm X", "Emerson, Lake & Palmer", "Beta, The"),
    ],
)
def test_a_name_with_a_separator_in_it_stays_whole(name: str) -> None:
    assert told(name) == main(name)


@pytest.mark.parametrize(
    "band",
    [
        *("Earth, Wind & Fire", "Blood, Sweat & Tears", "Crosby, Stills, Nash & Young", "AC/DC"),
        *("Simon & Garfunkel", "Tyler, The Creator", "Hall & Oates"),
    ],
)
def test_a_band_is_no_evidence_against_itself(band: str) -> None:
    assert told(band, names=ArtistNames.of_library([band])) == main(band)


def test_lists_that_share_members_are_bands() -> None:
    bands = (
        *("Emerson, Lake & Palmer", "Emerson, Lake & Powell", "Crosby & Nash"),
        *("Crosby, Stills & Nash", "Crosby, Stills, Nash & Young"),
    )
    names = ArtistNames.of_library(bands)
    assert [told(band, names=names) for band in bands] == [main(band) for band in bands]


def test_a_duet_of_two_better_known_artists_is_two() -> None:
    assert told("Queen & David Bowie") == main("Queen", "David Bowie")
    assert told("Neil Young & Crazy Horse") == main("Neil Young", "Crazy Horse")


def test_a_band_behind_its_leader_is_told_from_them_where_they_play_alone_too() -> None:
    assert told("Bob Marley & The Wailers") == main("Bob Marley", "The Wailers")
    assert told("Neil Young and the E Street Band") == main("Neil Young", "the E Street Band")
    assert told("Nick Cave & The Bad Seeds") == main("Nick Cave & The Bad Seeds")


def test_values_that_the_format_separates_are_believed() -> None:
    assert told("Nobody Yet", "Guest 1") == main("Nobody Yet", "Guest 1")
    assert told("ave;new", "Guest 1") == main("ave;new", "Guest 1"), "its name has a semicolon"


@pytest.mark.parametrize(
    ("artist", "title"),
    [
        ("Alpha feat. Guest", "Song"),
        ("Alpha ft. Guest", "Song"),
        ("Alpha (featuring Guest)", "Song"),
        ("Alpha", "Song (feat. Guest)"),
        ("Alpha", "Song [ft. Guest] (Live)"),
        ("Alpha", "Song feat. Guest - Live"),
        ("Alpha", "Song (Live) featuring Guest"),
        ("Alpha F/ Guest", "Song"),
        ("Alpha", "Song (f/ Guest)"),
        ("Alpha", "Song（feat. Guest）"),
        ("Alpha", "Song ~feat. Guest~"),
        ("Alpha", "Song (Feat Guest)"),
    ],
)
def test_a_guest_is_featured_wherever_it_stands(artist: str, title: str) -> None:
    assert told(artist, title=title) == [("Alpha", "main"), ("Guest", "featured")]


def test_a_guest_in_the_title_is_no_main_artist_of_the_list() -> None:
    assert told("Alpha", "Beta", title="Song (feat. Beta)") == [
        ("Alpha", "main"),
        ("Beta", "featured"),
    ]


def test_with_is_a_guest_only_where_the_name_is_known() -> None:
    assert told("Alpha", title="Song (with Beta)") == [("Alpha", "main"), ("Beta", "featured")]
    assert told("Alpha", title="Song (With a Little Help)") == main("Alpha")


@pytest.mark.parametrize("text", ["Alpha with Beta", "Alpha (with Beta)", "Alpha avec Beta"])
def test_with_names_a_guest_in_the_artist_too(text: str) -> None:
    assert told(text) == [("Alpha", "main"), ("Beta", "featured")]


def test_one_known_guest_shows_that_guests_are_listed() -> None:
    listed = [(name, "featured") for name in ("Beta", "Zed", "Gamma")]
    assert told("Alpha feat. Beta, Zed & Gamma") == [("Alpha", "main"), *listed]
    assert told("Alpha", title="Song (feat. Beta, Zed, and Gamma)") == [("Alpha", "main"), *listed]
    assert told("Alpha feat. Duo & Pair") == [("Alpha", "main"), ("Duo & Pair", "featured")]


def test_a_library_shows_who_is_an_artist_alone() -> None:
    names = ArtistNames.of_library(
        [
            *("Alpha", "Alpha & Guest", "Tail & Alpha", "Duo & Pair", "Head & One", "Head & Two"),
            "Solo feat. Star",
        ]
    )
    for name in ("Alpha", "Guest", "Tail", "Head", "One", "Two", "Solo", "Star"):
        assert names.occurs_alone(name), name
    assert not any(map(names.occurs_alone, ("Duo", "Pair")))


@given(st.lists(st.text(max_size=30), max_size=3), st.text(max_size=40), st.booleans())
def test_any_text_gives_each_artist_once_and_a_main_one_first(
    artists: list[str], title: str, believe: bool
) -> None:
    names = ArtistNames(listeners=lambda name: 2 if believe and len(name) < 9 else None)
    credits_read = credits_of(artists, title, names)
    keys = [artist_key(credit.name) for credit in credits_read]
    assert len(set(keys)) == len(keys)
    assert all(keys)
    assert not credits_read or credits_read[0].role == "main"


def test_no_artist_is_no_credit() -> None:
    assert credits_of([""], "Song") == ()
    assert credits_of(["A"]) == (Credit("A", "main"),)
