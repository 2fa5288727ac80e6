"""What stands between artists in one text: some signs surely, some only where more is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from musicrec_core.late_pattern import late_pattern

FEATURED = late_pattern(
    r"[\s(\[\uff08~]+(?:(?:feat\.?|ft\.?|featuring)[\s:]+|(?:feat|ft)\.(?=\S)|f/\s*(?=\S))",
    re.IGNORECASE,
)
_SURE = late_pattern(r"\s*[;\x00\uff1b]\s*|\s*\\\\\s*")
# What may stand between two artists or inside the name of one: believed on evidence only.
_MAYBE = late_pattern(
    r"\s*,\s+(?!(?:the|jr|sr|inc|ltd|ii|iii)\b)(?:&\s+|and\s+)?"
    r"|\s*[\u3001\uff0c\u00d7\uff06\u30fb\uff0f\u2022]\s*"
    r"|\s+(?:&|\+|/|\u00d7|\||\\|x|vs\.?|versus|and|und|et|con|och|og|en|presents?|pres\.?"
    r"|pr\u00e9sente|meets|invites?|starring|(?-i:y|e|i|ja|\u0438))\s+"
    r"|\s+[(\[]?(?:duet with|with|w/|mit|avec)\s+|/",
    re.IGNORECASE,
)
GUEST_FOLLOWS = late_pattern(r"\s+[(\[]?(?:duet with|with|w/|mit|avec|con)\s+", re.IGNORECASE)
_BACKING = late_pattern(r"(?:the|his|her|their|los|las|les|die|os|as)\b", re.IGNORECASE)
AROUND = " ()[]\uff08\uff09~"


def values_of(text: str) -> list[str]:
    """The artists that a text surely separates."""
    return [part for part in _SURE.split(text) if part]


def guests_apart(value: str) -> tuple[str, list[str]]:
    """What stands before "feat.", and each text of guests behind it."""
    whole, *guests = FEATURED.split(value)
    if not guests:
        return whole.strip(), []
    return whole.strip(AROUND), [guest.strip(AROUND) for guest in guests]


@lru_cache(maxsize=65536)
def parts_of(name: str) -> tuple[str, ...]:
    """What stands between the separators of a name; the name alone where one side is empty."""
    parts = tuple(part.strip() for part in _MAYBE.split(name.strip()))
    return parts if all(parts) else (name.strip(),)


def backing_band(parts: Sequence[str]) -> bool:
    """Whether a band stands behind its leader: "The ..." or "his ..." is the second of two."""
    return any(_BACKING.match(part) for part in parts[1:])
