"""What was shown is logged: without it, learning from one's own lists can never be corrected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from musicrec_core.app.feedback import privacy
from musicrec_core.store.opinions.feedback import Shown

if TYPE_CHECKING:
    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.request import ListRequest
    from musicrec_core.recommender.ranking import RankedRow

MOST_SEEN = 100  # nobody looks further down a list: songs there are not yet used up


def log(person: Person, request: ListRequest, picks: Sequence[RankedRow]) -> None:
    """Write down a list, unless it is the one that was looked at last.

    Scores as chances of a like: those can be held against what came true.
    """
    shown = [
        Shown(
            track_id=int(person.catalogue.track_ids[pick.row]),
            position=position,
            probability=pick.probability,
            how="explore" if pick.explore else "rank",
            score=float(person.scored.scores[pick.row]),
        )
        for position, pick in enumerate(picks[:MOST_SEEN])
    ]
    if privacy.is_incognito(person.context):
        return
    context, ids = person.context, tuple(item.track_id for item in shown)
    if ids == context.last_shown:
        return
    context.last_shown = ids
    context.store.feedback.log_shown(context.profile, request.name, context.now_s(), shown)
