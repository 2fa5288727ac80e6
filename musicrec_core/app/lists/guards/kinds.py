"""What is no song is not picked: skits, intros, outros, speech."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.lists.guards.guard import Exclusion
from musicrec_core.songs.kinds import kind_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.request import ListRequest

_CALLED = {"interlude": "a skit, an intro or an outro", "spoken": "speech"}


class KindGuard:
    """By what tags say: title, album, genre and length."""

    name = "kinds"
    about = "skits, intros, outros, speech"

    def applies(self, request: ListRequest) -> bool:
        """Not where such tracks were asked for by their genre."""
        return request.tag is None or kind_of("", genres=(request.tag,))[0] == "song"

    def excluded(self, person: Person) -> NDArray[np.int64]:
        """Rows of what is no song."""
        rows = person.catalogue.row_of(id_ for id_, _ in person.context.store.guarded.kinds())
        return np.array(sorted(rows.values()), dtype=np.int64)

    def check(self, person: Person, row: int) -> Exclusion | None:
        """What it is instead of a song."""
        kinds = person.context.store.guarded.kinds(int(person.catalogue.track_ids[row]))
        if not kinds:
            return None
        return Exclusion(
            self.name,
            f"by its title or tags it is {_CALLED[kinds[0][1]]}, not a song; "
            "`musicrec guards --off kinds` lets such tracks in",
        )
