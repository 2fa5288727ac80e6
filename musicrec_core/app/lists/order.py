"""The picks of a list in the order that a request asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.features import Points
from musicrec_core.recommender.ranking import key_distances, rising, shortest_path, wave

if TYPE_CHECKING:
    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.request import Order
    from musicrec_core.recommender.ranking import RankedRow
    from musicrec_core.records import FloatArray, IntArray

BETWEEN_KEYS = 0.25
"""Steps on the wheel that the farthest apart in sound and style are worth, among equal keys."""


def ordered(person: Person, picks: Sequence[RankedRow], order: Order | None) -> list[RankedRow]:
    """The same picks; without an order, or with fewer than two, as they are."""
    if order is None or len(picks) < 2:
        return list(picks)
    rows = np.array([pick.row for pick in picks], np.int64)
    places = _places(person, rows, order)
    return [replace(picks[place], moved=0) for place in places.tolist()]


def _places(person: Person, rows: IntArray, order: Order) -> IntArray:
    match order:
        case "score":
            return rising(-person.scores[rows])
        case "rising":
            return rising(_energy(person, rows))
        case "falling":
            return rising(-_energy(person, rows))
        case "wave":
            return wave(_energy(person, rows))
        case "tempo":
            return rising(_column(person, rows, "tempo_bpm"))
        case "key":
            steps = key_distances([_key(person, row) for row in rows.tolist()])
            return shortest_path(steps + np.float32(BETWEEN_KEYS / 2) * _apart(person, rows))
    return shortest_path(_apart(person, rows))


def _key(person: Person, row: int) -> str | None:
    track_id = int(person.catalogue.track_ids[row])
    attributes = person.context.store.analysis.attributes_of(track_id)
    return attributes.key if attributes else None


def _energy(person: Person, rows: IntArray) -> FloatArray:
    """Float32 [m]: energy as measured, else as felt (arousal); NaN where not listened to."""
    measured, felt = (_column(person, rows, name) for name in ("energy", "arousal"))
    energy: FloatArray = np.where(np.isfinite(measured), measured, felt)
    return energy


def _column(person: Person, rows: IntArray, name: str) -> FloatArray:
    names = person.catalogue.column_names
    if name not in names:
        return np.full(len(rows), np.nan, np.float32)
    column: FloatArray = person.catalogue.columns[rows, names.index(name)]
    return column


def _apart(person: Person, rows: IntArray) -> FloatArray:
    """Float32 [m, m]: chords between points of sound and style, 0 to 2."""
    points = Points.of(person.catalogue)
    at = np.zeros((len(rows), 1), np.float32)
    placed = np.isin(rows, points.known_among(rows))
    if placed.any():
        there = points.at(rows[placed])
        at = np.zeros((len(rows), there.shape[1]), np.float32)
        at[placed] = there
    apart: FloatArray = np.sqrt(np.maximum(2 - 2 * (at @ at.T), 0))
    return apart
