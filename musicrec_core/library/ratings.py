"""Ratings that other players left in files, brought to one scale of 1 to 5 stars.

Half stars are kept. None means unrated: every player that writes a zero means that by it.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence

# What players write into POPM. Windows Media Player, foobar2000, MediaMonkey and MusicBee share
# the five whole steps, the latter two the half steps; Picard writes multiples of 51.
_POPM_WRITTEN = {
    1: 1.0, 64: 2.0, 128: 3.0, 196: 4.0, 255: 5.0,
    13: 1.0, 54: 1.5, 118: 2.5, 186: 3.5, 242: 4.5,
    51: 1.0, 102: 2.0, 153: 3.0, 204: 4.0,
}  # fmt: skip
# Any other number is read as Windows Media Player reads it: 1-31, 32-95, 96-159, 160-223, 224-255.
_POPM_BORDERS = (32, 96, 160, 224)
_WINDOWS_BORDERS = (13, 38, 63, 87)  # WM/SharedUserRating writes 1, 25, 50, 75, 99


PERCENT, HALF_STARS, STARS, FRACTION, POPM = 100.0, 10.0, 5.0, 1.0, 255.0
SCALE_NAMES = {
    FRACTION: "fractions of 1", STARS: "stars, 1 to 5", HALF_STARS: "half stars, 1 to 10",
    PERCENT: "percent, 1 to 100", POPM: "steps, 1 to 255",
}  # fmt: skip
RARE = 0.01
"""A share of ratings beyond a scale that another program may have left, or a mistake."""


def rating(values: Mapping[str, Sequence[str]]) -> float | None:
    """The first rating found of those with a scale of their own, 1 to 5 stars.

    `values` are tags brought to their common names. FMPS_RATING goes first, as it is the only one
    with a definition (0 to 1).
    """
    for key, scale in _SCALES.items():
        for value in values.get(key, ()):
            stars_read = scale(_number(value))
            if stars_read is not None:
                return min(max(stars_read, 1.0), 5.0)
    return None


def number(values: Mapping[str, Sequence[str]]) -> float | None:
    """The number in a field called RATING, which no standard defines; None where it is unrated."""
    numbers = (_number(value) for value in values.get("rating", ()))
    return next((value for value in numbers if 0 < value <= POPM), None)


def scale(counts: Mapping[float, int]) -> float:
    """The scale of RATING in a library, from all of its numbers and how often each is there.

    It is the smallest whose top nearly all numbers lie under: 10 is half a star where others say
    60 and 100, and five stars where none is higher.
    """
    every = sum(counts.values())
    for top in (FRACTION, STARS, HALF_STARS, PERCENT):
        if sum(n for value, n in counts.items() if value > top) <= RARE * every:
            break
    else:
        return POPM
    # Where all that is said is 1, it is one star: who writes fractions writes some below it.
    return STARS if top == FRACTION and all(value == 1 for value in counts) else top


def stars(value: float, top: float) -> float:
    """1 to 5 stars of a RATING in a library of this scale; beyond it, its size tells."""
    if value > top:
        top = next(larger for larger in (STARS, HALF_STARS, PERCENT, POPM) if value <= larger)
    stars_read = _popm(value) or 1.0 if top == POPM else value / top * 5
    return min(max(stars_read, 1.0), 5.0)


def _number(value: str) -> float:
    try:
        number = float(value.strip().replace(",", "."))
    except ValueError:
        return 0.0
    return number if math.isfinite(number) else 0.0


def _fraction(value: float) -> float | None:
    return 5 * value if 0 < value <= 1 else None


def _popm(value: float) -> float | None:
    if not 0 < value <= 255:
        return None
    return _POPM_WRITTEN.get(round(value), 1.0 + bisect_right(_POPM_BORDERS, value))


def _windows(value: float) -> float | None:
    return 1.0 + bisect_right(_WINDOWS_BORDERS, value) if 0 < value <= 100 else None


_SCALES: Mapping[str, Callable[[float], float | None]] = {
    "fmps_rating": _fraction,
    "rating:": _fraction,  # "rating:" and an address, as Picard and Quod Libet write it
    "popm": _popm,
    "shared_user_rating": _windows,
}
RATING_KEYS = frozenset((*_SCALES, "rating"))
