"""A grid as characters: letters where songs are few, braille dots where they are many.

A kind is told by its letter, its colour only helps: a letter stands for the songs of a cell, small
for one and large for several; between dots, letters are strewn so that each region names itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from musicrec_tui.screens.explore.grid import Cell, MapGrid

COLOURS = 6
SPARSE = 0.3
"""Share of a grid's cells that may hold songs before letters give way to dots."""
STREWN = (9, 3)  # between dots, a letter each so many columns and rows
BRAILLE = 0x2800
CURSOR, LIKED, DISLIKED, PATH, PLAYING = "cursor", "liked", "disliked", "path", "playing"
NONE = "·"


@dataclass(frozen=True, slots=True)
class Ink:
    """A character and its role: the colour of a kind, `full` where many songs lie."""

    character: str
    role: str
    full: bool = False


def letter(kind: int) -> str:
    """What a kind is called by on the map; a dot where a song is of none."""
    return chr(ord("A") + (kind - 1) % 26) if kind > 0 else NONE


def colour(kind: int) -> str:
    """The role whose colour a kind has; several share one, their letters differ."""
    return f"kind{(kind - 1) % COLOURS}" if kind > 0 else "none"


def drawn(grid: MapGrid) -> list[list[Ink | None]]:
    """What stands in each cell, row by row; None where there is no song."""
    filled = grid.counts > 0
    sparse = filled.mean() <= SPARSE if filled.size else True
    many = float(np.quantile(grid.counts[filled], 0.75)) if filled.any() else 0.0
    blank: list[list[Ink | None]] = [[None] * grid.columns for _ in range(grid.rows)]
    for row, column in np.argwhere(filled).tolist():
        count, kind = int(grid.counts[row, column]), int(grid.kinds[row, column])
        named = sparse or (column % STREWN[0] == 0 and row % STREWN[1] == 0)
        if named:
            text = letter(kind) if count > 1 or not sparse else letter(kind).lower()
        else:
            text = chr(BRAILLE + int(grid.dots[row, column]))
        blank[row][column] = Ink(text, colour(kind), count > many)
    return blank


def path_cells(stops: list[Cell]) -> dict[Cell, Ink]:
    """A journey: its songs by number, and dots on the way from each to the next."""
    cells: dict[Cell, Ink] = {}
    for start, end in pairwise(stops):
        steps = max(abs(end[0] - start[0]), abs(end[1] - start[1]), 1)
        for i in range(1, steps):
            column = round(start[0] + (end[0] - start[0]) * i / steps)
            row = round(start[1] + (end[1] - start[1]) * i / steps)
            cells[column, row] = Ink("•", PATH)
    numbers = "123456789abcdefghijklmnopqrstuvwxyz"
    numbered = {stop: Ink(numbers[i % len(numbers)], PATH, True) for i, stop in enumerate(stops)}
    return cells | numbered


def marks(cells: Mapping[Cell, str]) -> dict[Cell, Ink]:
    """What was said of songs, and what plays, by cell."""
    signs = {LIKED: "♥", DISLIKED: "✗", PLAYING: "▶"}
    return {cell: Ink(signs[role], role, True) for cell, role in cells.items()}
