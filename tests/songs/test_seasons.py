"""A song belongs to a season by its title, album or genre, never by who made it."""

from __future__ import annotations

import pytest

from musicrec_core.songs import SongTags, describe_song


def season(title: str, album: str = "", genre: str = "", artist: str = "Somebody") -> str | None:
    genres = (genre,) if genre else ()
    return describe_song(SongTags(title, (artist,), album, genres=genres)).seasonal


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Last Christmas",
            "Merry Xmas Everybody",
            "O Holy Night",
            "Santa Baby",
            "Jingle Bell Rock",
        ),
        *("Stille Nacht", "In der Weihnachtsbäckerei", "Feliz Navidad", "Petit Papa Noël"),
        *("Bianco Natale", "Sylvian joululaulu", "クリスマス・イブ", "Рождество", "크리스마스"),
        *("God jul", "Eenzame Kerst", "Kolędy", "Baby, It's Cold Outside", "Little Drummer Boy"),
        *("Mele Kalikimaka", "Silver Bells", "I Saw Three Ships", "Walking in the Air"),
        *("Lasst uns froh und munter sein", "Bjällerklang", "På låven sitter nissen"),
        *("A la nanita nana", "Przybieżeli do Betlejem", "Mennyből az angyal", "聖しこの夜"),
        *("В лесу родилась ёлочка", "징글벨", "D'où viens-tu, bergère?"),
    ],
)
def test_a_title_names_christmas(title: str) -> None:
    assert season(title) == "christmas"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("This Is Halloween", "halloween"),
        ("Monster Mash", "halloween"),
        ("Happy New Year", "new year"),
        ("Auld Lang Syne", "new year"),
        ("The Chanukah Song", "hanukkah"),
        ("Easter Parade", "easter"),
    ],
)
def test_a_title_names_another_season(title: str, name: str) -> None:
    assert season(title) == name


@pytest.mark.parametrize(
    "title",
    [
        *(
            "Snow",
            "Winter",
            "Holiday",
            "December",
            "Natalie",
            "Santa Monica",
            "Oh! Carol",
            "Kerstin",
        ),
        *("Merry Christmas, Mr. Lawrence", "Same Old Lang Syne", "Thriller", "Easter", "Noelle"),
        *("My Funny Valentine", "New Year's Day", "Christmas Steps", "Silent Lucidity", "Jules"),
        *("Nativity in Black", "Silent Night, Bodom Night", "St. Nicholas Park", "Natal Chart"),
        *("Roman Holiday", "Hells Bells", "Rudolf Hess", "Caroline", "Drummer", "Snowbird"),
    ],
)
def test_a_title_that_only_sounds_like_a_season_is_of_any_time(title: str) -> None:
    assert season(title) is None


def test_the_name_of_a_band_is_no_season() -> None:
    assert season("Bed Island", "Blackout Summer", artist="Christmas Island") is None
    assert season("I Want Out", "Halloween", artist="Halloween") is None


def test_an_album_or_genre_names_the_season_of_its_songs() -> None:
    assert season("Linus and Lucy", "A Charlie Brown Christmas") == "christmas"
    assert season("Underneath the Tree", genre="Holiday") == "christmas"
    assert season("Jack's Lament", "The Nightmare Before Christmas") is None


def test_a_carol_and_a_song_of_its_name_are_told_apart() -> None:
    assert season("Joy to the World") == "christmas"
    assert season("Joy to the World", artist="Three Dog Night") is None


def test_a_season_has_its_reason() -> None:
    facts = describe_song(SongTags("Skating", ("Trio",), "A Charlie Brown Christmas"))
    assert facts.because == {"seasonal": 'the album is "A Charlie Brown Christmas"'}
