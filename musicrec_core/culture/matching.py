"""Whether two names mean the same thing: what a library asks for, and what a service answers."""

from __future__ import annotations

import re
from functools import lru_cache

from musicrec_core.culture.hygiene import fold
from musicrec_core.names import artist_key, is_nobody

CLOSE_SPELLING = 0.87  # as for tags: a slip of one or two letters in a name of average length
MIN_LETTERS = 6  # shorter names differ by too little: "Muse" is not "Mush"

# What says of which pressing a song is, not which song: never "live", "remix" or "acoustic".
_EDITION = (
    r"(?:\d{4}\s+)?(?:digital(?:ly)?\s+)?(?:re-?master(?:ed)?|re-?issue|deluxe|expanded|special"
    r"|limited|anniversary|bonus|explicit|clean|mono|stereo|album|single|original|radio)\b"
    r"(?:[\s/,]+(?:re-?master(?:ed)?|edition|version|track|tracks|disc|mix|edit|lp|ep|\d{4}))*"
)
_IN_BRACKETS = re.compile(rf"\s*[(\[]\s*(?:\d+th\s+)?{_EDITION}[^)\]]*[)\]]", re.IGNORECASE)
_AFTER_DASH = re.compile(
    rf"\s+[-\u2013]\s+(?:\d+th\s+)?{_EDITION}\s*(?:\d{{4}})?\s*$", re.IGNORECASE
)
_DISC = re.compile(r"[\s(\[,-]+(?:cd|dis[ck])\s*\d{1,2}\b[)\]]?\s*$", re.IGNORECASE)
_FEATURED = re.compile(
    r"\s*[(\[]\s*(?:feat|ft|featuring|with)\b\.?\s[^)\]]*[)\]]|\s+(?:feat|ft|featuring)\b\.?\s.*$",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\s*[;,\x00]\s*|\s+(?:/|&|\+|and|x|vs\.?|with)\s+", re.IGNORECASE)


@lru_cache(maxsize=262144)
def title_key(title: str) -> str:
    """The key under which spellings and pressings of one song or album meet; "" for nothing.

    Case, accents, punctuation, featured artists, "(Remastered 2011)", "[Deluxe Edition]" and
    "CD 2" are folded away; "(Live)" and "(X Remix)" are not, for they are other recordings.
    """
    return _letters(plain_title(title)) or title.strip().casefold()


def plain_title(title: str) -> str:
    """The title without featured artists and pressing, as it is spelled."""
    plain = _AFTER_DASH.sub("", _IN_BRACKETS.sub("", _FEATURED.sub("", title)))
    plain = _DISC.sub("", plain).strip()
    return plain if _letters(plain) else title.strip()


def main_artist(name: str) -> str:
    """The name without featured artists, as it is spelled."""
    return _FEATURED.sub("", name).strip() or name.strip()


def first_artist(name: str) -> str | None:
    """The first of several artists in one name ("A & B", "A; B"); None where it is one."""
    parts = [part for part in _JOINED.split(main_artist(name)) if part.strip()]
    return parts[0].strip() if len(parts) > 1 and not is_nobody(parts[0]) else None


def same_artist(asked: str, answered: str) -> bool:
    """Whether an answer speaks of the artist asked for, allowing for slips in spelling."""
    return _same(artist_key(asked), artist_key(answered))


def same_title(asked: str, answered: str) -> bool:
    """Whether an answer speaks of the song or album asked for; numbers must agree."""
    return _same(title_key(asked), title_key(answered))


def _same(left: str, right: str) -> bool:
    if left == right:
        return True
    if min(len(left), len(right)) < MIN_LETTERS or abs(len(left) - len(right)) > 1:
        return False
    if _numbers(left) != _numbers(right):
        return False
    from rapidfuzz import fuzz

    return float(fuzz.ratio(left, right)) >= 100 * CLOSE_SPELLING


def _numbers(key: str) -> list[str]:
    return re.findall(r"\d+", key)


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text).replace("&", "and"))
