"""What the demo library holds: invented artists, albums and titles, and the style of each song."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Format = Literal["flac", "mp3", "ogg", "opus", "m4a"]
VARIOUS = "Various Artists"


@dataclass(frozen=True, slots=True)
class Song:
    """One song. `name` is unique and seeds the music, so a retitled song is another song."""

    title: str
    artist: str
    style: str
    length_s: float
    """About how long; it ends with the phrase that comes closest."""

    @property
    def name(self) -> str:
        return f"{self.artist} - {self.title}"


@dataclass(frozen=True, slots=True)
class Album:
    """One album, all of it in one format, as it comes off a shelf."""

    title: str
    artist: str
    year: int
    format: Format
    songs: tuple[Song, ...]
    composer: str = ""

    @property
    def compilation(self) -> bool:
        return self.artist == VARIOUS


def songs() -> Iterator[tuple[Album, int, Song]]:
    """Every song with its album and its track number, from 1."""
    for album in ALBUMS:
        for number, song in enumerate(album.songs, start=1):
            yield album, number, song


def _album(
    title: str,
    artist: str,
    year: int,
    file_format: Format,
    style: str,
    titles: str,
    composer: str = "",
) -> Album:
    """An album by one artist in one style; titles are separated by " / "."""
    made = [
        Song(name, artist, style, 42.0 + 5.0 * (i % 4))
        for i, name in enumerate(titles.split(" / "))
    ]
    return Album(title, artist, year, file_format, tuple(made), composer)


def _sampler() -> Album:
    """One song each of several artists, as a label gives away."""
    tracks = (
        ("Harbour Light", "Halden Mirre", "ambient"),
        ("Signal Box", "Kontor Neun", "techno"),
        ("The Ferryman's Coat", "Wren Ashdown", "folk guitar"),
        ("Extra Life", "Pixel Heron", "chiptune"),
        ("Anvil Hymn", "Grauwolf Foundry", "metal"),
        ("Undertow Version", "Tidewater Sound System", "dub"),
        ("Blue Awning", "Dez Calloway Trio", "jazz trio"),
        ("Ladeira Acima", "Bloco Maré Alta", "samba"),
    )
    made = tuple(Song(title, artist, style, 45.0) for title, artist, style in tracks)
    return Album("Lantern Quay: A Label Sampler", VARIOUS, 2022, "m4a", made)


ALBUMS = (
    _album("Slow Weather", "Halden Mirre", 2016, "opus", "ambient",
           "First Frost / Barometer / A Field, Unlit"),
    _album("Nightwater", "Oona Velt", 2019, "opus", "ambient",
           "Reservoir / The Moon in the Well"),
    _album("Small Lamps", "Oona Velt", 2020, "m4a", "lullaby",
           "Button and Thread / Paper Boat / Nine Sleepy Foxes"),
    _album("Grid Reference", "Kontor Neun", 2014, "mp3", "techno",
           "Sektor A / Drehstrom / Night Freight"),
    _album("Loop Theory", "Neon Abacus", 2021, "opus", "techno",
           "Carry the One / Modulo"),
    _album("Lost Cartridge", "Neon Abacus", 2012, "opus", "chiptune",
           "Dust in the Slot / Second Controller"),
    _album("Continue", "Pixel Heron", 2010, "flac", "chiptune",
           "Title Screen / Marsh Level / Boss Rush"),
    _album("The Hollow Lane", "Wren Ashdown", 2011, "flac", "folk guitar",
           "Gatepost / Seven Magpies / Rain on the Byre"),
    _album("Two Rivers Home", "Wren Ashdown", 2017, "m4a", "folk guitar",
           "Confluence / Letter from the Weir"),
    _album("Valses pour personne", "Ilse Marchetti", 1998, "m4a", "piano waltz",
           "Valse du parapluie / La chaise vide / Deux heures et quart",
           composer="Ilse Marchetti"),
    _album("Quartets for Winter", "Quartetto Brezza", 2005, "flac", "string chamber",
           "I. Andante nevoso / II. Canzone / III. Adagio / IV. Il disgelo",
           composer="Anselm Turov"),
    _album("Ash Doctrine", "Grauwolf Foundry", 2008, "mp3", "metal",
           "Cold Furnace / Slag Crown / Teeth of the Mill"),
    _album("Iron Liturgy", "Grauwolf Foundry", 2013, "opus", "metal",
           "Bellows / The Last Rivet"),
    _album("Low Tide Versions", "Tidewater Sound System", 1979, "ogg", "dub",
           "Sandbar Dub / Lighthouse Rockers / Salt Version"),
    _album("Late Set at the Larkspur", "Dez Calloway Trio", 1961, "m4a", "jazz trio",
           "Larkspur Blues / Taxi for Miss Odell / Seventh Floor"),
    _album("Room Tone", "Dez Calloway Trio", 1964, "mp3", "jazz trio",
           "Brushes at Noon / Out of Matches", composer="Dez Calloway"),
    _album("Ladeira", "Bloco Maré Alta", 2003, "m4a", "samba",
           "Chegada / Tamborim de Lata / Quarta-feira"),
    _album("Corner Store Almanac", "Moth & Ledger", 1996, "mp3", "hip hop",
           "Receipts / Fluorescent / Cash Only"),
    _album("Concrete Garden", "Saint Ferro", 2018, "opus", "hip hop",
           "Weeds / Rooftop Tomatoes"),
    _album("Garden Dubs", "Saint Ferro", 2019, "ogg", "dub",
           "Compost Dub / Greenhouse Effect"),
    _sampler(),
)  # fmt: skip
