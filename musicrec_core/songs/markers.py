"""What a bracket or the words after a dash say of a recording: which version, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from musicrec_core.songs import marker_words as words


@dataclass(frozen=True, slots=True)
class Marker:
    """The versions that a text marks; none where it only says that this is the plain recording."""

    versions: frozenset[str]


PLAIN = Marker(frozenset())


@lru_cache(maxsize=65536)
def marker(text: str) -> Marker | None:
    """What a text in a bracket or behind a dash marks; None where it belongs to the title.

    text: in plain letters (see `folding.plain_letters`).
    """
    names = {name for name, pattern in words.PATTERNS.items() if pattern.search(text)}
    if "mix" in names:
        names.discard("mix")
        names |= {"remix"} if not words.NO_REMIX.search(text) else set()
    if "karaoke" in names:
        names -= {"cover"} | ({"instrumental"} if text != "instrumental" else set())
    if {"edit", "remix"} <= names and words.NO_EDIT.search(text):
        names.discard("edit")
    if names:
        return Marker(frozenset(names))
    return PLAIN if words.PLAIN.search(text) else None


def bare_marker(plain: str, title: str) -> tuple[int, Marker] | None:
    """A mark at the end of a title without a bracket or dash: its length and what it says."""
    if plain[plain.rfind(" ") + 1 :] not in words.BARE_LAST and " live " not in plain:
        return None
    if title.endswith(" LIVE") and not title.isupper():
        return len(" LIVE"), marker("live") or PLAIN
    match = words.BARE.search(plain)
    if match is None or len(plain) != len(title) or not match.start():
        return None
    marks = marker(match[0].strip())
    return (len(plain) - match.start(), marks) if marks else None
