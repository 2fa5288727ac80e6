"""Of several recordings of one song the one that this person plays, else the plain one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.records import IntArray

LOOKED_AT = 4_000
"""Songs with several recordings, the best of them, for which one is chosen: lists are shorter."""


def others(person: Person, allowed: NDArray[np.bool_]) -> IntArray:
    """Int64: allowed rows that give way to another recording of the same song."""
    rows = person.several[allowed[person.several]]
    _, song, counts = np.unique(person.versions[rows], return_inverse=True, return_counts=True)
    several = rows[counts[song] > 1]
    several = several[np.argsort(-person.scores[several], kind="stable")][:LOOKED_AT]
    if not len(several):
        return several
    best_first = _best_first(person, several)
    _, first = np.unique(person.versions[best_first], return_index=True)
    give_way: IntArray = np.delete(best_first, first)
    return give_way


def instead_of(person: Person, row: int, allowed: NDArray[np.bool_]) -> int | None:
    """The recording that is picked in place of a row; None where it is that row itself."""
    same = np.flatnonzero((person.versions == person.versions[row]) & allowed)
    if len(same) < 2:
        return None
    best = int(_best_first(person, same)[0])
    return None if best == row else best


def _best_first(person: Person, rows: IntArray) -> IntArray:
    """By what was liked or played; then plain ones before live, remix, demo; then by score."""
    heard = np.zeros(len(person.catalogue), np.float32)
    positive = person.history.values > 0
    np.maximum.at(heard, person.history.rows[positive], person.history.values[positive])
    ids = person.catalogue.track_ids[rows].tolist()
    marked = person.context.store.songs.marked(ids)
    plain = np.array([track_id not in marked for track_id in ids])
    ordered: IntArray = rows[np.lexsort((-person.scores[rows], ~plain, -heard[rows]))]
    return ordered
