"""tracks.csv: trackId, and any further columns of numbers or text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from musicrec_core.app.exchange.csv.numbers import fitted, is_number, number, with_points
from musicrec_core.app.exchange.csv.problems import TableProblem, TableProblems
from musicrec_core.app.exchange.csv.sheet import Sheet, SheetRow
from musicrec_core.errors import TableError
from musicrec_core.folding import composed
from musicrec_core.records import FloatArray

MOSTLY_NUMBERS = 0.9  # a column with this share of numbers is one with some bad cells


@dataclass(frozen=True, slots=True)
class TrackTable:
    """Tracks with their columns, whose names are in lower case.

    numbers: float32 [n, k], NaN where a cell is empty, not a number, or not finite.
    texts: one list of n cells a text column, spelled as in the file.
    """

    ids: tuple[str, ...]
    number_names: tuple[str, ...]
    numbers: FloatArray
    texts: dict[str, list[str]]
    notes: tuple[str, ...]
    problems: tuple[TableProblem, ...]


def track_ids(path: Path) -> tuple[set[str], tuple[TableProblem, ...]]:
    """Only the ids of tracks.csv, their letters composed, and what is odd about its rows."""
    sheet = Sheet(path, ("trackId",))
    return {composed(name) for name in _rows(sheet)}, sheet.problems.all()


def read_tracks(path: Path) -> TrackTable:
    """The whole of tracks.csv."""
    sheet = Sheet(path, ("trackId",))
    rows = _rows(sheet)
    lines = [row.line for row in rows.values()]
    numbers: dict[str, FloatArray] = {}
    texts: dict[str, list[str]] = {}
    notes: list[str] = []
    for place, name in enumerate(sheet.header):
        if place == sheet.place("trackId") or not name:
            continue
        cells = with_points([row.cells[place] for row in rows.values()])
        if _is_numeric(cells):
            numbers[name.casefold()] = _numbers(name, cells, lines, sheet.problems)
        elif any(cell.strip() for cell in cells):
            texts[name.casefold()] = cells
        notes += _said_of(name, cells, name.casefold() in texts, path)
    nothing = np.zeros((len(rows), 0), dtype=np.float32)
    return TrackTable(
        ids=tuple(rows),
        number_names=tuple(numbers),
        numbers=np.stack(list(numbers.values()), axis=1) if numbers else nothing,
        texts=texts,
        notes=tuple(notes),
        problems=sheet.problems.all(),
    )


def _rows(sheet: Sheet) -> dict[str, SheetRow]:
    """The first row of each trackId."""
    at = sheet.place("trackId")
    assert at is not None  # the sheet was asked to have it
    rows: dict[str, SheetRow] = {}
    for row in sheet.rows():
        name = row.cells[at]
        if not name.strip():
            sheet.problems.add("track", row.line, "trackId is empty")
        elif name in rows:
            above = f"{name!r} stands in line {rows[name].line} already"
            sheet.problems.add("repeated track", row.line, above)
        else:
            sheet.taken(row)
            rows[name] = row
    if not rows:
        raise TableError(f"{sheet.path} has no tracks")
    return rows


def _is_numeric(cells: list[str]) -> bool:
    filled = [cell for cell in cells if cell.strip()]
    return bool(filled) and sum(map(is_number, filled)) >= MOSTLY_NUMBERS * len(filled)


def _numbers(name: str, cells: list[str], lines: list[int], problems: TableProblems) -> FloatArray:
    values = fitted([number(cell) for cell in cells])
    for i in np.flatnonzero(np.isnan(values)).tolist():
        cell = cells[i].strip()
        if cell and is_number(cell):
            problems.add("not finite", lines[i], f"{cell!r} is not a finite number", name)
        elif cell:
            problems.add("not a number", lines[i], f"{cell!r} is not a number", name)
    return values


def _said_of(name: str, cells: list[str], as_text: bool, path: Path) -> list[str]:
    """What a column as a whole cannot say."""
    filled = {cell.strip() for cell in cells} - {""}
    if not filled:
        return [f"{path}: column {name} is empty"]
    if len(filled) == 1 and len(cells) > 1:
        only = filled.pop()
        return [f"{path}: column {name} is {only!r} wherever it is told, so it says nothing"]
    numbers = sum(map(is_number, filled))
    if as_text and 2 * numbers > len(filled):
        return [f"{path}: column {name} is read as text, for too many of its cells are no numbers"]
    return []
