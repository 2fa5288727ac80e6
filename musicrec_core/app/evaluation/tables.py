"""Tables of tracks and ratings as what `evaluate` measures on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.exchange.csv.names import NameLookup
from musicrec_core.app.exchange.csv.problems import TableProblem, TableProblems
from musicrec_core.app.exchange.csv.ratings import read_ratings
from musicrec_core.app.exchange.csv.tracks import TrackTable, read_tracks
from musicrec_core.app.results import OnProgress
from musicrec_core.errors import TableError
from musicrec_core.folding import fold
from musicrec_core.records import FloatArray, IntArray

if TYPE_CHECKING:
    from musicrec_core.recommender.data import EvaluationTable


@dataclass(frozen=True, slots=True)
class TableNotes:
    """What there is to tell the user of the data."""

    problems: list[TableProblem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Rated:
    """Ratings by position: users int64 [r] in user_ids, tracks int64 [r], values float32 [r]."""

    user_ids: tuple[str, ...]
    users: IntArray
    tracks: IntArray
    values: FloatArray


def of_tables(
    tracks: Path,
    ratings: Path,
    group_by: str | None,
    table_notes: TableNotes,
    progress: OnProgress | None = None,
    scale: float | None = None,
) -> EvaluationTable:
    """Both tables; the column of groups is no input. Raises TableError."""
    from musicrec_core.recommender.data import EvaluationTable

    table = read_tracks(tracks)
    table_notes.problems.extend(table.problems)
    table_notes.notes.extend(table.notes)
    groups, column = _groups(table, group_by, tracks, table_notes)
    inputs = [i for i, name in enumerate(table.number_names) if name != column]
    texts = {name: cells for name, cells in table.texts.items() if name != column}
    row_of = {name: row for row, name in enumerate(table.ids)}
    rated = matched(
        ratings, NameLookup(row_of.items(), paths=False), str(tracks), table_notes, progress, scale
    )
    return EvaluationTable(
        track_ids=table.ids,
        columns=table.numbers[:, inputs],
        column_names=tuple(table.number_names[i] for i in inputs),
        tags=tuple(
            tuple(f"{name}: {cells[row]}" for name, cells in texts.items() if cells[row].strip())
            for row in range(len(table.ids))
        ),
        groups=groups,
        user_ids=rated.user_ids,
        users=rated.users,
        tracks=rated.tracks,
        ratings=rated.values,
    )


def _groups(
    table: TrackTable, group_by: str | None, path: Path, table_notes: TableNotes
) -> tuple[IntArray, str | None]:
    """Group codes int64 [n], and the column they come from, which is then no input."""
    column = group_by.strip().casefold() if group_by else "artist"
    if column in table.texts:
        names = [fold(cell) for cell in table.texts[column]]
    elif column in table.number_names:
        values = table.numbers[:, table.number_names.index(column)].tolist()
        names = ["" if value != value else str(value) for value in values]
    elif group_by and column != "trackid":
        raise TableError(f"{path} has no column {group_by} to group by")
    else:
        if not group_by:
            table_notes.notes.append(
                f"{path} has no artist column, so each track is a group of its own"
            )
        return np.arange(len(table.ids), dtype=np.int64), None
    if "" in names:
        table_notes.notes.append(
            f"{path}: the cell of {column} is empty for {names.count('')} of {len(names)} tracks, "
            "each of which is a group of its own"
        )
    return _codes(names), column


def _codes(names: Sequence[str]) -> IntArray:
    codes: dict[str, int] = {}
    return np.array(
        [codes.setdefault(name, len(codes)) if name else -1 for name in names], dtype=np.int64
    )


def matched(
    ratings: Path,
    lookup: NameLookup,
    where: str,
    table_notes: TableNotes,
    progress: OnProgress | None = None,
    scale: float | None = None,
) -> Rated:
    """The ratings that count and speak of known tracks; the others are told of."""
    table = read_ratings(ratings, progress, scale)
    table_notes.notes.extend(table.notes)
    place = np.array([lookup.row(name) for name in table.track_ids], np.int64)
    there = place[table.tracks] >= 0
    strange = TableProblems(ratings)
    for row in np.flatnonzero(~there).tolist():
        name = table.track_ids[int(table.tracks[row])]
        strange.add("unknown track", int(table.lines[row]), f"track {name!r} is not in {where}")
    table_notes.problems.extend((*table.problems, *strange.all()))
    latest = table.latest()
    latest = latest[there[latest]]
    codes, users = np.unique(table.users[latest], return_inverse=True)
    return Rated(
        tuple(table.user_ids[code] for code in codes.tolist()),
        users.astype(np.int64),
        place[table.tracks[latest]],
        table.values[latest].astype(np.float32),
    )
