"""explain: why a track has its score, or what keeps it out."""

from __future__ import annotations

from musicrec_core.app.context import Context
from musicrec_core.app.library import query as queries
from musicrec_core.app.lists.guards import GUARDS, check
from musicrec_core.app.lists.person import Person
from musicrec_core.app.results import Explanation
from musicrec_core.app.scores import scoring


def explain(context: Context, query: str) -> Explanation:
    """See ListsPart.explain."""
    track = queries.one(context, query)
    person = Person.now(context)
    row = person.row_of(track.id)
    if row is None:
        return Explanation(track, 0.0, (), queries.absence(context, track.id))
    (reasons,) = scoring.reasons(context, person.catalogue, [row])
    exclusion = check(person, row, GUARDS)
    score = float(person.scored.scores[row])
    return Explanation(track, score, reasons, exclusion.text if exclusion else None)
