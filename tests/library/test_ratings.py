from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.library.ratings import (
    FRACTION,
    HALF_STARS,
    PERCENT,
    POPM,
    STARS,
    number,
    rating,
    scale,
    stars,
)


@pytest.mark.parametrize(
    ("key", "value", "stars"),
    [
        ("popm", "0", None),
        ("popm", "1", 1),
        ("popm", "64", 2),
        ("popm", "128", 3),
        ("popm", "196", 4),
        ("popm", "255", 5),
        ("popm", "51", 1),  # Picard's steps
        ("popm", "102", 2),
        ("popm", "153", 3),
        ("popm", "204", 4),
        ("popm", "186", 3.5),  # half stars of MusicBee and MediaMonkey
        ("popm", "230", 5),  # anything else, as Windows Media Player reads it
        ("popm", "40", 2),
        ("popm", "999", None),
        ("fmps_rating", "0.8", 4),
        ("fmps_rating", "0,5", 2.5),
        ("fmps_rating", "0.05", 1),
        ("fmps_rating", "0.0", None),
        ("fmps_rating", "-1", None),
        ("fmps_rating", "4", None),
        ("rating:", "0.6", 3),
        ("shared_user_rating", "75", 4),
        ("shared_user_rating", "99", 5),
        ("shared_user_rating", "0", None),
    ],
)
def test_every_scale_becomes_stars(key, value, stars):
    assert rating({key: [value]}) == stars


def test_the_field_with_a_definition_goes_first():
    assert rating({"popm": ["255"], "fmps_rating": ["0.2"]}) == 1


def test_an_unrated_frame_does_not_hide_a_rated_one():
    assert rating({"popm": ["0", "196"]}) == 4


@given(st.sampled_from(["popm", "fmps_rating", "rating:", "shared_user_rating"]), st.text())
def test_no_text_is_a_rating_outside_the_scale(key, text):
    stars = rating({key: [text]})
    assert stars is None or 1 <= stars <= 5


@given(st.floats(), st.sampled_from([FRACTION, STARS, HALF_STARS, PERCENT, POPM]))
def test_no_number_is_a_rating_outside_the_scale(value, top):
    message = number({"rating": [str(value)]})
    assert message is None or 1 <= stars(message, top) <= 5


@pytest.mark.parametrize("text", ["0", "-1", "five", "nan", "inf", "1000", ""])
def test_a_rating_field_without_a_number_is_unrated(text):
    assert number({"rating": [text]}) is None


@pytest.mark.parametrize(
    ("numbers", "top"),
    [
        ([1, 3, 5, 4.5], STARS),
        ([1, 1], STARS),
        ([0.2, 1], FRACTION),
        ([2, 7, 10], HALF_STARS),
        ([10, 60, 100], PERCENT),
        ([5, 20], PERCENT),
        ([64, 196, 255], POPM),
        ([*range(1, 6)] * 40 + [100], STARS),  # one mistake among two hundred
    ],
)
def test_the_scale_of_rating_is_decided_by_the_whole_library(numbers, top):
    assert scale(Counter(map(float, numbers))) == top


@pytest.mark.parametrize(
    ("value", "top", "right"),
    [
        (10, PERCENT, 1), (10, HALF_STARS, 5), (60, PERCENT, 3), (4, STARS, 4), (4, HALF_STARS, 2),
        (0.5, STARS, 1), (0.5, FRACTION, 2.5), (196, POPM, 4), (100, STARS, 5), (255, PERCENT, 5),
    ],
)  # fmt: skip
def test_a_number_becomes_stars_by_the_scale_of_its_library(value, top, right):
    assert stars(value, top) == right
