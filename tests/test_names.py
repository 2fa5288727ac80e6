"""Spellings of one artist meet, different artists do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.names import artist_key, is_nobody


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Beatles", "beatles"),
        ("Beatles, The", "The Beatles"),
        ("Beyoncé", "BEYONCE"),
        ("Sigur Rós", "Sigur Ros"),
        ("Røyksopp", "Royksopp"),
        ("Simon & Garfunkel", "Simon and Garfunkel"),
        ("Guns N' Roses", "Guns & Roses"),
        ("Florence + the Machine", "Florence and The Machine"),
        ("AC/DC", "ACDC"),
        ("Jay-Z feat. Kanye West", "Jay Z"),
        ("Drake (ft. Rihanna)", "Drake"),
        ("Fort Minor featuring Holly Brook", "Fort Minor"),
        ("Ke$ha", "Kesha"),
        ("P!nk", "Pink"),
        ("宇多田ヒカル", " 宇多田ヒカル "),
        ("ЛЕНИНГРАД", "Ленинград"),
        ("Fun.", "fun"),
    ],
)
def test_spellings_of_one_artist_share_a_key(one: str, other: str) -> None:
    assert artist_key(one) == artist_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The The", "The"),
        ("!!!", ""),
        ("!!!", "???"),
        ("A", "The"),
        ("A", "AA"),
        ("Y", "And"),
        ("がん", "かん"),
        ("Prince", "Princess"),
        ("Ft. Minor", "Minor"),
        ("嵐", "雅"),
        ("+/-", "and"),
        ("Feat", ""),
    ],
)
def test_different_artists_keep_different_keys(one: str, other: str) -> None:
    assert artist_key(one) != artist_key(other)


@pytest.mark.parametrize("name", ["", "  ", "Various Artists", "[unknown]", "VA", "<Unknown>"])
def test_placeholders_are_nobody(name: str) -> None:
    assert is_nobody(name)


@pytest.mark.parametrize("name", ["The The", "!!!", "A", "X", "None More Black", "嵐"])
def test_short_and_odd_names_are_somebody(name: str) -> None:
    assert not is_nobody(name)


@given(st.text(max_size=40))
def test_a_key_is_its_own_key_for_any_text_without_features(name: str) -> None:
    key = artist_key(name)
    assert artist_key(key) == key
    assert bool(key) == bool(name.strip()) or not key
