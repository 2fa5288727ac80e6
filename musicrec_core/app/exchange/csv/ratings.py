"""ratings.csv: who rated what, when."""

from __future__ import annotations

import math
import re
from array import array
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from musicrec_core.app.exchange.csv import repeats, scales
from musicrec_core.app.exchange.csv.numbers import number
from musicrec_core.app.exchange.csv.problems import RefusedRow, TableProblem
from musicrec_core.app.exchange.csv.sheet import Sheet, SheetRow
from musicrec_core.app.exchange.csv.times import TimeColumn
from musicrec_core.app.results import OnProgress
from musicrec_core.errors import TableError
from musicrec_core.folding import composed
from musicrec_core.records import IntArray, Progress

LONGEST_USER = 64
REPORT_EVERY = 10_000
_DECIMAL_COMMA = re.compile(r"^([+-]?\d+),(\d+)$")


@dataclass(frozen=True, slots=True, repr=False)
class RatingTable:
    """The r good rows of a file as they stand in it, and what was odd.

    user_ids, track_ids: names by code. users, tracks: int64 [r] codes. values: float64 [r], 1 to
    5. times_s: float64 [r], NaN where none is told. lines: int64 [r]. left_out: the (line, reason)
    of every row that could not be taken.
    """

    user_ids: tuple[str, ...]
    track_ids: tuple[str, ...]
    users: IntArray
    tracks: IntArray
    values: NDArray[np.float64]
    times_s: NDArray[np.float64]
    lines: IntArray
    problems: tuple[TableProblem, ...]
    left_out: tuple[tuple[int, str], ...]
    scale: float = scales.STARS
    """What the ratings were out of in the file."""
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.values)

    def latest(self) -> IntArray:
        """Int64, rising: of each user's ratings of a track the row that counts.

        The latest by time, among equal ones the last in the file; none is later than no time.
        """
        times = np.nan_to_num(self.times_s, nan=np.inf)
        order = np.lexsort((self.lines, times))
        pairs = (self.users * len(self.track_ids) + self.tracks)[order]
        _, last = np.unique(pairs[::-1], return_index=True)
        rows: IntArray = np.sort(order[len(order) - 1 - last])
        return rows


def read_ratings(
    path: Path, progress: OnProgress | None = None, scale: float | None = None
) -> RatingTable:
    """Read userId, trackId, Rating, and ts and ratingEventId where there are such.

    scale: what the ratings are out of; None to tell it from all of them.
    """
    sheet = Sheet(path, ("userId", "trackId", "Rating"))
    reader = _RatingReader(sheet)
    for row in sheet.rows():
        reader.take(row)
        if progress and reader.rows % REPORT_EVERY == 0:
            progress(Progress("reading ratings", reader.rows, 0))
    if not reader.rows:
        raise TableError(f"{path} has a header and no row below it")
    return reader.table(scale)


class _RatingReader:
    """Takes rows one by one into columns, which need a tenth of the memory of rows."""

    def __init__(self, sheet: Sheet) -> None:
        self.rows = 0
        self._sheet, self._problems = sheet, sheet.problems
        self._places = [sheet.place(n) for n in ("userId", "trackId", "Rating", "ts")]
        self._event = sheet.place("ratingEventId")
        self._users: dict[str, int] = {}
        self._tracks: dict[str, int] = {}
        self._track_names: list[str] = []
        self._codes, self._values, self._stars = array("q"), array("d"), array("d")
        self._times = TimeColumn()
        self._odd_times: list[tuple[int, str]] = []

    def take(self, row: SheetRow) -> None:
        """One row, or what is wrong with it."""
        self.rows += 1
        try:
            user, track, value, stars, time = self._read(row.cells)
        except RefusedRow as refused:
            self._problems.add(refused.kind, row.line, str(refused))
            return
        self._sheet.taken(row)
        if not self._times.take(time):
            self._odd_times.append((row.line, time))
        event = row.cells[self._event].strip() if self._event is not None else ""
        self._codes.extend((
            self._users.setdefault(composed(user), len(self._users)),
            self._track(track),
            row.line,
            hash(event) if event else 0,
        ))  # fmt: skip
        self._values.append(value)
        self._stars.append(stars)

    def _track(self, name: str) -> int:
        """The code of a track; a name whose letters are composed in another way is the same."""
        code = self._tracks.setdefault(composed(name), len(self._tracks))
        if code == len(self._track_names):
            self._track_names.append(name)
        return code

    def _read(self, cells: list[str]) -> tuple[str, str, float, float, str]:
        """User, track, the number of the rating or its stars (the other is NaN), time."""
        user, track, rating, time = (
            cells[place] if place is not None else "" for place in self._places
        )
        user = user.strip()
        if not user or not user.isprintable() or len(user) > LONGEST_USER:
            raise RefusedRow(
                "user", f"userId {user!r} is not a name of 1 to {LONGEST_USER} characters"
            )
        if not track.strip():
            raise RefusedRow("track", "trackId is empty")
        value = number(_DECIMAL_COMMA.sub(r"\1.\2", rating.strip()))
        stars = scales.stated(rating.strip()) if math.isnan(value) else None
        if math.isnan(value) and stars is None:
            raise RefusedRow("rating", f"Rating {rating!r} is not a number")
        return user, track, value, math.nan if stars is None else stars, time

    def table(self, scale: float | None) -> RatingTable:
        """All that was taken, its ratings from 1 to 5."""
        codes = np.array(self._codes, np.int64).reshape(-1, 4)
        numbers = np.array(self._values, np.float64)
        outof = scales.recognised(numbers) if scale is None else scale
        values = np.array(self._stars, np.float64)
        values = np.where(np.isfinite(values), values, scales.as_stars(numbers, outof))
        good = np.isfinite(values)
        self._tell_of_ratings(codes[~good, 2].tolist(), numbers[~good].tolist(), outof)
        left_out = {line for line, _ in self._problems.left_out}
        for line, text in self._odd_times:
            if line not in left_out:
                self._problems.add("time", line, f"ts {text!r} is not a time")
        users, tracks, lines, events = codes[good].T
        repeats.find(users, tracks, values[good], events, lines, self._problems)
        note = scales.scale_note(self._sheet.path, outof)
        return RatingTable(
            tuple(self._users), tuple(self._track_names), users, tracks,
            values[good], self._times.seconds()[good], lines,
            self._problems.all(), self._problems.left_out, outof,
            (note,) if scale is None and outof != scales.STARS else (),
        )  # fmt: skip

    def _tell_of_ratings(self, lines: list[int], values: list[float], scale: float) -> None:
        for line, value in zip(lines, values, strict=True):
            least = "1" if scale == scales.STARS else "0"
            why = f"Rating {value:g} is not from {least} to {scale:g}"
            self._problems.add("rating", line, why)
