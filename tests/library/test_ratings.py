from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.library.ratings import rating


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
        ("rating", "1", 1),
        ("rating", "5", 5),
        ("rating", "0.6", 3),
        ("rating", "8", 4),
        ("rating", "80", 4),
        ("rating", "100", 5),
        ("rating", "196", 4),
        ("rating", "0", None),
        ("rating", "five", None),
        ("rating", "nan", None),
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


@given(
    st.sampled_from(["popm", "fmps_rating", "rating:", "rating", "shared_user_rating"]), st.text()
)
def test_no_text_is_a_rating_outside_the_scale(key, text):
    stars = rating({key: [text]})
    assert stars is None or 1 <= stars <= 5


@given(st.floats())
def test_no_number_is_a_rating_outside_the_scale(number):
    stars = rating({"rating": [str(number)]})
    assert stars is None or 1 <= stars <= 5
