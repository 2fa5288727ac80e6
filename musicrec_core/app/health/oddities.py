"""What `doctor` finds odd in a library: nothing is broken, but lists may be the worse for it."""

from __future__ import annotations

import os
from collections.abc import Sequence

from musicrec_core.app.context import Context
from musicrec_core.errors import MusicRecError
from musicrec_core.text import count

SHOWN = 3
LONG_S = 3600.0
ALBUM_S = 900.0
"""A file with a cue sheet beside it is an album in one piece where it lasts longer than this."""
NEARLY_S = 3.0


class OddityError(MusicRecError):
    """Something odd was found, in one line."""


def cue_sheets(context: Context) -> str:
    """Whole albums in one file, told by a cue sheet beside it."""
    long = context.store.oddities.longer_than(ALBUM_S)
    with_sheet = [path for path in long.paths if _has_sheet(path)]
    if with_sheet:
        raise OddityError(
            f"{count(len(with_sheet), 'file')} hold a whole album with a cue sheet beside and "
            f"count as one song; split them into songs: {_some(with_sheet)}"
        )
    return "no album in one file"


def long_tracks(context: Context) -> str:
    """Tracks over an hour: mixes, audiobooks, whole records."""
    files = context.store.oddities.longer_than(LONG_S)
    if files.count:
        raise OddityError(
            f"{count(files.count, 'track')} over an hour; `musicrec scan --exclude PATTERN` leaves "
            f"out what is no song: {_some(files.paths)}"
        )
    return "none over an hour"


def unknown_lengths(context: Context) -> str:
    """Files whose length neither headers nor packets tell."""
    files = context.store.oddities.of_unknown_length()
    if files.count:
        raise OddityError(f"of {count(files.count, 'file')}: {_some(files.paths)}")
    return "none"


def doubled_songs(context: Context) -> str:
    """The same sound in several files, and the same song in several recordings."""
    copies = context.store.oddities.copies()
    doubles = context.store.oddities.doubles(NEARLY_S)
    sentences = []
    if copies.count:
        sentences.append(
            f"{count(copies.count, 'recording')} in several files: {_some(copies.paths)}"
        )
    if doubles.count:
        sentences.append(
            f"{count(doubles.count, 'song')} several times over: {_some(doubles.paths)}"
        )
    if sentences:
        raise OddityError("; ".join(sentences))
    return "none"


def rating_scale(context: Context) -> str:
    """How RATING fields, which no standard defines, are read in this library."""
    from musicrec_core.library.ratings import SCALE_NAMES, scale

    numbers = context.store.file_ratings.numbers()
    if not numbers:
        return "no RATING fields whose scale had to be decided"
    files, top = sum(numbers.values()), SCALE_NAMES[scale(numbers)]
    return f"RATING in {count(files, 'file')} is read as {top}: its highest is {max(numbers):g}"


CHECKS = (
    ("cue sheets", cue_sheets),
    ("long tracks", long_tracks),
    ("unknown lengths", unknown_lengths),
    ("doubled songs", doubled_songs),
    ("ratings in files", rating_scale),
)


def _has_sheet(path: bytes) -> bool:
    stem = os.path.splitext(path)[0]
    if any(os.path.exists(name + b".cue") for name in (stem, path)):
        return True
    try:
        return any(name.lower().endswith(b".cue") for name in os.listdir(os.path.dirname(path)))
    except OSError:  # its drive is away
        return False


def _some(paths: Sequence[bytes]) -> str:
    shown = ", ".join(os.fsdecode(path) for path in paths[:SHOWN])
    return shown + (f" and {len(paths) - SHOWN} more" if len(paths) > SHOWN else "")
