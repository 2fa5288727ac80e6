"""explain: why a track has its score, or what keeps it out."""

from __future__ import annotations

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import songs
from musicrec_core.app.library import query as queries
from musicrec_core.app.lists import guard_settings, version_choice
from musicrec_core.app.lists.guards import Guard, check, may_be_shown
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
    guards = guard_settings.active(context)
    exclusion = check(person, row, guards)
    return Explanation(
        track,
        float(person.scores[row]),
        reasons,
        exclusion.text if exclusion else _other_version(person, row, guards),
        _opinions(context, track),
        ordinary=person.ordinary,
    )


def _other_version(person: Person, row: int, guards: tuple[Guard, ...]) -> str | None:
    """What is picked in place of the song, where another recording of it is."""
    other = version_choice.instead_of(person, row, may_be_shown(person, guards))
    if other is None:
        return None
    track_id = int(person.catalogue.track_ids[other])
    track = person.context.store.tracks.by_id([track_id])[track_id]
    return f"another recording of it is picked in its place: {track.label}, {track.path}"


def _opinions(context: Context, track: Track) -> tuple[OpinionOf, ...]:
    """Opinions in force about the song, with the recording that each was given on."""
    events = songs.in_force(context).of(track.id)
    given_on = context.store.tracks.by_id(e.track_id for e in events)
    return tuple(
        OpinionOf(given_on[e.track_id], e.kind, e.value) for e in events if e.track_id in given_on
    )
