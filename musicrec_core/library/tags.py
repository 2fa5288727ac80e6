"""Reads what a file says of itself, in any tag format; a damaged tag is an empty one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from musicrec_core.errors import UnreadableFileError
from musicrec_core.library.genres import genres
from musicrec_core.library.legacy_letters import repaired
from musicrec_core.library.ratings import RATING_KEYS, number, rating
from musicrec_core.library.text import clean
from musicrec_core.records import Tags
from musicrec_core.text import year_in

if TYPE_CHECKING:
    from musicrec_core.library.dialects import Fields

_LEADING_NUMBER = re.compile(r"\s*([0-9]{1,4})(?![0-9])")
_TRUE = frozenset(("1", "true", "yes"))


def read_tags(path: str, texts: Mapping[str, str] | None = None) -> Tags:
    """The tags of the file at `path`, as `os.fsdecode` gives it, field by field.

    What one place lacks another fills, in the order of `sources`; `texts` are the tags as FFmpeg
    names them. What cannot be understood is left empty: the sound may be sound. Several artists
    are joined by "; ". The year is that of this release, else of the original one. The length is
    left open. Raises UnreadableFileError only where the file cannot be opened at all, MemoryError
    where it takes too much.
    """
    from musicrec_core.library.sources import sources

    try:
        with open(path, "rb") as file:
            return _tags(_merged(sources(file, texts or {})))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UnreadableFileError(path, f"it cannot be read ({reason})") from error


def _merged(fields_by_source: Iterable[Fields]) -> Fields:
    merged: dict[str, list[str]] = {}
    for source in map(repaired, fields_by_source):
        for key, values in source.items():
            if key not in merged and _says_something(key, values):
                merged[key] = values
    return merged


def _says_something(key: str, values: list[str]) -> bool:
    """Whether a field holds what it is for: a date without a year leaves room for another."""
    if key in ("date", "originaldate"):
        return any(map(year_in, values))
    if key in ("tracknumber", "discnumber"):
        return _number({key: values}, key) is not None
    if key in RATING_KEYS:
        return (rating({key: values}) or number({key: values})) is not None
    if key == "genre":
        return bool(genres(values))
    return any(map(clean, values))


def _tags(raw: Fields) -> Tags:
    stars = rating(raw)
    return Tags(
        title=_first(raw, "title"),
        artist=_joined(raw, "artist"),
        album=_first(raw, "album"),
        album_artist=_joined(raw, "albumartist"),
        composer=_joined(raw, "composer"),
        genres=genres(raw.get("genre", ())),
        track_no=_number(raw, "tracknumber"),
        disc_no=_number(raw, "discnumber"),
        year=_year(raw),
        compilation=_first(raw, "compilation").lower() in _TRUE,
        rating=stars,
        rating_number=number(raw) if stars is None else None,
        artists=tuple(_texts(raw, "artists") or _texts(raw, "artist")),
    )


def _texts(raw: Fields, key: str) -> list[str]:
    # ID3v2.4 separates several values by a null character.
    parts = (clean(part) for value in raw.get(key, ()) for part in value.split("\0"))
    return list(dict.fromkeys(filter(None, parts)))


def _first(raw: Fields, key: str) -> str:
    return next(iter(_texts(raw, key)), "")


def _joined(raw: Fields, key: str) -> str:
    return clean("; ".join(_texts(raw, key)))


def _number(raw: Fields, key: str) -> int | None:
    """The 3 of "3/12" or "03"; zero means none."""
    match = _LEADING_NUMBER.match(_first(raw, key))
    return int(match[1]) or None if match else None


def _year(raw: Fields) -> int | None:
    years = (year_in(text) for key in ("date", "originaldate") for text in _texts(raw, key))
    return next(filter(None, years), None)
