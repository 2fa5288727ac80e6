"""The key of a song: all versions of one share it, other songs do not."""

from __future__ import annotations

from functools import lru_cache

from musicrec_core.folding import fold, plain_letters
from musicrec_core.late_pattern import late_pattern
from musicrec_core.names import artist_key, is_nobody
from musicrec_core.songs.album_words import REMIX_TO
from musicrec_core.songs.titles import Title

_PART = late_pattern(
    r"\b(?:parts?|pts?|teil|partie|parte|del|cz|osa|часть)\b\.?\s*"
    r"(\d+|[ivx]+|one|two|three|four|five|six|eins|zwei|drei|uno|dos|tres|un|deux|trois)\b"
)
_NUMBERS = {
    "i": "1",
    "ii": "2",
    "iii": "3",
    "iv": "4",
    "v": "5",
    "vi": "6",
    "vii": "7",
    "viii": "8",
    "ix": "9",
    "x": "10",
    "xi": "11",
    "xii": "12",
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "eins": "1",
    "zwei": "2",
    "drei": "3",
    "uno": "1",
    "dos": "2",
    "tres": "3",
    "un": "1",
    "deux": "2",
    "trois": "3",
}
# Titles that one artist gives to many pieces: only album and number tell them apart.
_GENERIC = late_pattern(
    r"(?:intro|outro|skit|interlude|introduction|interludio|prelude|prologue|epilogue|intermission"
    r"|untitled|unknown|unbekannt|sin titulo|track|titel|piste|pista|chapter|kapitel|chapitre"
    r"|capitulo|capitolo|teil|part|folge|episode|interview|hidden track|silence|spoken|commentary"
    r"|интро|аутро|скит|трек|イントロ|トラック)[\s\d]*"
)


def song_key(title: Title, artist: str, album: str = "") -> str:
    """The key of a song by its title and leading artist, "artist/title" in folded words.

    Where the artist is nobody, or the title is one of those that say nothing ("Intro",
    "Track 1"), the album stands beside it.
    """
    named = title_key(_without_artist(title.body, artist))
    by = "" if is_nobody(artist) else artist_key(artist)
    if not by or _GENERIC.fullmatch(named):
        return f"{by}/{fold(album)}/{named}"
    return f"{by}/{named}"


def _without_artist(body: str, artist: str) -> str:
    """The title without its artist before a dash: "Artist - Title"."""
    before, dash, rest = body.partition(" - ")
    return rest if dash and artist and rest.strip() and fold(before) == fold(artist) else body


@lru_cache(maxsize=65536)
def title_key(body: str) -> str:
    """A title without marks as it is compared: folded, "Pt. II" and "Part Two" as "part 2"."""
    plain = REMIX_TO.sub("", plain_letters(body))
    plain = _PART.sub(lambda match: f"part {_NUMBERS.get(match[1], match[1])}", plain)
    return fold(plain.replace("&", " and ").replace(" 'n' ", " and "))
