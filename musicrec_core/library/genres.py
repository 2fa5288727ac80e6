"""Genres as people file them: several in one value, ID3 numbers, and words that say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from musicrec_core.library.text import clean

# Not at a bare slash or ampersand: "Pop/Rock", "Hip-Hop/Rap" and "R&B" are one genre each.
_SEPARATORS = re.compile(r"[;,|\0]| / ")
_NOTHING = frozenset(
    ("", "unknown", "unknown genre", "other", "none", "genre", "n/a", "misc", "undefined")
)
MAX_GENRES = 20


def genres(values: Iterable[str]) -> tuple[str, ...]:
    """Every genre once, in the order of the file, in its spelling; numbers as ID3v1 meant them."""
    by_folded_name: dict[str, str] = {}
    for value in values:
        for part in _SEPARATORS.split(value):
            for name in _names(part.strip()):
                if name.casefold() not in _NOTHING:
                    by_folded_name.setdefault(name.casefold(), name)
    return tuple(by_folded_name.values())[:MAX_GENRES]


def _names(part: str) -> Iterator[str]:
    """The words behind "17", "(17)", "(17)(6)" and "(17)Rock and more"."""
    from mutagen import id3

    frame: Any = id3.TCON  # untyped there
    for name in frame(encoding=3, text=[part]).genres:
        yield clean(name).removeprefix("& ")  # of "Folk, World, & Country"
