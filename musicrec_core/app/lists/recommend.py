"""recommend: from a request to a list with its reasons."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.health import status
from musicrec_core.app.lists import listing, shown_log
from musicrec_core.app.lists.person import Person
from musicrec_core.app.lists.request import ListRequest
from musicrec_core.app.lists.sources import Source
from musicrec_core.app.lists.sources.for_you import ForYouSource
from musicrec_core.app.notices import Notice
from musicrec_core.app.results import Recommendations
from musicrec_core.app.scores import scoring
from musicrec_core.recommender.ranking import RankedRow
from musicrec_core.recommender.scoring import ScoreScale
from musicrec_core.records import Recommendation, Track

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray, IntArray


def recommend(
    context: Context, request: ListRequest, *, at_once: bool = False, logged: bool = True
) -> Recommendations:
    """See ListsPart.recommend."""
    person = Person.now(context, at_once=at_once)
    made = listing.listed(person, request)
    notices = [*health(person), *made.notices]
    shown = _shown(person, made.source, made.picks)
    if logged:
        shown_log.log(person, request, made.picks)
    provisional = scoring.is_provisional(context, person.scored)
    return Recommendations(person.scored.model, shown, tuple(notices), provisional, made.chips)


def as_picks(context: Context, track_ids: Sequence[int]) -> tuple[Recommendation, ...]:
    """Songs with their scores and reasons as they are now, whatever list they come from."""
    person = Person.now(context, at_once=True)
    rows = person.catalogue.row_of(track_ids)
    picks = [RankedRow(row, float(person.scores[row]), ()) for row in rows.values()]
    return _shown(person, ForYouSource(), picks)


def scores(context: Context) -> dict[int, float]:
    """Every track's score as it should be now."""
    stored = scoring.ensure(context)
    shown = ScoreScale.of(stored.scores).shown(stored.scores)
    return dict(zip(stored.track_ids.tolist(), shown.tolist(), strict=True))


def scores_of(context: Context, track_ids: IntArray) -> FloatArray:
    """See MusicRec.lists.scores_of."""
    stored = scoring.ensure(context, at_once=True)
    shown = ScoreScale.of(stored.scores).shown(stored.scores)
    order = np.argsort(stored.track_ids)
    there = stored.track_ids[order]
    at = np.minimum(np.searchsorted(there, track_ids), max(len(there) - 1, 0))
    scores_there = np.full(len(track_ids), np.nan, np.float32)
    if len(there):
        has_score = there[at] == track_ids
        scores_there[has_score] = shown[order[at[has_score]]]
    return scores_there


def health(person: Person) -> list[Notice]:
    """What is wrong with the models in use, and whether it is time to learn."""
    troubles = (person.model[2], person.context.ears_registry.warning())
    return [
        *(Notice("model-trouble", {"trouble": trouble}) for trouble in troubles if trouble),
        # Where most songs have a sound nobody need read every analysis to count them.
        *(status.to_hear_again(person.context) if not person.mostly_heard else ()),
        *status.to_learn(person.context),
    ]


def _shown(
    person: Person, source: Source, picks: Sequence[RankedRow]
) -> tuple[Recommendation, ...]:
    """Picks with their tracks, reasons and predicted ratings."""
    ids = person.catalogue.track_ids[[p.row for p in picks]].tolist() if picks else []
    tracks = person.context.store.tracks.by_id(ids)
    reasons = source.reasons(person, picks)
    chances = person.scored.scores[np.array([p.row for p in picks], dtype=np.int64)]
    ratings = person.model[0].ratings(chances)
    return tuple(
        Recommendation(
            track=where_it_is(person.context, tracks[track_id]),
            score=pick.score,
            reasons=why,
            rating=None if ratings is None else round(float(ratings[i]), 2),
            explore=pick.explore,
        )
        for i, (pick, track_id, why) in enumerate(zip(picks, ids, reasons, strict=True))
    )


def where_it_is(context: Context, track: Track) -> Track:
    """The track at a file of it that is there, where the one it is known by is gone."""
    if os.path.lexists(os.fsencode(track.path)):
        return track
    paths = context.store.tracks.present_paths(track.id)
    there = next((path for path in paths if os.path.lexists(path)), None)
    return replace(track, path=os.fsdecode(there)) if there else track
