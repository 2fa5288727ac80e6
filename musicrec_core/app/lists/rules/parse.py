"""From a text such as `genre:jazz,blues year:1960..1975 -played:-90d` to rules.

Rules stand one after the other, all of them must hold, and a leading `-` turns one round. Values
with a comma between are alternatives; one with spaces stands in quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from math import inf, isfinite
from typing import TypeAlias

from musicrec_core.app.lists.rules.fields import FIELDS, FieldKind, RuleField
from musicrec_core.errors import RuleError
from musicrec_core.folding import fold
from musicrec_core.times import DAY_S

_RULE = re.compile(r"""\s*(-?)([^\s:"]+)(?::((?:"[^"]*"|[^\s"])*))?(?=\s|$)""")
_VALUE = re.compile(r'(?:"[^"]*"|[^,"])+')
_AGO = re.compile(r"-(\d{1,5})([dwmy])")
_DAY = re.compile(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


@dataclass(frozen=True, slots=True)
class Words:
    """A text that a name must hold, or with `=` before it be."""

    text: str
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Between:
    """Numbers from low to high, both included."""

    low: float = -inf
    high: float = inf


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time: `days_ago` before whenever it is asked, or `at_s` seconds since 1970."""

    days_ago: float | None = None
    at_s: float = 0.0

    def seconds(self, now_s: float) -> float:
        """Since 1970."""
        return self.at_s if self.days_ago is None else now_s - self.days_ago * DAY_S


@dataclass(frozen=True, slots=True)
class DateRange:
    """From one point in time to another; None: open."""

    since: Moment | None = None
    until: Moment | None = None


Value: TypeAlias = "Words | Between | DateRange"


@dataclass(frozen=True, slots=True)
class SongRule:
    """One of several that must hold: some value of a field fits, or with `negated` none does."""

    field: str
    values: tuple[Value, ...]
    negated: bool = False


def parse(text: str) -> tuple[SongRule, ...]:
    """Raises RuleError, which says in one line what is wrong and how it would be right."""
    rules: list[SongRule] = []
    at = 0
    while text[at:].strip():
        match = _RULE.match(text, at)
        if match is None:
            raise RuleError(f"cannot read the rules from {text[at:].strip()!r} on: a value with "
                            "spaces stands in \"quotation marks\"")  # fmt: skip
        rules.append(_rule(bool(match[1]), match[2].casefold(), match[3]))
        at = match.end()
    return tuple(rules)


def _rule(negated: bool, name: str, values: str | None) -> SongRule:
    field = FIELDS.get(name)
    if field is None:
        raise _unknown(name)
    if values is None:
        if field.kind != "date":
            raise RuleError(f"{name} alone says nothing: as in {field.example}")
        return SongRule(name, (DateRange(),), negated)
    parts = [part.replace('"', "").strip() for part in _VALUE.findall(values)]
    if not all(parts) or not parts:
        raise RuleError(f"{name}: has no value: as in {field.example}")
    return SongRule(name, tuple(_value(name, field, part) for part in parts), negated)


def _unknown(name: str) -> RuleError:
    near = get_close_matches(name, FIELDS, n=1)
    hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(FIELDS)}"
    return RuleError(f"no rule speaks of {name!r}: {hint}")


def _value(name: str, field: RuleField, text: str) -> Value:
    try:
        return _READERS[field.kind](text)
    except (ValueError, OverflowError, OSError) as error:
        raise RuleError(f"{name}:{text} cannot be read: as in {field.example}") from error


def _words(text: str) -> Words:
    words = text.removeprefix("=").strip()
    if not fold(words):
        raise ValueError(text)
    return Words(words, whole=text.startswith("="))


def _between(text: str, ends: Callable[[str], tuple[float, float]]) -> Between:
    """A range, or a single value; `ends` reads where one begins and ends."""
    low, dots, high = text.partition("..")
    if not dots:
        return Between(*ends(text))
    if not (low or high):
        raise ValueError(text)
    between = Between(ends(low)[0] if low else -inf, ends(high)[1] if high else inf)
    if between.low > between.high:
        raise ValueError(text)
    return between


def _number(text: str) -> tuple[float, float]:
    number = float(text)
    if not isfinite(number):
        raise ValueError(text)
    return number, number


def _year(text: str) -> tuple[float, float]:
    """`1975`, or `1970s` for all ten."""
    if decade := re.fullmatch(r"(\d{3}0)s", text):
        return float(decade[1]), float(decade[1]) + 9
    return _number(text)


def _length_s(text: str) -> tuple[float, float]:
    """`3:30`, or a number of seconds: the whole of the last one."""
    seconds = 0.0
    for part in text.split(":"):
        seconds = 60 * seconds + _number(part)[0]
    return seconds, seconds + 0.999


def _period(text: str) -> DateRange:
    """`-30d`: since then; `2026-05`: in it; `2024..2025-06`, `..-1y`: from one to the other."""
    low, dots, high = text.partition("..")
    if not dots:
        return DateRange(*_moments(text))
    if not (low or high):
        raise ValueError(text)
    since = _moments(low)[0] if low else None
    if not high:
        return DateRange(since)
    start, end = _moments(high)
    return DateRange(since, end or start)


def _moments(text: str) -> tuple[Moment, Moment | None]:
    """When a day, month or year begins and ends; of a time ago, only since when."""
    if match := _AGO.fullmatch(text):
        return Moment(days_ago=float(int(match[1]) * _DAYS[match[2]])), None
    match = _DAY.fullmatch(text)
    if match is None:
        raise ValueError(text)
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    first = date(year, month or 1, day or 1)
    if day:
        last = first + timedelta(days=1)
    elif month:
        last = date(year + month // 12, month % 12 + 1, 1)
    else:
        last = date(year + 1, 1, 1)
    return Moment(at_s=_start_s(first)), Moment(at_s=_start_s(last))


def _start_s(day: date) -> float:
    """When a day begins here."""
    return datetime(day.year, day.month, day.day).timestamp()  # noqa: DTZ001 - local on purpose


_READERS: Mapping[FieldKind, Callable[[str], Value]] = {
    "text": _words,
    "number": lambda text: _between(text, _number),
    "year": lambda text: _between(text, _year),
    "length": lambda text: _between(text, _length_s),
    "date": _period,
}
