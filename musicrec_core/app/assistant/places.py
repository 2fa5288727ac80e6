"""Places and amounts in a request: "the second", "the last two", "five live versions"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from musicrec_core.app.assistant.records import UnclearError
from musicrec_core.folding import fold
from musicrec_core.language.features import NUMBERS
from musicrec_core.language.positions import position_of
from musicrec_core.text import count

if TYPE_CHECKING:
    from musicrec_core.language.records import Request

Entry = TypeVar("Entry")
Position = tuple[str | int | None, int | None]
_ORDINAL = re.compile(
    r"\b(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d+(?:st|nd|rd|th))\b"
)
_ONLY_AMOUNT = re.compile(
    r"(some|any|few|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|\d{1,3}) "
    r"(?:\w+ ){0,3}(?:songs|tracks|tunes|versions|recordings|covers|remixes|ballads|pieces|ones)"
)
_ONLY_POSITION = re.compile(
    r"(the )?((very )?(first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last|next "
    r"to last|previous|\d+(st|nd|rd|th))|one before|(number|no|track) \w+)"
    r"( (one|song|track|tune|two|three|four|five|\d+|of them))*"
)


def is_position(name: str) -> bool:
    """Whether what was taken for a name points at a place."""
    return _ONLY_POSITION.fullmatch(fold(name)) is not None


def is_amount(name: str) -> bool:
    """Whether what was taken for a name is so many of something: "five live versions"."""
    return _ONLY_AMOUNT.fullmatch(fold(name)) is not None


def position(request: Request) -> Position:
    """Which place, and how many, a request points at; (None, None) where at none."""
    place, number = request.slots.get("position"), request.slots.get("number")
    if isinstance(place, tuple):
        place = place[0]
    if place is None:
        for name in ("track", "artist", "album"):
            value = request.slots.get(name)
            if isinstance(value, str) and is_position(value):
                return position_of(fold(value).split())
    if number is None and (amount := _ONLY_AMOUNT.search(fold(request.text))):
        number = NUMBERS.get(amount[1]) or (int(amount[1]) if amount[1].isdigit() else None)
    return place, number if isinstance(number, int) and request.intent != "rate" else None


def every(request: Request) -> list[Position]:
    """Every place that is pointed at: "the first and the third"."""
    place, number = position(request)
    ordinals = _ORDINAL.findall(fold(request.text)) if isinstance(place, int) and place > 0 else []
    if len(ordinals) > 1:
        return [position_of([ordinal, "one"]) for ordinal in ordinals]
    return [] if place in (None, "this") else [(place, number)]


def at(entries: Sequence[Entry], place: str | int, number: int | None, what: str) -> list[Entry]:
    """Entries at a place counted from 1, from the end where negative, or first or last."""
    if place == "last":
        chosen = list(entries[-(number or 1) :])
    elif place in ("first", "top"):
        chosen = list(entries[: number or 1])
    else:
        index = int(place) - 1 if int(place) > 0 else int(place)
        chosen = list(entries[index : index + 1] if index != -1 else entries[-1:])
    if not chosen:
        raise UnclearError(f"there is no such place: {what} holds {count(len(entries), 'song')}")
    return chosen
