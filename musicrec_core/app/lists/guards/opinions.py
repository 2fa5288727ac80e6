"""What this person dislikes, or rated low, is never picked until that is taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.lists.guards.guard import Exclusion
from musicrec_core.feedback_kinds import CLEARLY_DISLIKED

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person


class OpinionGuard:
    """Explicit dislikes, and ratings of 1 and 2, for ever."""

    name = "opinions"

    def excluded(self, person: Person) -> NDArray[np.int64]:
        """Rows of what was disliked outright or rated low."""
        history = person.history
        return np.unique(history.rows[history.values <= CLEARLY_DISLIKED])

    def check(self, person: Person, row: int) -> Exclusion | None:
        """A dislike is told before a low rating."""
        history = person.history
        against = (history.rows == row) & (history.values <= CLEARLY_DISLIKED)
        if not against.any():
            return None
        rated = np.isfinite(history.ratings[against])
        if rated.all():
            return Exclusion(self.name, "you rated it low")
        return Exclusion(self.name, "you disliked it; a like or an undo brings it back")
