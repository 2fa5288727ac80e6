"""Names that mean the same thing meet; names that do not are kept apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.culture.matching import (
    first_artist,
    main_artist,
    plain_title,
    same_artist,
    same_title,
    title_key,
)


@pytest.mark.parametrize(
    "spelling",
    [
        "Yesterday", "yesterday ", "YESTERDAY (Remastered 2009)", "Yesterday - Remastered",
        "Yesterday - 2009 Remaster", "Yesterday [Mono Version]", "Yesterday (feat. Somebody)",
        "Yesterday ft. Somebody", "Y\u00e9sterday", "Yesterday (Deluxe Edition)", "Yesterday, CD 2",
        "Yesterday (Disc 1)", "Yesterday (50th Anniversary Edition)", "Yesterday (Album Version)",
    ],
)  # fmt: skip
def test_pressings_and_spellings_of_one_title_meet(spelling: str) -> None:
    assert title_key(spelling) == "yesterday"


@pytest.mark.parametrize(
    "other",
    ["Yesterday (Live)", "Yesterday (Somebody Remix)", "Yesterday - Acoustic", "Yesterday 2"],
)
def test_another_recording_is_another_title(other: str) -> None:
    assert title_key(other) != "yesterday"
    assert not same_title("Yesterday", other)


@pytest.mark.parametrize(
    "title", ["(Untitled)", "...", "Original", "Single", "!", "\u5915\u713c\u3051"]
)
def test_a_title_of_odd_signs_or_words_still_has_a_key(title: str) -> None:
    assert title_key(title)
    assert plain_title(title)


@given(st.text(max_size=40))
def test_a_title_without_its_pressing_has_the_same_key(title: str) -> None:
    assert title_key(plain_title(title)) == title_key(title)


def test_featured_artists_are_left_out_and_several_can_be_told_apart() -> None:
    assert main_artist("Bj\u00f6rk feat. Thom Yorke") == "Bj\u00f6rk"
    assert first_artist("Queen & David Bowie") == "Queen"
    assert first_artist("Burial; Four Tet") == "Burial"
    assert first_artist("AC/DC") is None
    assert first_artist("Various Artists, X") is None


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("Beatles", "The Beatles"), ("Bjork", "Bj\u00f6rk"), ("guns and roses", "Guns N' Roses"),
        ("Radiohed", "Radiohead"), ("Sigur Ros", "Sigur R\u00f3s"), ("AC DC", "AC/DC"),
    ],
)  # fmt: skip
def test_a_corrected_spelling_is_the_same_artist(asked: str, answered: str) -> None:
    assert same_artist(asked, answered)


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("Muse", "Mush"), ("Puff Daddy", "Diddy"), ("Nirvana UK", "Nirvana"),
        ("Blink 181", "Blink-182"), ("Low", "Lowe"),
    ],
)  # fmt: skip
def test_a_likeness_is_not_the_same_artist(asked: str, answered: str) -> None:
    assert not same_artist(asked, answered)


def test_numbers_in_titles_must_agree() -> None:
    assert not same_title("Symphony No. 5 in C minor", "Symphony No. 6 in C minor")
    assert same_title("Symphony No. 5 in C minor", "Symphony No 5 in C Minor")
