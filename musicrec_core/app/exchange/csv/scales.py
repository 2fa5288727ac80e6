"""Which scale the ratings of a table are on, and what they are from 1 to 5."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

STARS = 5.0
SCALES = (10.0, 100.0, 255.0)
"""What other programs count to beside five stars: points, per cent, and the byte of ID3."""
SHARE_ABOVE = 0.1  # of the ratings must be above five before a table is on a longer scale
SHARE_WITHIN = 0.95  # of the ratings must fit a scale; single larger ones are slips

_SHARE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(?:/\s*(\d+)|(%)|stars?)", re.IGNORECASE)
_DRAWN = re.compile(r"([\u2605\u2b50\u272d*]+)(\u00bd?)[\u2606\s]*")


def stated(text: str) -> float | None:
    """Stars of a rating that says its own scale: "4/5", "80%", "4 stars", "***"."""
    drawn = _DRAWN.fullmatch(text)
    if drawn:
        return min(len(drawn[1]) + 0.5 * bool(drawn[2]), STARS)
    share = _SHARE.fullmatch(text)
    if share is None:
        return None
    whole = float(share[2] or (100 if share[3] else STARS))
    value = float(share[1].replace(",", "."))
    return max(1.0, STARS * value / whole) if 0 < value <= whole else None


def recognised(values: NDArray[np.float64]) -> float:
    """The scale of a table's ratings (NaN among them for none): 5 unless they tell otherwise."""
    positive = values[np.isfinite(values) & (values > 0)]
    if not len(positive):
        return STARS
    if positive.max() <= 1 and np.any(positive < 1) and len(np.unique(positive)) > 1:
        return 1.0
    if np.mean(positive > STARS) < SHARE_ABOVE:
        return STARS
    most = float(np.quantile(positive, SHARE_WITHIN, method="higher"))
    return next((scale for scale in SCALES if most <= scale), STARS)


def as_stars(values: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    """From 1 to 5; NaN where a value is not above 0 and up to `scale`.

    Zero means unrated to every program that counts so. Half a star is the least that others give,
    one star is ours.
    """
    with np.errstate(invalid="ignore"):
        within = (values > 0) & (values <= scale)
        stars = np.clip(STARS * values / scale, 1.0, STARS)
    rated: NDArray[np.float64] = np.where(within, stars, np.nan)
    return rated


def scale_note(path: object, scale: float) -> str:
    """What is said of a table on another scale than stars."""
    return (
        f"{path}: its ratings go up to {scale:g}, so they are read as parts of {scale:g} "
        f"(--scale N says it otherwise, --scale 5 for stars)"
    )
