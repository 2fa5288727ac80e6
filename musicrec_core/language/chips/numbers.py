"""Years, decades, lengths and tempos in folded words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from musicrec_core.language.records import ChipKind, Range
from musicrec_core.language.tokens import word_set

WINDOW = 12  # words that one such phrase can have
_WORDS = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen twenty
    """
_VALUES = {word: float(i) for i, word in enumerate(_WORDS.split())}
_VALUES |= {"a": 1.0, "thirty": 30.0, "forty": 40.0, "sixty": 60.0, "ninety": 90.0}
_NUMBER = rf"(?:\d+(?:[.:]\d+)?|(?:{'|'.join(sorted(_VALUES, key=len, reverse=True))})\b)"
_NAMED = {
    "twenties": 20, "thirties": 30, "forties": 40, "fourties": 40, "fifties": 50, "sixties": 60,
    "seventies": 70, "eighties": 80, "nineties": 90, "noughties": 0, "aughts": 0,
    "two thousands": 0,
}  # fmt: skip
_DECADE = rf"(?:(?:19|20)?\d0s|{'|'.join(_NAMED)})"
_YEAR = r"(?:1[89]\d\d|20\d\d)"
_MINUTE = r"(?:minutes?|mins?|m)\b"
_SECOND = r"(?:seconds?|secs?)\b"
_UNDER = (
    r"(?:(?:anything |nothing )?(?:no|not) (?:longer|more|faster) than|under|"
    r"less than|below|shorter than|"
    r"slower than|at most|up to|max|maximum|within|no more than|fewer than)"
)
_OVER = (
    r"(?:over|more than|longer than|above|at least|faster than|min|minimum|no less than|not under)"
)
_ABOUT = r"(?:around|about|roughly|approximately|circa|some|exactly)"
_AMOUNT = re.compile(
    rf"(?:(?P<under>{_UNDER})|(?P<over>{_OVER})|(?P<about>{_ABOUT}))? ?(?P<a>{_NUMBER})"
    rf"(?P<half> and a half)?(?: (?:to|and|-) (?P<b>{_NUMBER}))? ?"
    rf"(?P<unit>{_MINUTE}|{_SECOND}|bpm\b|beats (?:per|a) minute)(?: (?P<s>{_NUMBER}) ?{_SECOND})?"
)
_BETWEEN = re.compile(
    rf"between (?P<a>{_NUMBER}) and (?P<b>{_NUMBER}) "
    rf"(?P<unit>{_MINUTE}|bpm\b|beats (?:per|a) minute)"
)
_CLOCK = re.compile(rf"(?:(?P<under>{_UNDER})|(?P<over>{_OVER})) (?P<a>\d+:\d\d)\b")
_DECADES = re.compile(
    rf"(?P<part>early|mid|middle|late|end of the)? ?(?:the )?(?P<decade>{_DECADE})(?![^ ])"
)
_SPAN = re.compile(
    rf"(?:from|between)? ?(?P<a>{_YEAR}) ?(?:to|until|till|and|through|-|–)? ?(?P<b>{_YEAR})\b"
)
_SHORT_SPAN = re.compile(rf"(?P<a>{_YEAR}) - (?P<b>\d\d)\b")
_BEFORE = re.compile(
    rf"(?:before|pre|prior to|earlier than|older than|until|up to) (?:the )?"
    rf"(?P<x>{_YEAR}|{_DECADE})\b"
)
_AFTER = re.compile(rf"(?:after|post|later than|newer than) (?:the )?(?P<x>{_YEAR}|{_DECADE})\b")
_SINCE = re.compile(
    rf"(?:since|from) (?:the )?(?P<x>{_YEAR}|{_DECADE}) ?(?P<on>on|onwards|onward)?\b"
)
_ONWARDS = re.compile(
    rf"(?:the )?(?P<x>{_YEAR}|{_DECADE}) (?:onwards?|(?:and|or) (?:later|after|newer|beyond|up))\b"
)
_UP_TO = re.compile(
    rf"(?:the )?(?P<x>{_YEAR}|{_DECADE}) (?:backwards?|(?:and|or) (?:earlier|before|older))\b"
)
_ROUND = re.compile(rf"{_ABOUT} (?P<x>{_YEAR})\b")
_ONE_YEAR = re.compile(rf"{_YEAR}(?![^ ])")
_PARTS = {"early": (0, 4), "mid": (3, 7), "middle": (3, 7), "late": (5, 9), "end of the": (7, 9)}


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Words [0, size) of what was given mean a value of a kind."""

    size: int
    kind: ChipKind
    value: str | Range


def number_at(low: Sequence[str], i: int, this_year: int) -> NumberWords | None:
    """The phrase with numbers that begins at word i, if one does."""
    text = " ".join(low[i : i + WINDOW])
    if not (text[:1].isdigit() or text.split(" ", 1)[0] in _STARTS):
        return None
    for reader in (_between, _amount, _clock, _years, _decade, _said_years):
        reading = reader(text, this_year)
        if reading is not None:
            matched, kind, value = reading
            return NumberWords(len(matched.split()), kind, value)
    return None


_STARTS = word_set(
    """
    no not nothing anything under less below shorter slower at up max maximum within fewer
    over more longer above faster min minimum around about roughly approximately circa exactly
    between early mid middle late end the before pre prior earlier older until after post
    later newer since from last this two
    """
) | set(_VALUES) | set(_NAMED)  # fmt: skip

_Found = tuple[str, ChipKind, str | Range] | None


def _value(word: str) -> float:
    if ":" in word:
        minutes, seconds = word.split(":")[:2]
        return int(minutes) + int(seconds) / 60
    return _VALUES[word] if word in _VALUES else float(word[:9])


def _between(text: str, _: int) -> _Found:
    m = _BETWEEN.match(text)
    if m is None:
        return None
    return _range(m.group(), m["unit"], _value(m["a"]), _value(m["b"]))


def _amount(text: str, _: int) -> _Found:
    m = _AMOUNT.match(text)
    if m is None:
        return None
    first = _value(m["a"]) + (0.5 if m["half"] else 0) + (_value(m["s"]) / 60 if m["s"] else 0)
    if m["b"]:
        return _range(m.group(), m["unit"], first, _value(m["b"]))
    if m["under"]:
        return _range(m.group(), m["unit"], None, first)
    if m["over"]:
        return _range(m.group(), m["unit"], first, None)
    slack = 5.0 if m["unit"].startswith("b") else 0.5
    return _range(m.group(), m["unit"], first - slack, first + slack)


def _range(matched: str, unit: str, low: float | None, high: float | None) -> _Found:
    scale, kind = (60.0, "length") if unit.startswith("m") else (1.0, "length")
    if unit.startswith("b"):
        kind = "tempo"
    ends = [None if end is None else round(end * scale) for end in (low, high)]
    return matched, "tempo" if kind == "tempo" else "length", Range(*ends)


def _clock(text: str, _: int) -> _Found:
    m = _CLOCK.match(text)
    if m is None:
        return None
    seconds = round(_value(m["a"]) * 60)
    return m.group(), "length", Range(None, seconds) if m["under"] else Range(seconds, None)


def _years(text: str, _: int) -> _Found:
    if m := _SHORT_SPAN.match(text):
        start = int(m["a"])
        return m.group(), "era", Range(start, start // 100 * 100 + int(m["b"]))
    if m := _SPAN.match(text):
        return m.group(), "era", Range(int(m["a"]), int(m["b"]))
    if m := _BEFORE.match(text):
        return m.group(), "era", Range(None, _first_year(m["x"]) - 1)
    if m := _AFTER.match(text):
        first = _first_year(m["x"])
        return m.group(), "era", Range(first + (1 if m["x"].isdigit() else 10), None)
    if (m := _SINCE.match(text)) and (m["on"] or text.startswith("since")):
        return m.group(), "era", Range(_first_year(m["x"]), None)
    if m := _ONWARDS.match(text):
        return m.group(), "era", Range(_first_year(m["x"]), None)
    if m := _UP_TO.match(text):
        last = _first_year(m["x"]) + (0 if m["x"].isdigit() else 9)
        return m.group(), "era", Range(None, last)
    if m := _ROUND.match(text):
        return m.group(), "era", Range(int(m["x"]) - 1, int(m["x"]) + 1)
    m = _ONE_YEAR.match(text)
    return (m.group(), "year", m.group()) if m else None


def _decade(text: str, _: int) -> _Found:
    m = _DECADES.match(text)
    if m is None:
        return None
    first = _first_year(m["decade"])
    if m["part"]:
        start, end = _PARTS[m["part"]]
        return m.group(), "era", Range(first + start, first + end)
    return m.group(), "era", f"{first}s"


def _first_year(text: str) -> int:
    if text in _NAMED:
        tens = _NAMED[text]
        return (2000 if tens == 0 else 1900) + tens
    digits = int(re.sub(r"\D", "", text))
    if digits >= 1000:
        return digits
    return (2000 if digits < 20 else 1900) + digits


def _said_years(text: str, this_year: int) -> _Found:
    if text.startswith("last year"):
        return "last year", "year", str(this_year - 1)
    if text.startswith("this year"):
        return "this year", "year", str(this_year)
    m = re.match(rf"(?:the )?(?:last|past) (?P<n>{_NUMBER}) years\b", text)
    if m:
        return m.group(), "era", Range(this_year - round(_value(m["n"])), None)
    return None
