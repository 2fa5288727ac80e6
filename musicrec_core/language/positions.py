"""Numbers, positions and references in a request: "the last two", "track four", "that one"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from musicrec_core.language.features import NUMBERS

_ORDINALS = {
    word: i + 1
    for i, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
        ]
    )
}
_THING = r"(?:one|song|track|tune|number|record|item|piece|album|ones|songs|tracks|tunes)"
_NUMBER = rf"(?:\d+|{'|'.join(w for w in NUMBERS if ' ' not in w)})"
_MANY = rf"(?:\d+|{'|'.join(w for w, n in NUMBERS.items() if n > 1 and ' ' not in w)})"
_ORDINAL = rf"(?:{'|'.join(_ORDINALS)}|\d+(?:st|nd|rd|th))"
_END = re.compile(rf"\b(?P<end>last|first|final|top|bottom) (?P<n>{_MANY}|couple)\b")
_AT_END = re.compile(rf"\b(?P<end>last|final|bottom|top|newest) (?:{_THING}\b|$)")
_NTH = re.compile(rf"\b(?P<nth>{_ORDINAL})(?: (?P<last>to last|from last|last))?(?: {_THING})?\b")
_COUNTED = re.compile(rf"\b(?:track|number|song|no) (?P<n>{_NUMBER})\b")
_PREVIOUS = re.compile(r"\b(?:previous|one before|song before|track before)\b")
_THIS = re.compile(rf"\b(?:this|that|current)(?: {_THING})?\b|\bit\b|\bwhats playing\b")
_COUNT = re.compile(
    rf"\b(?P<n>{_NUMBER}|a couple of|a few) (?:\w+ ){{0,2}}?(?:songs|tracks|tunes|numbers)\b"
)
_PLACE = re.compile(
    rf"(?:the |number |track |song |no ){{0,2}}(?:(?:{_ORDINAL}|last|final|top|bottom|previous)\b"
    rf"(?: (?:{_NUMBER}|couple|{_THING}))?|(?<=\w ){_NUMBER}\b)"
    r"(?:$| (?:please|in|into|from|on|of|off|here|is|was|and|but|to|,))"
)
_RATING = re.compile(
    rf"(?P<n>\d+(?:\.\d)?|{_NUMBER})(?P<half> and a half)?"
    r"(?: ?(?:out of|/|of) ?(?P<top>five|ten|5|10))?"
    r"(?: stars?)?"
)
_SLASHED = re.compile(r"(\d+)/(5|10)\b")
_FULL = re.compile(r"\b(?:full|top) marks\b")


def position_of(low: Sequence[str]) -> tuple[str | int | None, int | None]:
    """A position (from 1, or "last", "first", "previous", "this") and how many, where said."""
    text = " ".join(low)
    if m := _END.search(text):
        end = {"final": "last", "bottom": "last", "top": "first"}.get(m["end"], m["end"])
        return end, 2 if m["n"] == "couple" else _number(m["n"])
    if m := _COUNTED.search(text):
        return _number(m["n"]), None
    if m := _NTH.search(text):
        nth = _ORDINALS.get(m["nth"]) or int(re.sub(r"\D", "", m["nth"])[:6])
        return (-nth if m["last"] else nth), None
    if _PREVIOUS.search(text):
        return "previous", None
    if _AT_END.search(text):
        return "first" if re.search(r"\btop (?:one|song)", text) else "last", None
    if m := _COUNT.search(text):
        few = {"a couple of": 2, "a few": 3}
        return None, few.get(m["n"]) or _number(m["n"])
    return ("this" if _THIS.search(text) else None), None


def points_at(low: Sequence[str]) -> bool:
    """Whether these words begin with a place in a list, "the second one", and not with a name."""
    return _PLACE.match(" ".join(low)) is not None


def rating_of(low: Sequence[str]) -> int | None:
    """The stars, 1 to 5, that were said last; marks out of ten are halved."""
    text = " ".join(low)
    if _FULL.search(text):
        return 5
    stars_of_top = None
    for m in _SLASHED.finditer(text):
        stars_of_top = (float(m[1]), m[2])
    if stars_of_top is None:
        for m in _RATING.finditer(text):
            if m["n"] == "one" and not re.search(r"one (?:star|out)", text[m.start() :]):
                continue
            stars_of_top = (_number(m["n"]) + (0.5 if m["half"] else 0), m["top"] or "")
    if stars_of_top is None:
        return None
    stars, top = stars_of_top
    of_ten = top in ("ten", "10") or stars > 5
    return max(1, min(5, round(stars / 2 + 0.01 if of_ten else stars + 0.01)))


def _number(word: str) -> int:
    return NUMBERS[word] if word in NUMBERS else min(int(float(word)), 999_999)
