"""Tags mean one thing in one spelling, and opinions are no tags."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mutagen.id3 import TCON

from musicrec_core.culture.hygiene import (
    TagClass,
    classify,
    clean_tags,
    clean_weighted,
    fold,
    squash,
)
from musicrec_core.culture.vocabulary import ALIASES, ID3V1


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("Rock/Pop; Indie", ("rock", "pop", "indie")),
        ("Pop/Rock", ("pop", "rock")),
        ("calm/peaceful", ("calm", "peaceful")),
        ("Folk, World, & Country", ("folk", "world", "country")),
        ("Hip-Hop/Rap", ("hip-hop", "rap")),
        ("Alternative & Punk", ("alternative", "punk")),
        ("Death Metal|Black Metal", ("death metal", "black metal")),
        ("Jazz\x00Blues", ("jazz", "blues")),
        ("Singer/Songwriter", ("singer-songwriter",)),
        ("Rock;;  ; rock", ("rock",)),
        ("House & Techno", ("house", "techno")),
        ("Singer & Songwriter", ("singer-songwriter",)),
        ("Metal (Symphonic)", ("metal symphonic",)),
        ("Dance - Trance", ("dance", "trance")),
        ("Electronic > Deep House", ("electronic", "deep house")),
        ("17; 18", ("rock", "techno")),
    ],
)
def test_lists_of_tags_are_split(raw: str, meant: tuple[str, ...]) -> None:
    assert clean_tags([raw]) == meant


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("(17)", ("rock",)),
        ("17", ("rock",)),
        ("(4)(18)", ("disco", "techno")),
        ("(17)Rock", ("rock",)),
        ("(31) Goa", ("trance", "goa trance")),
        ("(RX)", ("remix",)),
        ("62", ("pop", "funk")),
        ("255", ()),
        ("(12)", ()),
    ],
)
def test_id3v1_numbers_become_names(raw: str, meant: tuple[str, ...]) -> None:
    assert clean_tags([raw]) == meant


def test_id3v1_table_agrees_with_the_tag_reader() -> None:
    theirs = list(TCON.GENRES)
    assert len(ID3V1) == len(theirs)
    for ours, name in zip(ID3V1, theirs, strict=True):
        assert not ours or clean_tags([ours]) == clean_tags([name]), name


@pytest.mark.parametrize(
    ("spellings", "tag"),
    [
        (("drum & bass", "Drum'n'Bass", "DnB", "drum and bass", "Drum N Bass"), "drum and bass"),
        (("r&b", "RnB", "R and B", "R & B", "rhythm and blues"), "r&b"),
        (("singer-songwriter", "Singer Songwriter"), "singer-songwriter"),
        (("hip hop", "HipHop", "Hip-Hop", "hip_hop"), "hip-hop"),
        (("post rock", "Post-Rock", "postrock"), "post-rock"),
        (("shoegazing", "Shoegazer", "shoe gaze"), "shoegaze"),
        (("synth pop", "synth-pop", "Synthpop artists"), "synthpop"),
        (("female vocalist", "Female Vocals", "female-vocalists"), "female vocalists"),
        (("rock'n'roll", "Rock & Roll", "rock n roll"), "rock and roll"),
        (("Brasil", "Brazil", "brazilian music"), "brazilian"),
        (("1992", "1990s", "90's", "'90s", "the 90s", "nineties", "90s music"), "90s"),
        (("2008", "2000s", "00s"), "00s"),
    ],
)
def test_spellings_of_one_tag_are_folded(spellings: tuple[str, ...], tag: str) -> None:
    for spelling in spellings:
        assert clean_tags([spelling]) == (tag,), spelling


@pytest.mark.parametrize(
    "raw",
    [
        *("seen live", "awesome", "my favourite", "favorites", "<3", "love it", "Guilty Pleasures"),
        *("albums i own", "check out", "best songs of the 80s", "under 2000 listeners", "a"),
        *("4m4zinq", "1008", "Unknown", "Other", "No Genre", "", "  ", ";", "love at first listen"),
    ],
)
def test_opinions_and_leftovers_are_dropped(raw: str) -> None:
    assert clean_tags([raw]) == ()


@pytest.mark.parametrize("raw", ["рок", "ロック", "8-bit", "g-funk", "go-go", "k-pop", "oi"])
def test_odd_but_real_tags_survive(raw: str) -> None:
    assert len(clean_tags([raw])) == 1


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("shoegaze", TagClass.GENRE),
        ("brazilian rock", TagClass.GENRE),
        ("trancecore", TagClass.GENRE),
        ("Sad", TagClass.MOOD),
        ("melancholic", TagClass.MOOD),
        ("1994", TagClass.ERA),
        ("UK", TagClass.PLACE),
        ("piano", TagClass.INSTRUMENT),
        ("female vocals", TagClass.INSTRUMENT),
        ("gossip girl", TagClass.OTHER),
        ("seen live", TagClass.OTHER),
    ],
)
def test_tags_are_classed(tag: str, kind: TagClass) -> None:
    assert classify(tag) is kind


def test_weights_are_kept_and_spellings_share_the_largest() -> None:
    raw = [("Hip Hop", 40.0), ("hip-hop", 100.0), ("seen live", 90.0), ("Rap", 7.0)]
    assert clean_weighted(raw) == {"hip-hop": 100.0, "rap": 7.0}


def test_every_alias_leads_to_tags_that_stay_as_they_are() -> None:
    for meaning in ALIASES.values():
        for tag in meaning.split("; "):
            assert clean_tags([tag]) == (tag,), tag


@given(st.text(max_size=60))
def test_cleaning_what_is_clean_changes_nothing(raw: str) -> None:
    once = clean_tags([raw])
    assert clean_tags(once) == once


@given(st.text(max_size=60))
def test_folding_and_squashing_never_fail(raw: str) -> None:
    assert squash(fold(raw)) is not None
    assert "\n" not in fold(raw)
