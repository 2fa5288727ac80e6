"""What the queries of a request stand for, and how near the library lies to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from musicrec_core.app.library import groups, query
from musicrec_core.app.scores.sound_words import SoundWords
from musicrec_core.errors import MusicRecError
from musicrec_core.recommender.ranking import Nearness, Seed, thinned
from musicrec_core.recommender.ranking import unlike as taken_off

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.recommender.data import Catalogue
    from musicrec_core.records import FloatArray, IntArray

MOST_BY_WORDS = 300_000
"""In a larger library moods and genres are not compared song by song: 400 bytes of each."""
UNLIKE_SHARE = 0.1
"""Of the library, nearest to what is not wanted: no part of a list that has no seeds."""
_KEPT: WeakKeyDictionary[Catalogue, Nearness] = WeakKeyDictionary()


def rows_of(person: Person, queries: Sequence[str]) -> list[IntArray]:
    """For each query its present rows, in the order of the catalogue; those of none left out."""
    meant = [[t.id for t in query.many(person.context, asked)] for asked in queries]
    rows = [np.flatnonzero(np.isin(person.catalogue.track_ids, ids)) for ids in meant]
    return [own for own in rows if len(own)]


def among(person: Person, queries: Sequence[str]) -> NDArray[np.bool_]:
    """Bool [n]: the songs that any of the queries stands for."""
    mask = np.zeros(len(person.catalogue), np.bool_)
    for rows in rows_of(person, queries):
        mask[rows] = True
    return mask


def seed_rows(person: Person, queries: Sequence[str]) -> list[IntArray]:
    """As `rows_of`; raises MusicRecError where nothing is there."""
    rows = rows_of(person, queries)
    if not rows:
        raise MusicRecError("the files of these seeds are not there at the moment")
    return rows


def voters(person: Person, queries: Sequence[str]) -> list[Seed]:
    """As `_voters`; raises MusicRecError where nothing is there."""
    voting = _voters(person, queries)
    if not voting:
        raise MusicRecError("the files of these seeds are not there at the moment")
    return voting


def _voters(person: Person, queries: Sequence[str]) -> list[Seed]:
    """One seed for a song, an album or an artist, one for each kind of music in a longer list."""
    voting: list[Seed] = []
    for asked in queries:
        for rows in rows_of(person, [asked]):
            mixed = groups.is_group(asked)
            voting += Seed.voters(person.catalogue, rows) if mixed else (Seed(rows),)
    return voting


def nearness(person: Person) -> Nearness:
    """What the library is compared by; made once a catalogue."""
    catalogue = person.catalogue
    if catalogue not in _KEPT:
        few = len(catalogue) <= MOST_BY_WORDS
        words = SoundWords.of(person.context, catalogue) if few else None
        _KEPT[catalogue] = Nearness.of(catalogue, None if words is None else words.all_heard)
    return _KEPT[catalogue]


def mean_nearness(person: Person, queries: Sequence[str]) -> FloatArray:
    """Float32 [n]: how near each row lies to the seeds, each counting the same."""
    total = np.zeros(len(person.catalogue), np.float32)
    for seed in voters(person, queries):
        parts = nearness(person).parts(thinned(seed.rows))
        total += np.float32(seed.weight) * sum(parts.values(), np.zeros_like(total))
    return total


def unlike(person: Person, queries: Sequence[str]) -> FloatArray | None:
    """Float32 [n]: what likeness to the queries takes off each row; None without any."""
    seeds = _voters(person, queries)
    return taken_off(nearness(person), seeds) if seeds else None


def away_from(person: Person, queries: Sequence[str], *, seeded: bool) -> NDArray[np.bool_]:
    """Bool [n]: all but the songs of the queries; without seeds all but what is nearest to them."""
    may = np.ones(len(person.catalogue), np.bool_)
    for rows in rows_of(person, queries):
        may[rows] = False
    if not (seeded or may.all()):
        near = _to_nearest(person, queries)
        may &= near < max(float(np.quantile(near, 1 - UNLIKE_SHARE)), 1e-6)
    return may


def _to_nearest(person: Person, queries: Sequence[str]) -> FloatArray:
    """Float32 [n]: how near each row lies to whichever of the queries is nearest."""
    near = np.full(len(person.catalogue), -np.inf, np.float32)
    for rows in rows_of(person, queries):
        near = np.maximum(near, sum(nearness(person).parts(thinned(rows)).values()))
    return near
