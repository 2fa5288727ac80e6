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
    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.recommender.data.rating_table import EvaluationTable
    from musicrec_core.recommender.evaluation.evaluate import Evaluation
    from musicrec_core.records import IntArray

LIKED, DISLIKED = 5.0, 1.0  # what a like and a dislike count as among ratings


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What was found, and what there is to say of the data; problems are counted by kind."""

    found: Evaluation
    problems: tuple[TableProblem, ...]
    notes: tuple[str, ...]

    @property
    def said(self) -> list[str]:
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
    from musicrec_core.recommender.evaluation.evaluate import evaluate as measured

    told = TableNotes()
    if tracks is not None and ratings is not None:
        table = of_tables(tracks, ratings, group_by, told, progress, scale)
    else:
        table = _of_library(context, ratings, group_by, told, progress, scale)
    found = measured(
        table,
        folds=folds,
        seed=seed,
        bundled=context.registry.bundled() if tracks is None else None,
        progress=progress,
    )
    if found.folds < folds:
        told.notes.append(f"only {found.folds} groups are rated, so there are {found.folds} folds")
    told.notes.extend((*one_sided.one_sided_users(table), *found.notes))
    return Evaluated(found, tuple(told.problems), tuple(told.notes))


def _of_library(
    context: Context,
    ratings: Path | None,
    group_by: str | None,
    told: TableNotes,
    progress: OnProgress | None,
    scale: float | None,
) -> EvaluationTable:
    from musicrec_core.recommender.data.rating_table import EvaluationTable

    catalogue.embed_new(context)
    known = catalogue.load(context).catalogue
    if not len(known):
        raise LibraryError(no_songs(context))
    paths: dict[str, int] = {}
    rows = {int(track_id): row for row, track_id in enumerate(known.track_ids)}
    for track in context.store.files.present():
        paths[track.path] = rows[track.id]
    if ratings is not None:
        absolute = NameLookup(((os.path.abspath(p), row) for p, row in paths.items()), paths=True)
        rated = matched(ratings, absolute, "the library", told, progress, scale)
    else:
        rated = _own_opinions(context, rows)
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
        ratings=rated.values,
        sound=known.sound,
        # By tags alone: an artist who is held out must not be known by name.
        culture=context.culture.track_vectors(
            [""] * len(known), [dict.fromkeys(tags, 1.0) for tags in _tags(known)]
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
