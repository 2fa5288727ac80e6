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


def rating(values: Mapping[str, Sequence[str]]) -> float | None:
    """The first rating found, 1 to 5, in tags brought to their common names.

    FMPS_RATING goes first, as it is the only one with a definition (0 to 1).
    """
    for key, scale in _SCALES.items():
        for value in values.get(key, ()):
            stars = scale(_number(value))
            if stars is not None:
                return min(max(stars, 1.0), 5.0)
    return None


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


def _plain(value: float) -> float | None:
    """A field called RATING, which no standard defines; its size tells the scale.

    Below 1 a fraction, to 5 stars (so 1 is one star), to 10 half stars, to 100 percent, above
    that POPM's steps.
    """
    for limit, stars_per_unit in ((5, 1.0), (10, 0.5), (100, 0.05)):
        if 1 <= value <= limit:
            return value * stars_per_unit
    return _fraction(value) if value < 1 else _popm(value)


_SCALES: Mapping[str, Callable[[float], float | None]] = {
    "fmps_rating": _fraction,
    "rating:": _fraction,  # "rating:" and an address, as Picard and Quod Libet write it
    "popm": _popm,
    "shared_user_rating": _windows,
    "rating": _plain,
}
