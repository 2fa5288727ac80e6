from __future__ import annotations

import pytest

from musicrec_core.library.genres import genres


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["Rock"], ("Rock",)),
        (["17"], ("Rock",)),
        (["(17)"], ("Rock",)),
        (["(17)(6)"], ("Rock", "Grunge")),
        (["(4)Eurodisco"], ("Disco", "Eurodisco")),
        (["Rock; Pop", "Jazz"], ("Rock", "Pop", "Jazz")),
        (["Rock, rock", "ROCK"], ("Rock",)),
        (["Funk / Soul"], ("Funk", "Soul")),
        (["Pop/Rock", "R&B"], ("Pop/Rock", "R&B")),
        (["Folk, World, & Country"], ("Folk", "World", "Country")),
        (["Rock\0Pop"], ("Rock", "Pop")),
        (["Unknown", "other", "", " "], ()),
        (["255"], ()),
        (["\x1b[31mDub\x1b[0m\n"], ("Dub",)),
        ([], ()),
    ],
)
def test_genres_are_what_people_meant(values, expected):
    assert genres(values) == expected
