"""What this person dislikes, or rated low, is never picked until that is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.feedback import evidence, songs
from musicrec_core.app.lists.guards.guard import Exclusion
from musicrec_core.feedback_kinds import CLEARLY_DISLIKED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.request import ListRequest
    from musicrec_core.records import Feedback


class OpinionGuard:
    """Explicit dislikes, and ratings of 1 and 2, for ever, of every recording of the song."""

    name = "opinions"
    about = "what you disliked or rated 1 or 2"

    def applies(self, request: ListRequest) -> bool:
        """Always: a dislike must hold."""
        del request
        return True

    def excluded(self, person: Person) -> NDArray[np.int64]:
        """Rows of what was disliked outright or rated low."""
        feedback = songs.in_force(person.context)
        tracks = {
            track_id
            for verdicts in (feedback.opinions, feedback.ratings)
            for track_id, event in verdicts.items()
            if _against(event)
        }
        rows = person.catalogue.row_of(tracks)
        return np.array(sorted(rows.values()), dtype=np.int64)

    def check(self, person: Person, row: int) -> Exclusion | None:
        """A dislike is told before a low rating."""
        track_id = int(person.catalogue.track_ids[row])
        events = songs.in_force(person.context).of(track_id)
        against = next((event for event in events if _against(event)), None)
        if against is None:
            return None
        what = "it" if against.track_id == track_id else "another recording of it"
        if against.kind == "rating":
            return Exclusion(self.name, f"you rated {what} low; a like or an undo brings it back")
        return Exclusion(self.name, f"you disliked {what}; a like or an undo brings it back")


def _against(event: Feedback) -> bool:
    return evidence.evidence(event.kind, event.value, None) <= CLEARLY_DISLIKED
