"""Banned artists, albums, genres and folders are never picked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.lists.guards.guard import Exclusion

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.context import Context
    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.request import ListRequest
    from musicrec_core.recommender.data import Catalogue
    from musicrec_core.records import Ban


class BanGuard:
    """What the person said they never want to hear."""

    name = "bans"
    about = "artists, albums, genres and folders that you banned"

    def applies(self, request: ListRequest) -> bool:
        """Always: never is never."""
        del request
        return True

    def excluded(self, person: Person) -> NDArray[np.int64]:
        """Rows of everything banned."""
        rows = [rows_of(person.context, person.catalogue, ban) for ban in _bans(person)]
        return np.unique(np.concatenate([np.zeros(0, np.int64), *rows]))

    def check(self, person: Person, row: int) -> Exclusion | None:
        """The first ban that speaks of it."""
        for ban in _bans(person):
            if row in rows_of(person.context, person.catalogue, ban):
                text = f"you banned the {ban.kind} {ban.value}; `musicrec unban` lets it in"
                return Exclusion(self.name, text)
        return None


def _bans(person: Person) -> list[Ban]:
    return person.context.store.guarded.bans(person.context.profile)


def rows_of(context: Context, catalogue: Catalogue, ban: Ban) -> NDArray[np.int64]:
    """Rows of the songs that it speaks of."""
    if ban.kind != "genre":
        rows = catalogue.row_of(context.store.guarded.tracks_of(ban))
        return np.array(sorted(rows.values()), dtype=np.int64)
    if ban.value not in catalogue.tag_names:
        return np.zeros(0, np.int64)
    code = catalogue.tag_names.index(ban.value)
    of_tag = np.flatnonzero(catalogue.tag_codes == code)
    return np.unique(np.searchsorted(catalogue.tag_starts, of_tag, side="right") - 1)
