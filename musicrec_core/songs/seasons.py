"""Whether a song belongs to a season, by its title, album and genre."""

from __future__ import annotations

from functools import lru_cache

from musicrec_core.folding import fold
from musicrec_core.songs import season_words as words
from musicrec_core.songs.phrases import phrases_of

_PHRASES = phrases_of(words.SEASONS)
_GENRES = phrases_of(words.GENRES)


def season_of(
    title: str, album: str = "", genres: tuple[str, ...] = (), artist: str = ""
) -> tuple[str, str] | None:
    """The season of a song and a sentence why; None for a song of any time.

    The name of who made it counts for nothing, and an album that has only that name as little.
    """
    name = "christmas" if _is_by(words.BY, title, artist) else _named(title)
    if name and not _is_by(words.NOT_BY, title, artist):
        return name, f'the title is "{title}"'
    if album:
        name = _of_album(album)
        if name and fold(album) != fold(artist):
            return name, f'the album is "{album}"'
    for genre in genres:
        name = _of_genre(genre)
        if name:
            return name, f'the genre is "{genre}"'
    return None


def _is_by(table: dict[str, tuple[str, ...]], title: str, artist: str) -> bool:
    """Whether a table has the song under its title, by that artist."""
    makers = table.get(fold(title), ())
    return bool(makers) and fold(artist) in makers


def _named(text: str) -> str | None:
    """The season that a title or album names."""
    folded = fold(text)
    names = _PHRASES.names(folded)
    if not folded.isascii() or "weihnacht" in folded or "joulu" in folded:
        names |= {n for n, parts in words.ANYWHERE.items() if any(p in folded for p in parts)}
    if "christmas" in names and any(name in folded for name in words.NOT_CHRISTMAS):
        names.discard("christmas")
    return next((name for name in words.SEASONS if name in names), None)


@lru_cache(maxsize=16384)
def _of_album(album: str) -> str | None:
    return _named(album)


@lru_cache(maxsize=4096)
def _of_genre(genre: str) -> str | None:
    return next(iter(_GENRES.names(fold(genre))), None)
