"""Artist texts become lists of artists where that is believed, and names stay whole where not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.names import artist_key
from musicrec_core.songs import Credit, alone_in_library, credits_of

KNOWN = frozenset(
    artist_key(name)
    for name in (
        *("Alpha", "Beta", "Gamma", "Tyler", "Earth", "She", "Him", "Queen", "David Bowie"),
        *("Simon & Garfunkel", "Earth, Wind & Fire", "She & Him", "AC/DC", "Tyler, The Creator"),
        *("The Wailers", "Bob Marley", "Queen & David Bowie"),
    )
)


def told(*artists: str, title: str = "") -> list[tuple[str, str]]:
    found = credits_of(artists, title, lambda name: artist_key(name) in KNOWN)
    return [(credit.name, credit.role) for credit in found]


def main(*names: str) -> list[tuple[str, str]]:
    return [(name, "main") for name in names]


@pytest.mark.parametrize(
    "text",
    [
        *("Alpha & Beta", "Alpha, Beta", "Alpha x Beta", "Alpha vs. Beta", "Alpha and Beta"),
        *("Alpha; Beta", "Alpha / Beta", "Alpha presents Beta", "Alpha + Beta", "Alpha X Beta"),
    ],
)
def test_a_list_of_known_artists_is_a_list(text: str) -> None:
    assert told(text) == main("Alpha", "Beta")


@pytest.mark.parametrize(
    "name",
    [
        *("Simon & Garfunkel", "Earth, Wind & Fire", "AC/DC", "Tyler, The Creator", "She & Him"),
        *(
            "Alpha & Somebody Unheard Of",
            "Bob Marley & The Wailers",
            "Ike and Tina",
            "X Ambassadors",
        ),
        *("Florence + the Machine", "Godspeed You! Black Emperor", "Crosby, Stills & Nash"),
    ],
)
def test_a_name_with_a_separator_in_it_stays_whole(name: str) -> None:
    assert told(name) == main(name)


def test_a_known_duet_of_two_known_artists_is_two() -> None:
    assert told("Queen & David Bowie") == main("Queen", "David Bowie")


def test_values_that_the_format_separates_are_believed() -> None:
    assert told("Nobody Yet", "Guest 1") == main("Nobody Yet", "Guest 1")


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


def test_a_library_shows_who_is_an_artist_alone() -> None:
    alone = alone_in_library(
        ["Alpha", "Alpha & Guest", "Duo & Pair", "Head & One", "Head & Two", "Solo feat. Star"]
    )
    assert {artist_key(name) for name in ("Alpha", "Guest", "Head", "One", "Two", "Star")} <= alone
    assert not {artist_key(name) for name in ("Duo", "Pair")} & alone


@given(st.lists(st.text(max_size=30), max_size=3), st.text(max_size=40), st.booleans())
def test_any_text_gives_each_artist_once_and_a_main_one_first(
    artists: list[str], title: str, believe: bool
) -> None:
    found = credits_of(artists, title, lambda _: believe)
    keys = [artist_key(credit.name) for credit in found]
    assert len(set(keys)) == len(keys)
    assert all(keys)
    assert not found or found[0].role == "main"


def test_no_artist_is_no_credit() -> None:
    assert credits_of([""], "Song") == ()
    assert credits_of(["A"]) == (Credit("A", "main"),)
