"""explain: why a track has its score, or what keeps it out."""

from __future__ import annotations

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import songs
from musicrec_core.app.library import query as queries
from musicrec_core.app.lists import guard_settings
from musicrec_core.app.lists.guards import check
from musicrec_core.app.lists.person import Person
from musicrec_core.app.results import Explanation, OpinionOf
from musicrec_core.app.scores import scoring
from musicrec_core.records import Track


def explain(context: Context, query: str) -> Explanation:
    """See ListsPart.explain."""
    track = queries.one(context, query)
    person = Person.now(context)
    row = person.row_of(track.id)
    if row is None:
        return Explanation(track, 0.0, (), queries.absence(context, track.id))
    (reasons,) = scoring.reasons(context, person.catalogue, [row])
    exclusion = check(person, row, guard_settings.active(context))
    return Explanation(
        track,
        float(person.scores[row]),
        reasons,
        exclusion.text if exclusion else None,
        _opinions(context, track),
        ordinary=person.ordinary,
    )


def _opinions(context: Context, track: Track) -> tuple[OpinionOf, ...]:
    """Opinions in force about the song, with the recording that each was given on."""
    events = songs.in_force(context).of(track.id)
    given_on = context.store.tracks.by_id(e.track_id for e in events)
    return tuple(
        OpinionOf(given_on[e.track_id], e.kind, e.value) for e in events if e.track_id in given_on
    )
