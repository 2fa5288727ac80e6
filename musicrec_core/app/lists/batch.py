"""Many requests at once, each for a person who also said this and that; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.library import query
from musicrec_core.app.lists.listing import listed
from musicrec_core.app.lists.person import Person
from musicrec_core.app.lists.request import SupposedRequest
from musicrec_core.app.results import BatchAnswer
from musicrec_core.app.scores import scoring
from musicrec_core.errors import MusicRecError
from musicrec_core.feedback_kinds import KINDS

if TYPE_CHECKING:
    from musicrec_core.recommender.data import History
    from musicrec_core.records import FloatArray, IntArray


def answers(context: Context, requests: Iterable[SupposedRequest]) -> Iterator[BatchAnswer]:
    """One answer a request, in order; all that is read of the library is read once.

    Raises LibraryError where there is no song at all.
    """
    person = Person.now(context)
    for supposed in requests:
        try:
            yield _answer(person, supposed)
        except MusicRecError as error:
            yield BatchAnswer(error=str(error))


def _answer(person: Person, supposed: SupposedRequest) -> BatchAnswer:
    if supposed.liked or supposed.disliked:
        person = _supposing(person, supposed)
    made = listed(person, supposed.request)
    ids = [int(person.catalogue.track_ids[pick.row]) for pick in made.picks]
    tracks = person.context.store.tracks.by_id(ids)
    scored = tuple((tracks[i], pick.score) for i, pick in zip(ids, made.picks, strict=True))
    return BatchAnswer(scored, made.chips, made.notices)


def _supposing(person: Person, supposed: SupposedRequest) -> Person:
    """The same person with more opinions, scored anew by the model in use."""
    from musicrec_core.recommender.scoring import LibraryScorer

    rows, values = [], []
    worths = ((KINDS["like"].worth, supposed.liked), (KINDS["dislike"].worth, supposed.disliked))
    for worth, queries in worths:
        for text in queries:
            row = person.row_of(query.one(person.context, text).id)
            if row is not None:
                rows.append(row)
                values.append(worth or 0.0)
    history = _with(person.history, np.array(rows, np.int64), np.array(values, np.float32))
    scorer = LibraryScorer.of(person.model[0], person.catalogue, history)
    made = scorer.scored(scoring.TOP, explained=0)
    scored = replace(person.scored, scores=made.scores, uncertainty=made.uncertainty, picks=())
    new = replace(person, scored=scored)
    new.__dict__["history"] = history  # in place of what would be read from the store
    return new


def _with(history: History, rows: IntArray, values: FloatArray) -> History:
    zeros = np.zeros(len(rows), np.float32)
    return replace(
        history,
        rows=np.concatenate([history.rows, rows]),
        values=np.concatenate([history.values, values]),
        ratings=np.concatenate([history.ratings, zeros + np.nan]),
        ages_days=np.concatenate([history.ages_days, zeros]),
    )
