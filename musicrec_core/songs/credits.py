"""Who made a song: artist texts as a list of credits, each a name with a role."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from musicrec_core.names import artist_key, is_nobody

Role = Literal["main", "featured"]
OccursAlone = Callable[[str], bool]
"""Whether a name is an artist's by itself: somewhere in the library, or on the culture map."""


@dataclass(frozen=True, slots=True)
class Credit:
    """One artist of a song. A featured one is a guest; of the main ones the first leads."""

    name: str
    role: Role


FEATURED = re.compile(
    r"[\s(\[\uff08]+(?:(?:feat\.?|ft\.?|featuring)[\s:]+|(?:feat|ft)\.(?=\S))", re.IGNORECASE
)
_SURE = re.compile(r"\s*[;\x00\uff1b]\s*")
# What may stand between two artists or inside the name of one: believed on evidence only.
_MAYBE = re.compile(
    r"\s*,\s+(?!(?:the|jr|sr|inc|ltd|ii|iii)\b)(?:&\s+|and\s+)?|\s*[\u3001\uff0c\u00d7]\s*"
    r"|\s+(?:&|\+|/|\u00d7|x|X|vs\.?|versus|and|und|et|y|con|e|och|og|presents?|pres\.?|meets|with"
    r"|w/|mit|avec)\s+|/",
    re.IGNORECASE,
)
_GUEST_FOLLOWS = re.compile(r"\s+(?:with|w/|mit|avec|con)\s+", re.IGNORECASE)
_BACKING = re.compile(r"(?:the|his|her|their|los|las|les|die|os|as)\b", re.IGNORECASE)
_BRACKETED_GUEST = re.compile(
    r"[(\[]\s*(?:(feat\.?|ft\.?|featuring)|with|w/)\s+([^()\[\]]+)[)\]]", re.IGNORECASE
)
_SHORTEST_OF_A_KNOWN_WHOLE = 4
"""Letters a name needs to divide a name that is known as a whole: "She & Him" stays."""


def credits_of(
    artists: Sequence[str], title: str = "", occurs_alone: OccursAlone = lambda _: False
) -> tuple[Credit, ...]:
    """The artists of a song, main ones first as they stand, each once; none where none is named.

    artists: the ARTIST values, more than one only where the tag format separates them. Inside a
    value a list is believed at ";", after "feat.", and elsewhere ("&", ",", "x", "vs", ...) where
    every part occurs alone. Guests are looked for in the title too: "Song (feat. B)".
    """
    if len(artists) == 1 and not _GUEST_HINT.search(title):
        simple = _alone(artists[0])
        if simple:
            return simple
    credit_of: dict[str, Credit] = {}
    guests = list(guests_in(title, occurs_alone))
    as_guest = {artist_key(name) for name in guests}
    for value in artists:
        for name, role in _of_value(value, occurs_alone):
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


def guests_in(title: str, occurs_alone: OccursAlone) -> list[str]:
    """Names of guests in a title: "(feat. B)", "ft. B & C" at its end, "(with B)" of a known B."""
    if not _GUEST_HINT.search(title):
        return []
    names: list[str] = []
    for match in _BRACKETED_GUEST.finditer(title):
        parts = _divided(match[2].strip(), occurs_alone)
        if match[1] or all(map(occurs_alone, parts)):
            names += parts
    rest = _BRACKETED_GUEST.sub("", title)
    bare = FEATURED.search(rest)
    if bare:
        tail = re.split(r"[()\[\]]|\s[-\u2013]\s", rest[bare.end() :])[0]
        names += _divided(tail.strip(), occurs_alone)
    return [name for name in names if artist_key(name)]


def alone_in_library(artist_texts: Iterable[str]) -> frozenset[str]:
    """Keys of names that a library's artist texts show to be artists by themselves.

    Texts without a separator; what stands first in lists with several different partners; and the
    partners of a name that is an artist by itself ("Alpha" is there, so "Alpha & Beta" are two).
    """
    alone: set[str] = set()
    partners: dict[str, set[str]] = {}
    for text in set(artist_texts):
        for value in _SURE.split(text):
            whole, *rest = FEATURED.split(value)
            parts = _parts(whole)
            if len(parts) == 1 and not is_nobody(whole):
                alone.add(artist_key(whole))
            elif not any(_BACKING.match(part) for part in parts[1:]):
                partners.setdefault(artist_key(parts[0]), set()).update(map(artist_key, parts[1:]))
            alone.update(artist_key(guest) for guest in rest if len(_parts(guest)) == 1)
    for first, others in partners.items():
        if first in alone or len(others) > 1:
            alone |= {first, *others}
    return frozenset(alone - {""})


def may_be_several(artist: str) -> bool:
    """Whether an artist text could name more than one artist, as evidence may show."""
    return _alone(artist) is None


_GUEST_HINT = re.compile(r"feat|\bft\b|\bwith\b|\bw/", re.IGNORECASE)


@lru_cache(maxsize=65536)
def _alone(value: str) -> tuple[Credit, ...] | None:
    """The one credit of a value in which nothing divides; None where something may."""
    if _SURE.search(value) or FEATURED.search(value) or len(_parts(value)) > 1:
        return None
    name = value.strip()
    return (Credit(name, "main"),) if artist_key(name) else ()


def _of_value(value: str, occurs_alone: OccursAlone) -> Iterable[tuple[str, Role]]:
    for text in _SURE.split(value):
        main, *guests = FEATURED.split(text)
        main = main.strip(" ([") if guests else main.strip()
        lead, *others = _GUEST_FOLLOWS.split(main, maxsplit=1)
        if others and all(map(occurs_alone, [*_parts(lead), *_parts(others[0])])):
            main, guests = lead, [others[0], *guests]
        for name in _divided(main, occurs_alone):
            yield name, "main"
        for guest in guests:
            for name in _divided(guest.strip(" )]"), occurs_alone):
                yield name, "featured"


def _divided(name: str, occurs_alone: OccursAlone) -> list[str]:
    """The artists in a name that may be a list; the name itself where that is not believed."""
    sure = [part for part in _SURE.split(name) if part]
    if len(sure) > 1:
        return [one for part in sure for one in _divided(part, occurs_alone)]
    parts = _parts(name)
    if len(parts) < 2 or not all(map(occurs_alone, parts)):
        return [name] if name else []
    if any(_BACKING.match(part) for part in parts[1:]):
        return [name]
    if occurs_alone(name) and min(map(len, parts)) < _SHORTEST_OF_A_KNOWN_WHOLE:
        return [name]
    return list(parts)


@lru_cache(maxsize=65536)
def _parts(name: str) -> tuple[str, ...]:
    """What stands between the separators of a name; the name alone where one side is empty."""
    parts = tuple(part.strip() for part in _MAYBE.split(name.strip()))
    return parts if all(parts) else (name.strip(),)
