"""Who made a song: artist texts as a list of credits, each a name with a role."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from musicrec_core.late_pattern import late_pattern
from musicrec_core.names import artist_key
from musicrec_core.songs.artist_names import ArtistNames
from musicrec_core.songs.separators import (
    AROUND,
    FEATURED,
    GUEST_FOLLOWS,
    guests_apart,
    parts_of,
    values_of,
)

Role = Literal["main", "featured"]


@dataclass(frozen=True, slots=True)
class Credit:
    """One artist of a song. A featured one is a guest; of the main ones the first leads."""

    name: str
    role: Role


_BRACKETED_GUEST = late_pattern(
    r"[(\[\uff08]\s*(?:(feat\.?|ft\.?|featuring|f/)|duet with|with|w/|avec|con|mit)\s*"
    r"((?<=[\s./])[^()\[\]\uff08\uff09]+)[)\]\uff09]",
    re.IGNORECASE,
)
GUEST_WORDS = ("feat", "ft", "f/", "with", "w/", "avec", "con", "mit")
"""A title without any of these names no guest."""
_GUEST_HINT = late_pattern("|".join(rf"\b{re.escape(word)}" for word in GUEST_WORDS), re.IGNORECASE)
_NOBODY_KNOWN = ArtistNames()


def credits_of(
    artists: Sequence[str], title: str = "", names: ArtistNames = _NOBODY_KNOWN
) -> tuple[Credit, ...]:
    """The artists of a song, main ones first as they stand, each once; none where none is named.

    artists: the ARTIST values, more than one only where the tag format separates them. In a single
    one a list is believed at ";", after "feat.", and elsewhere ("&", ",", "x", "vs", ...) on what
    is known of `names`. Guests are looked for in the title too: "Song (feat. B)".
    """
    if len(artists) == 1 and not _GUEST_HINT.search(title):
        simple = _alone(artists[0])
        if simple:
            return simple
    credit_of: dict[str, Credit] = {}
    guests = guests_in(title, names)
    as_guest = {artist_key(name) for name in guests}
    for value in artists if len(artists) > 1 else _surely_apart(artists):
        for name, role in _of_value(value, names):
            key = artist_key(name)
            leads = role == "main" and (key not in as_guest or not credit_of)
            if key and (key not in credit_of or (leads and credit_of[key].role != "main")):
                credit_of[key] = Credit(name, "main" if leads else "featured")
    for name in guests:
        credit_of.setdefault(artist_key(name), Credit(name, "featured"))
    if credit_of and not any(credit.role == "main" for credit in credit_of.values()):
        key = next(iter(credit_of))
        credit_of[key] = Credit(credit_of[key].name, "main")
    return tuple(sorted(credit_of.values(), key=lambda credit: credit.role != "main"))


def guests_in(title: str, names: ArtistNames = _NOBODY_KNOWN) -> list[str]:
    """Names of guests in a title: "(feat. B)", "ft. B & C" at its end, "(with B)" of a known B."""
    if not _GUEST_HINT.search(title):
        return []
    guests: list[str] = []
    for match in _BRACKETED_GUEST.finditer(title):
        several = _guests_of(match[2].strip(), names)
        if match[1] or all(map(names.occurs_alone, several)):
            guests += several
    rest = _BRACKETED_GUEST.sub("", title)
    bare = FEATURED.search(rest)
    if bare:
        tail = re.split(r"[()\[\]\uff08\uff09~]|\s[-\u2013]\s", rest[bare.end() :])[0]
        guests += _guests_of(tail.strip(), names)
    return [name for name in guests if artist_key(name)]


def may_be_several(artist: str) -> bool:
    """Whether an artist text could name more than one artist, as evidence may show."""
    return _alone(artist) is None


@lru_cache(maxsize=65536)
def _alone(value: str) -> tuple[Credit, ...] | None:
    """The one credit of a value in which nothing divides; None where something may."""
    if values_of(value) != [value] or FEATURED.search(value) or len(parts_of(value)) > 1:
        return None if value.strip() else ()
    name = value.strip()
    return (Credit(name, "main"),) if artist_key(name) else ()


def _surely_apart(artists: Sequence[str]) -> Iterable[str]:
    """A text that the format does not separate, at its ";"."""
    return (part for text in artists for part in values_of(text))


def _of_value(value: str, names: ArtistNames) -> Iterable[tuple[str, Role]]:
    main, guests = guests_apart(value)
    lead, *others = GUEST_FOLLOWS.split(main, maxsplit=1)
    if others:
        guest = others[0].strip(AROUND)
        if all(map(names.occurs_alone, [*parts_of(lead), *parts_of(guest)])):
            main, guests = lead, [guest, *guests]
    for name in _divided(main, names):
        yield name, "main"
    for guest in guests:
        for name in _guests_of(guest, names):
            yield name, "featured"


def _guests_of(text: str, names: ArtistNames) -> list[str]:
    return [name for part in values_of(text) for name in _divided(part, names, guests=True)]


def _divided(name: str, names: ArtistNames, *, guests: bool = False) -> list[str]:
    """The artists in a name that may be a list; the name itself where that is not believed."""
    parts = parts_of(name)
    if len(parts) > 1 and names.are_several(name, parts, guests=guests):
        return list(parts)
    return [name] if name else []
