"""Times in cells, as exports, players and spreadsheets write them."""

from __future__ import annotations

import math
import re
from array import array
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
from numpy.typing import NDArray

from musicrec_core.app.exchange.csv.numbers import number

FINER_UNITS = ((1e17, 1e9), (1e14, 1e6), (1e11, 1e3))
"""From which size on a number of seconds (1e11 is the year 5138) must be one of ns, us or ms."""
SERIAL_FROM, SERIAL_BELOW = 20_000, 80_000  # days since 1899-12-30: from 1954 to 2119
DAY_S = 86_400
_EXCEL_ZERO = datetime(1899, 12, 30, tzinfo=UTC).timestamp()
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_ZONE = re.compile(r"\s*(?:UTC|GMT|Z)?\s*(?:([+-])(\d\d):?(\d\d))?$", re.IGNORECASE)
_CLOCK = re.compile(
    r"(\d{1,2}):(\d\d)(?::(\d\d(?:[.,]\d+)?))?\s*([ap])?\.?(?:m\.?)?$", re.IGNORECASE
)
_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$")
_YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$")
_DAY_NAME = re.compile(r"^[a-z]{3,9},?\s+(?=\d)", re.IGNORECASE)
_DAY_MONTH = re.compile(r"(\d{1,2})[\s-]+([a-z]{3,9})\.?,?[\s-]+(\d{4})$", re.IGNORECASE)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})$", re.IGNORECASE)


class TimeColumn:
    """Takes the cells of one column, and decides from all of them what they mean.

    Whether 05/01/2023 begins with a day or a month is told by the dates that can be read in one
    way only; where there is none, it is a day. Numbers that all lie in the range of a
    spreadsheet's days are such days.
    """

    def __init__(self) -> None:
        self._day_first, self._month_first = array("d"), array("d")
        self._numeric = array("b")
        self._days, self._months = 0, 0

    def take(self, cell: str) -> bool:
        """One more cell; false where it is filled and no time."""
        text = cell.strip()
        value = number(text.replace(",", ".", 1))
        if not text or math.isfinite(value):
            self._keep(value, value, numeric=math.isfinite(value))
            return True
        day, month = _read(text)
        is_date = not (math.isnan(day) and math.isnan(month))
        if is_date:
            self._days += math.isnan(month)
            self._months += math.isnan(day)
        self._keep(day, month, numeric=False)
        return is_date

    def _keep(self, day_first_s: float, month_first_s: float, *, numeric: bool) -> None:
        self._day_first.append(day_first_s)
        self._month_first.append(month_first_s)
        self._numeric.append(numeric)

    def seconds(self) -> NDArray[np.float64]:
        """Seconds since 1970 by cell, NaN where none is told."""
        one, other = np.array(self._day_first), np.array(self._month_first)
        if self._months > self._days:
            one, other = other, one
        times = np.where(np.isnan(one), other, one)
        numeric = np.array(self._numeric, bool)
        times[numeric] = _of_numbers(times[numeric])
        return times


def _of_numbers(values: NDArray[np.float64]) -> NDArray[np.float64]:
    if len(values) and values.min() >= SERIAL_FROM and values.max() < SERIAL_BELOW:
        serials: NDArray[np.float64] = values * DAY_S + _EXCEL_ZERO
        return serials
    divisors = np.ones(len(values))
    for least, divisor in reversed(FINER_UNITS):
        divisors[np.abs(values) > least] = divisor
    seconds: NDArray[np.float64] = values / divisors
    return seconds


def _read(text: str) -> tuple[float, float]:
    """Seconds since 1970 with the day first and with the month first, NaN where it is neither.

    The two are equal where the text is plain. UTC where it says no zone.
    """
    try:
        moment = datetime.fromisoformat(text)
        plain = (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        pass
    else:
        return plain, plain
    text, zone = _without_zone(text)
    text, clock = _without_clock(text)
    if clock is None:
        return math.nan, math.nan
    day_first, month_first = (_moment(date, clock, zone) for date in _dates(text))
    return day_first, month_first


def _without_zone(text: str) -> tuple[str, timezone]:
    match = _ZONE.search(text)
    if not match or not match[0].strip() or (match[1] and ":" not in text[: match.start()]):
        return text, UTC  # the end of 05-01-2023 is no zone
    if not match[1]:
        return text[: match.start()], UTC
    offset = timedelta(hours=int(match[2]), minutes=int(match[3]))
    if offset >= timedelta(days=1):
        return text, UTC
    return text[: match.start()], timezone(offset if match[1] == "+" else -offset)


def _without_clock(text: str) -> tuple[str, timedelta | None]:
    """The date in front of a time of day, and that time; None where it is none."""
    match = _CLOCK.search(text)
    if not match:
        return text.strip(), timedelta() if ":" not in text else None
    hours, minutes = int(match[1]), int(match[2])
    if match[4]:
        hours = hours % 12 + 12 * (match[4].lower() == "p")
    seconds = float((match[3] or "0").replace(",", "."))
    clock = timedelta(hours=hours, minutes=minutes, seconds=seconds)
    date = text[: match.start()].strip().rstrip(",T").strip()
    return date, clock if hours < 24 and minutes < 60 and seconds < 61 else None


def _dates(text: str) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """(year, month, day) with the day first, and with the month first; zeros where it is none."""
    if match := _YEAR_FIRST.match(text):
        plain = (int(match[1]), int(match[2]), int(match[3]))
        return plain, plain
    if match := _YEAR_LAST.match(text):
        one, two, year = int(match[1]), int(match[2]), int(match[3])
        return (year, two, one), (year, one, two)
    if match := _MONTH_DAY.match(text):
        plain = (int(match[3]), _month(match[1]), int(match[2]))
        return plain, plain
    if match := _DAY_MONTH.match(_DAY_NAME.sub("", text)):
        plain = (int(match[3]), _month(match[2]), int(match[1]))
        return plain, plain
    return (0, 0, 0), (0, 0, 0)


def _month(name: str) -> int:
    short = name[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _moment(date: tuple[int, int, int], clock: timedelta, zone: timezone) -> float:
    try:
        return (datetime(*date, tzinfo=zone) + clock).timestamp()
    except (ValueError, OverflowError):
        return math.nan
