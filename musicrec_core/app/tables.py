"""Tables of tracks and ratings in CSV, in the columns of the public SageMaker music example."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from musicrec_core.errors import TableError
from musicrec_core.records import FloatArray

MOSTLY_NUMBERS = 0.9  # a column with this share of numbers is one with some bad cells
MILLISECONDS_FROM = 1e11  # a time above it (in seconds the year 5138) is in milliseconds
LONGEST_USER = 64
LARGEST = float(np.finfo(np.float32).max)

Row = tuple[int, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Rating:
    """One row of ratings.csv."""

    line: int
    user: str
    track: str
    value: float
    at_s: float | None


@dataclass(frozen=True, slots=True)
class RatingTable:
    """The good rows, and the bad ones as (line, reason)."""

    ratings: tuple[Rating, ...]
    bad: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class TrackTable:
    """Tracks with their columns.

    numbers: float32 [n, k], NaN where a cell is empty, not a number, or not finite.
    texts: one list of n cells a text column, spelled as in the file.
    """

    ids: tuple[str, ...]
    number_names: tuple[str, ...]
    numbers: FloatArray
    texts: dict[str, list[str]]
    notes: tuple[str, ...]


def read_ratings(path: Path) -> RatingTable:
    """Read ratings.csv: userId, trackId, Rating (1 to 5), and ts where there is one."""
    good, bad = [], []
    for line, row in _rows(path, required=("userid", "trackid", "rating")):
        try:
            good.append(_rating(line, row))
        except ValueError as error:
            bad.append((line, str(error)))
    return RatingTable(tuple(good), tuple(bad))


def _rating(line: int, row: dict[str, str]) -> Rating:
    user, track = row["userid"].strip(), row["trackid"]
    if not user or not user.isprintable() or len(user) > LONGEST_USER:
        raise ValueError(f"userId {user!r} is not a name of 1 to {LONGEST_USER} characters")
    if not track:
        raise ValueError("trackId is empty")
    value = _number(row["rating"])
    if not 1 <= value <= 5:  # also refuses NaN
        raise ValueError(f"Rating {row['rating']!r} is not a number from 1 to 5")
    return Rating(line, user, track, value, _time(row.get("ts", "")))


def _time(text: str) -> float | None:
    """Seconds since the epoch from seconds, milliseconds or ISO 8601 (UTC where it says none)."""
    if not text.strip():
        return None
    number = _number(text)
    if math.isfinite(number):
        return number / 1000 if number > MILLISECONDS_FROM else number
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise ValueError(f"ts {text!r} is not a time") from error
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def track_ids(path: Path) -> set[str]:
    """Only the ids of tracks.csv."""
    return {row["trackid"] for _, row in _rows(path, required=("trackid",)) if row["trackid"]}


def read_tracks(path: Path) -> TrackTable:
    """Read tracks.csv: trackId, and any further columns of numbers or text."""
    notes: list[str] = []
    rows: dict[str, dict[str, str]] = {}
    for line, row in _rows(path, required=("trackid",)):
        if not row["trackid"]:
            notes.append(f"{path}, line {line}: left out, trackId is empty")
        elif row["trackid"] in rows:
            notes.append(f"{path}, line {line}: left out, {row['trackid']!r} stands above already")
        else:
            rows[row["trackid"]] = row
    if not rows:
        raise TableError(f"{path} has no tracks")
    columns = {
        name: [row.get(name, "") for row in rows.values()]
        for name in next(iter(rows.values()))
        if name != "trackid"
    }
    numbers: dict[str, FloatArray] = {}
    texts: dict[str, list[str]] = {}
    for name, cells in columns.items():
        values = np.array([_number(cell) for cell in cells], dtype=np.float32)
        filled = sum(bool(cell.strip()) for cell in cells)
        odd = filled - sum(_is_number(cell) for cell in cells)
        if filled and odd <= (1 - MOSTLY_NUMBERS) * filled:
            numbers[name] = values
            if odd:
                notes.append(f"{path}: {odd} cells of {name} are not numbers, taken as unknown")
        elif filled:
            texts[name] = cells
    return TrackTable(
        ids=tuple(rows),
        number_names=tuple(numbers),
        numbers=np.stack(list(numbers.values()), axis=1)
        if numbers
        else np.zeros((len(rows), 0), dtype=np.float32),
        texts=texts,
        notes=tuple(notes),
    )


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _number(text: str) -> float:
    """NaN where the text is no finite number that float32 holds."""
    try:
        value = float(text)
    except ValueError:
        return math.nan
    return value if math.isfinite(value) and abs(value) < LARGEST else math.nan


def _rows(path: Path, required: tuple[str, ...]) -> Iterator[Row]:
    """(line number, cells by lower-cased column name); raises TableError."""
    try:
        with path.open(newline="", encoding="utf-8-sig", errors="surrogateescape") as file:
            first = file.readline()
            file.seek(0)
            delimiter = max(",;\t", key=first.count)
            reader = csv.reader(file, delimiter=delimiter)
            header = [name.strip().casefold() for name in next(reader, [])]
            missing = [name for name in required if name not in header]
            if missing:
                raise TableError(f"{path} has no column {', '.join(missing)}")
            if len(set(header)) != len(header):
                raise TableError(f"{path} names a column twice")
            for cells in reader:
                if cells:
                    padded = cells + [""] * (len(header) - len(cells))
                    yield reader.line_num, dict(zip(header, padded, strict=False))
    except OSError as error:
        raise TableError(f"cannot read {path}: {error.strerror}") from error
    except csv.Error as error:
        raise TableError(f"{path} is not a CSV table: {error}") from error
