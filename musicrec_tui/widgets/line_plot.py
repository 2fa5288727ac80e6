"""Lines over a few rows of text in braille dots; the second line is dashed, told without colour."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

BITS = ((1, 2, 4, 64), (8, 16, 32, 128))
BRAILLE = 0x2800
DASH = 3  # dots drawn, then as many left out
LABEL = 6  # cells for the values at the left


def line_plot(
    lines: Sequence[Sequence[float]], width: int, height: int, digits: int = 3
) -> list[str]:
    """`height` rows of `width` cells, the highest and the lowest value at their left.

    All lines have the same number of values, at least one. digits: of a value behind the point.
    """
    values = [value for line in lines for value in line]
    low, high = min(values), max(values)
    spread = (high - low) or 1.0
    across, down = max(width - LABEL - 1, 2) * 2, height * 4
    dots: set[tuple[int, int]] = set()
    for number, line in enumerate(lines):
        points = [
            (
                round(i * (across - 1) / max(len(line) - 1, 1)),
                round((high - value) / spread * (down - 1)),
            )
            for i, value in enumerate(line)
        ]
        drawn = _joined(points)
        dots.update(p for i, p in enumerate(drawn) if not number or i // DASH % 2 == 0)
    rows = [_row(dots, row, across // 2) for row in range(height)]
    labels = {0: f"{high:.{digits}f}", height - 1: f"{low:.{digits}f}"}
    return [f"{labels.get(i, ''):>{LABEL}} {row}" for i, row in enumerate(rows)]


def _joined(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Every dot on the way from point to point."""
    dots = [points[0]]
    for (x, y), (to_x, to_y) in pairwise(points):
        steps = max(abs(to_x - x), abs(to_y - y), 1)
        dots += [
            (x + round((to_x - x) * i / steps), y + round((to_y - y) * i / steps))
            for i in range(1, steps + 1)
        ]
    return dots


def _row(dots: set[tuple[int, int]], row: int, columns: int) -> str:
    cells = []
    for column in range(columns):
        bits = sum(
            BITS[x][y] for x in range(2) for y in range(4) if (column * 2 + x, row * 4 + y) in dots
        )
        cells.append(chr(BRAILLE + bits) if bits else " ")
    return "".join(cells)
