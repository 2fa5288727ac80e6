"""Reads what a file says of itself, in any tag format; a damaged tag is an empty one."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, BinaryIO

from musicrec_core.errors import UnreadableFileError
from musicrec_core.library.genres import genres
from musicrec_core.library.ratings import rating
from musicrec_core.library.riff import info_fields
from musicrec_core.library.text import clean
from musicrec_core.records import Tags

if TYPE_CHECKING:
    from musicrec_core.library.dialects import Fields

_YEAR = re.compile(r"1[5-9][0-9]{2}|20[0-9]{2}")
_LEADING_NUMBER = re.compile(r"\s*([0-9]{1,4})(?![0-9])")
_TRUE = frozenset(("1", "true", "yes"))


def read_tags(path: str) -> Tags:
    """The tags of the file at `path`, as `os.fsdecode` gives it.

    What cannot be understood is left empty: the sound may be sound. Several artists are joined
    by "; ". The year is that of this release, else of the original one. Raises
    UnreadableFileError only where the file cannot be opened at all.
    """
    try:
        with open(path, "rb") as file:
            duration_s, raw = _parse(file)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UnreadableFileError(path, f"it cannot be read ({reason})") from error
    return _tags(raw, duration_s)


def _parse(file: BinaryIO) -> tuple[float | None, Fields]:
    """Duration in seconds and the fields under their common names."""
    import mutagen
    from mutagen.apev2 import APEv2
    from mutagen.id3 import ID3

    from musicrec_core.library.dialects import fields

    parsed = _fenced(mutagen.File, file)
    tags = getattr(parsed, "tags", None)
    # Players also leave tags that are not the format's own: APEv2 behind an MP3, ID3 before AAC.
    for foreign in (ID3, APEv2):
        if not tags:
            file.seek(0)
            tags = _fenced(foreign, file)
    found = _fenced(fields, tags) or _fenced(info_fields, file) or {}
    return _duration_s(parsed), found


def _fenced(read: Callable[[Any], Any], source: Any) -> Any:
    """What mutagen makes of it, or None.

    mutagen promises MutagenError, but on damaged files raises whatever its parsing met:
    struct.error, ValueError, IndexError, AttributeError, MemoryError and more. No tag is worth
    a song, so the fence is as wide as that.
    """
    try:
        return read(source)
    except Exception:  # noqa: BLE001 - see above
        return None


def _duration_s(parsed: Any) -> float | None:
    length = getattr(getattr(parsed, "info", None), "length", None)
    if isinstance(length, (int, float)) and math.isfinite(length) and length > 0:
        return float(length)
    return None


def _tags(raw: Fields, duration_s: float | None) -> Tags:
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
        duration_s=duration_s,
        rating=rating(raw),
    )


def _texts(raw: Fields, key: str) -> Iterable[str]:
    # ID3v2.4 separates several values by a null character.
    parts = (clean(part) for value in raw.get(key, ()) for part in value.split("\0"))
    return dict.fromkeys(filter(None, parts))


def _first(raw: Fields, key: str) -> str:
    return next(iter(_texts(raw, key)), "")


def _joined(raw: Fields, key: str) -> str:
    return clean("; ".join(_texts(raw, key)))


def _number(raw: Fields, key: str) -> int | None:
    """The 3 of "3/12" or "03"; zero means none."""
    match = _LEADING_NUMBER.match(_first(raw, key))
    return int(match[1]) or None if match else None


def _year(raw: Fields) -> int | None:
    for key in ("date", "originaldate"):
        for text in _texts(raw, key):
            if match := _YEAR.search(text):
                return int(match[0])
    return None
