"""evaluate: on tables, on other people's ratings of the library, or on one's own feedback."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app import catalogue, tables
from musicrec_core.app.context import Context
from musicrec_core.app.results import OnProgress
from musicrec_core.errors import LibraryError, TableError

if TYPE_CHECKING:
    from musicrec_core.recommender.dataset import Catalogue
    from musicrec_core.recommender.evaluation import Evaluation, EvaluationTable
    from musicrec_core.records import IntArray

LIKED, DISLIKED = 5.0, 1.0  # what a like and a dislike count as among ratings
NAMED = 3  # how many of the rows left out are named


def evaluate(
    context: Context,
    tracks: Path | None,
    ratings: Path | None,
    group_by: str | None,
    folds: int,
    seed: int,
    progress: OnProgress | None,
) -> tuple[Evaluation, list[str]]:
    """See MusicRec.evaluate."""
    from musicrec_core.recommender import evaluation

    notes: list[str] = []
    if tracks is not None and ratings is not None:
        table = _of_tables(tracks, ratings, group_by, notes)
    else:
        table = _of_library(context, ratings, group_by, notes)
    found = evaluation.evaluate(
        table,
        folds=folds,
        seed=seed,
        bundled=context.registry.bundled_net() if tracks is None else None,
        progress=progress,
    )
    if found.folds < folds:
        notes.append(f"only {found.folds} groups are rated, so there are {found.folds} folds")
    return found, notes


@dataclass(frozen=True, slots=True)
class _Rated:
    """Ratings by position: users int64 [r] in user_ids, tracks int64 [r], values [r]."""

    user_ids: tuple[str, ...]
    users: IntArray
    tracks: IntArray
    values: Sequence[float]

    @classmethod
    def of(cls, rows: Sequence[tuple[str, int, float]]) -> _Rated:
        """From (user, position of the track, rating) rows."""
        codes: dict[str, int] = {}
        users = [codes.setdefault(user, len(codes)) for user, _, _ in rows]
        return cls(
            tuple(codes),
            np.array(users, dtype=np.int64),
            np.array([track for _, track, _ in rows], dtype=np.int64),
            [value for _, _, value in rows],
        )


# --- tables ---


def _of_tables(
    tracks: Path, ratings: Path, group_by: str | None, notes: list[str]
) -> EvaluationTable:
    from musicrec_core.recommender.evaluation import EvaluationTable

    table = tables.read_tracks(tracks)
    notes += table.notes
    groups, column = _groups(table, group_by, tracks, notes)
    inputs = [i for i, name in enumerate(table.number_names) if name != column]
    texts = {name: cells for name, cells in table.texts.items() if name != column}
    row_of = {name: row for row, name in enumerate(table.ids)}
    rated = _Rated.of(_matched(ratings, row_of, str(tracks), notes))
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
        ratings=np.array(rated.values, dtype=np.float32),
    )


def _groups(
    table: tables.TrackTable, group_by: str | None, path: Path, notes: list[str]
) -> tuple[IntArray, str | None]:
    """Group codes int64 [n], and the column they come from, which is then no input."""
    column = group_by.strip().casefold() if group_by else "artist"
    if column in table.texts:
        return _codes([cell.strip().casefold() for cell in table.texts[column]]), column
    if column in table.number_names:
        values = table.numbers[:, table.number_names.index(column)].tolist()
        return _codes(["" if value != value else str(value) for value in values]), column
    if group_by and column != "trackid":
        raise TableError(f"{path} has no column {group_by} to group by")
    if not group_by:
        notes.append(f"{path} has no artist column, so each track is a group of its own")
    return np.arange(len(table.ids), dtype=np.int64), None


def _codes(names: Sequence[str]) -> IntArray:
    codes: dict[str, int] = {}
    return np.array(
        [codes.setdefault(name, len(codes)) if name else -1 for name in names], dtype=np.int64
    )


def _matched(
    ratings: Path, row_of: dict[str, int], where: str, notes: list[str]
) -> list[tuple[str, int, float]]:
    """(user, row, rating) of the rows that speak of known tracks; the others are told of."""
    table = tables.read_ratings(ratings)
    notes += [f"{ratings}, line {line}: left out, {why}" for line, why in table.bad[:NAMED]]
    if len(table.bad) > NAMED:
        notes.append(f"{ratings}: {len(table.bad)} rows left out in all")
    unknown = sorted({rating.track for rating in table.ratings if rating.track not in row_of})
    if unknown:
        count = sum(rating.track not in row_of for rating in table.ratings)
        some = ", ".join(repr(name) for name in unknown[:NAMED])
        notes.append(f"{count} ratings left out: their tracks are not in {where}, such as {some}")
    return [
        (rating.user, row_of[rating.track], rating.value)
        for rating in table.ratings
        if rating.track in row_of
    ]


# --- the library ---


def _of_library(
    context: Context, ratings: Path | None, group_by: str | None, notes: list[str]
) -> EvaluationTable:
    from musicrec_core.recommender.evaluation import EvaluationTable

    catalogue.hear_new(context)
    known = catalogue.load(context).catalogue
    if not len(known):
        raise LibraryError("there are no songs yet: scan some, as in `musicrec scan ~/Music`")
    paths: dict[str, int] = {}
    rows = {int(track_id): row for row, track_id in enumerate(known.track_ids)}
    for track in context.store.files.present():
        paths[track.path] = rows[track.id]
    if ratings is not None:
        absolute = {os.path.abspath(path): row for path, row in paths.items()}
        rated = _Rated.of(_matched(ratings, absolute, "the library", notes))
    else:
        rated = _Rated.of(_own_opinions(context, rows))
    names = {row: path for path, row in paths.items()}
    return EvaluationTable(
        track_ids=tuple(names[row] for row in range(len(known))),
        columns=known.columns,
        column_names=known.column_names,
        tags=_tags(known),
        groups=_library_groups(known, group_by),
        user_ids=rated.user_ids,
        users=rated.users,
        tracks=rated.tracks,
        ratings=np.array(rated.values, dtype=np.float32),
        sound=known.sound,
        # By tags alone: an artist who is held out must not be known by name.
        culture=context.culture.track_vectors(
            [""] * len(known), [dict.fromkeys(tags, 1.0) for tags in _tags(known)]
        ),
    )


def _own_opinions(context: Context, rows: dict[int, int]) -> list[tuple[str, int, float]]:
    worth = {"like": LIKED, "dislike": DISLIKED}
    return [
        (context.profile, rows[event.track_id], worth.get(event.kind, event.value or 0.0))
        for event in context.store.feedback.in_force(context.profile)
        if event.kind in ("like", "dislike", "rating") and event.track_id in rows
    ]


def _library_groups(known: Catalogue, group_by: str | None) -> IntArray:
    column = (group_by or "artist").strip().casefold()
    if column not in ("artist", "album"):
        raise TableError(f"the library can be grouped by artist or album, not by {group_by}")
    return known.artists if column == "artist" else known.albums


def _tags(known: Catalogue) -> tuple[tuple[str, ...], ...]:
    names, starts = known.tag_names, known.tag_starts
    return tuple(
        tuple(names[code] for code in known.tag_codes[starts[row] : starts[row + 1]])
        for row in range(len(known))
    )
