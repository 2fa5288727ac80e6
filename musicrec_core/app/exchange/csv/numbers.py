"""Numbers in cells."""

from __future__ import annotations

import math
import re

import numpy as np
from numpy.typing import NDArray

from musicrec_core.records import FloatArray

_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
_THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}")
_TINY, _HUGE = 1e-6, 1e30


def number(text: str) -> float:
    """NaN where the text is no finite number."""
    try:
        value = float(text)
    except ValueError:
        return math.nan
    return value if math.isfinite(value) else math.nan


def is_number(text: str) -> bool:
    """Whether it reads as a number at all, finite or not."""
    try:
        float(text)
    except ValueError:
        return False
    return True


def with_points(cells: list[str]) -> list[str]:
    """Cells of a column with decimal commas, as many countries write them, with points instead.

    Where every comma may as well part thousands, nothing is changed.
    """
    filled = [cell.strip() for cell in cells if cell.strip()]
    commas = [cell for cell in filled if _DECIMAL_COMMA.fullmatch(cell)]
    if 2 * len(commas) <= len(filled) or all(map(_THOUSANDS.fullmatch, commas)):
        return cells
    return [
        cell.replace(",", ".") if _DECIMAL_COMMA.fullmatch(cell.strip()) else cell for cell in cells
    ]


def fitted(values: list[float]) -> FloatArray:
    """As float32, in an order that survives it: times, ids and tiny numbers are moved and scaled.

    Float32 holds seven figures: of seconds since 1970 within a day it would keep next to none.
    """
    wide = np.array(values, np.float64)
    numbers = wide[np.isfinite(wide)]
    largest = float(np.abs(numbers).max(initial=0))
    if not len(numbers) or (_TINY < largest < _HUGE and not _told_apart_less(numbers)):
        narrow: FloatArray = wide.astype(np.float32)
        return narrow
    scaled = wide / largest if largest > 0 else wide
    centred = scaled - np.nanmedian(scaled)
    spread = float(np.nanmax(np.abs(centred)))
    moved: FloatArray = (centred / spread if spread > 0 else centred).astype(np.float32)
    return moved


def _told_apart_less(values: NDArray[np.float64]) -> bool:
    """Whether float32 would make many different values one."""
    return len(np.unique(values.astype(np.float32))) < 0.9 * len(np.unique(values))
