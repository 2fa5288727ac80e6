"""evaluate: on tables, on other people's ratings of the library, or on one's own feedback."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.evaluation import one_sided
from musicrec_core.app.evaluation.tables import Rated, TableNotes, matched, of_tables
from musicrec_core.app.exchange.csv.names import NameLookup
from musicrec_core.app.exchange.csv.problems import TableProblem
from musicrec_core.app.feedback.songs import in_force
from musicrec_core.app.library.roots import no_songs
from musicrec_core.app.results import OnProgress
from musicrec_core.app.scores import catalogue
from musicrec_core.errors import LibraryError, TableError
from musicrec_core.feedback_kinds import OPINIONS

if TYPE_CHECKING:
    from musicrec_core.recommender.data import Catalogue, EvaluationTable
    from musicrec_core.recommender.evaluation import Evaluation
    from musicrec_core.records import IntArray

LIKED, DISLIKED = 5.0, 1.0  # what a like and a dislike count as among ratings


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What was found, and what there is to say of the data; problems are counted by kind."""

    evaluation: Evaluation
    problems: tuple[TableProblem, ...]
    notes: tuple[str, ...]

    @property
    def sentences(self) -> list[str]:
        """All of it in sentences, a line each."""
        return [*(problem.text for problem in self.problems), *self.notes]


def evaluate(
    context: Context,
    tracks: Path | None,
    ratings: Path | None,
    group_by: str | None,
    folds: int,
    seed: int,
    progress: OnProgress | None,
    scale: float | None = None,
) -> Evaluated:
    """See MusicRec.evaluate."""
    from musicrec_core.recommender.evaluation import evaluate as measured

    table_notes = TableNotes()
    if tracks is not None and ratings is not None:
        table = of_tables(tracks, ratings, group_by, table_notes, progress, scale)
    else:
        table = _of_library(context, ratings, group_by, table_notes, progress, scale)
    evaluation = measured(
        table,
        folds=folds,
        seed=seed,
        bundled=context.registry.bundled() if tracks is None else None,
        progress=progress,
    )
    if evaluation.folds < folds:
        table_notes.notes.append(
            f"only {evaluation.folds} groups are rated, so there are {evaluation.folds} folds"
        )
    table_notes.notes.extend((*one_sided.one_sided_users(table), *evaluation.notes))
    return Evaluated(evaluation, tuple(table_notes.problems), tuple(table_notes.notes))


def _of_library(
    context: Context,
    ratings: Path | None,
    group_by: str | None,
    table_notes: TableNotes,
    progress: OnProgress | None,
    scale: float | None,
) -> EvaluationTable:
    from musicrec_core.recommender.data import EvaluationTable

    catalogue.embed_new(context)
    library = catalogue.load(context).catalogue
    if not len(library):
        raise LibraryError(no_songs(context))
    paths: dict[str, int] = {}
    rows = {int(track_id): row for row, track_id in enumerate(library.track_ids)}
    for track in context.store.tracks.present():
        paths[track.path] = rows[track.id]
    if ratings is not None:
        absolute = NameLookup(((os.path.abspath(p), row) for p, row in paths.items()), paths=True)
        rated = matched(ratings, absolute, "the library", table_notes, progress, scale)
    else:
        rated = _own_opinions(context, rows)
    names = {row: path for path, row in paths.items()}
    return EvaluationTable(
        track_ids=tuple(names[row] for row in range(len(library))),
        columns=library.columns,
        column_names=library.column_names,
        tags=_tags(library),
        groups=_library_groups(library, group_by),
        user_ids=rated.user_ids,
        users=rated.users,
        tracks=rated.tracks,
        ratings=rated.values,
        sound=library.sound,
        # By tags alone: an artist who is held out must not be known by name.
        culture=context.culture.track_vectors(
            [""] * len(library), [dict.fromkeys(tags, 1.0) for tags in _tags(library)]
        ),
    )


def _own_opinions(context: Context, rows: dict[int, int]) -> Rated:
    """What stands of this profile's likes, dislikes and ratings; the latest of a song counts."""
    worth = {"like": LIKED, "dislike": DISLIKED}
    opinions = {
        rows[event.track_id]: worth.get(event.kind, event.value or 0.0)
        for event in in_force(context).events
        if event.kind in OPINIONS and event.track_id in rows
    }
    return Rated(
        (context.profile,) if opinions else (),
        np.zeros(len(opinions), np.int64),
        np.array(list(opinions), np.int64),
        np.array(list(opinions.values()), np.float32),
    )


def _library_groups(library: Catalogue, group_by: str | None) -> IntArray:
    column = (group_by or "artist").strip().casefold()
    if column not in ("artist", "album"):
        raise TableError(f"the library can be grouped by artist or album, not by {group_by}")
    return library.artists if column == "artist" else library.albums


def _tags(library: Catalogue) -> tuple[tuple[str, ...], ...]:
    names, starts = library.tag_names, library.tag_starts
    return tuple(
        tuple(names[code] for code in library.tag_codes[starts[row] : starts[row + 1]])
        for row in range(len(library))
    )
