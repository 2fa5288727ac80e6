"""A plot with two logarithmic axes as SVG, of lines that each have a few points."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

WIDTH, HEIGHT = 860, 520
LEFT, RIGHT, TOP, BOTTOM = 70, 250, 40, 50
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#777777", "#000000")
"""Told apart by colour-blind readers too (Okabe and Ito, 2008)."""

Points = Sequence[tuple[float, float]]


def write(path: Path, title: str, x_name: str, y_name: str, lines: Mapping[str, Points]) -> None:
    """Draw the lines, each named at its right end; values must be above zero."""
    xs = [x for points in lines.values() for x, _ in points]
    ys = [y for points in lines.values() for _, y in points]
    x_range = _decades(xs)
    y_range = _decades(ys)
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            'font-family="sans-serif" font-size="12">'
        ),
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="22" font-size="15">{escape(title)}</text>',
        (
            f'<text x="{(LEFT + WIDTH - RIGHT) / 2:.0f}" y="{HEIGHT - 12}" '
            f'text-anchor="middle">{escape(x_name)}</text>'
        ),
        (
            f'<text x="16" y="{HEIGHT / 2:.0f}" text-anchor="middle" '
            f'transform="rotate(-90 16 {HEIGHT / 2:.0f})">{escape(y_name)}</text>'
        ),
        *_grid(x_range, y_range),
    ]
    ends = _apart([_place(points[-1], x_range, y_range)[1] for points in lines.values()])
    for i, (name, points) in enumerate(lines.items()):
        colour = COLOURS[i % len(COLOURS)]
        places = [_place(point, x_range, y_range) for point in points]
        way = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(f'<polyline points="{way}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in places]
        parts.append(
            f'<text x="{WIDTH - RIGHT + 12}" y="{ends[i] + 4:.1f}" fill="{colour}">'
            f"{escape(name)}</text>"
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join((*parts, "</svg>")) + "\n", encoding="utf-8")


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return low, max(high, low + 1)


def _place(
    point: tuple[float, float], x_range: tuple[int, int], y_range: tuple[int, int]
) -> tuple[float, float]:
    across = (math.log10(point[0]) - x_range[0]) / (x_range[1] - x_range[0])
    up = (math.log10(point[1]) - y_range[0]) / (y_range[1] - y_range[0])
    return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)


def _grid(x_range: tuple[int, int], y_range: tuple[int, int]) -> list[str]:
    parts = []
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    for power in range(x_range[0], x_range[1] + 1):
        x, _ = _place((10.0**power, 10.0 ** y_range[0]), x_range, y_range)
        parts.append(f'<path d="M{x:.1f} {TOP}V{bottom}" stroke="#ddd"/>')
        parts.append(
            f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{10**power:,}</text>'
        )
    for power in range(y_range[0], y_range[1] + 1):
        _, y = _place((10.0 ** x_range[0], 10.0**power), x_range, y_range)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{right}" stroke="#ddd"/>')
        parts.append(
            f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>'
        )
    return parts


def _apart(heights: list[float], least: float = 15.0) -> list[float]:
    """The same heights, moved so that names do not lie on each other."""
    order = sorted(range(len(heights)), key=heights.__getitem__)
    moved = list(heights)
    for above, below in itertools.pairwise(order):
        moved[below] = max(moved[below], moved[above] + least)
    return moved
