"""Numbers in cells."""

from __future__ import annotations

import math

import numpy as np

LARGEST = float(np.finfo(np.float32).max)


def number(text: str) -> float:
    """NaN where the text is no finite number that float32 holds."""
    try:
        value = float(text)
    except ValueError:
        return math.nan
    return value if math.isfinite(value) and abs(value) < LARGEST else math.nan


def is_number(text: str) -> bool:
    """Whether it reads as a number at all, finite or not."""
    try:
        float(text)
    except ValueError:
        return False
    return True
