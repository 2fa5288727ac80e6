"""The colour that a cover lends to what plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.color import Color

if TYPE_CHECKING:
    from PIL.Image import Image

SAMPLED = (48, 48)  # pixels
COLOURS = 12
LEAST_SATURATION = 0.25
LEAST_CONTRAST = 4.5  # WCAG's for text
STEP = 0.06


def accent(picture: Image, background: Color) -> Color | None:
    """The most telling colour of a picture, to be read on a background; None for a grey one."""
    small = picture.copy()
    small.thumbnail(SAMPLED)
    counts = small.quantize(COLOURS).convert("RGB").getcolors() or []
    best, weight = None, 0.0
    for count, parts in counts:
        if not isinstance(parts, tuple):
            continue
        color = Color(parts[0], parts[1], parts[2])
        saturation = color.hsl.s * (1 - abs(2 * color.hsl.l - 1))  # black and white have none
        if saturation >= LEAST_SATURATION and count * saturation > weight:
            best, weight = color, count * saturation
    return None if best is None else readable(best, background)


def readable(color: Color, background: Color) -> Color:
    """The same hue, lighter or darker until it can be read there."""
    away = Color(255, 255, 255) if luminance(background) < 0.4 else Color(0, 0, 0)
    blended, share = color, 0.0
    while contrast(blended, background) < LEAST_CONTRAST and share < 1.0:
        share += STEP
        blended = color.blend(away, min(share, 1.0))
    return blended


def contrast(one: Color, other: Color) -> float:
    """WCAG's ratio, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(color: Color) -> float:
    """WCAG's relative luminance, from 0 to 1."""
    parts = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in color.normalized)
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True))
