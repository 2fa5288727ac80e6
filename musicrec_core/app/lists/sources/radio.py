"""The next songs of an endless queue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.library import groups
from musicrec_core.app.lists import dials, seed_rows
from musicrec_core.errors import QueryError
from musicrec_core.recommender.ranking import HeardRows, RankedRow, radio
from musicrec_core.records import Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.lists.person import Person
    from musicrec_core.app.lists.request import ListRequest, RadioSession, Verdict
    from musicrec_core.recommender.scoring import Contribution
    from musicrec_core.records import IntArray

VALUES: dict[Verdict, float] = {"liked": 1.0, "played": 0.0, "skipped": -1.0}
WORDS = {
    "radio_seed": ("close to {song}, from where this radio began", "far from where it began"),
    "radio_taste": ("to your taste", "less to your taste"),
    "radio_liked": ("close to {song}, which you liked in this session", ""),
    "radio_skipped": ("", "though close to {song}, which you skipped in this session"),
}
"""By group, where it speaks for a song and where against."""


class RadioSource:
    """Ranked by seeds, taste, and what was liked and skipped in the session."""

    def __init__(self, session: RadioSession) -> None:
        self._session = session

    def ranked(
        self, person: Person, request: ListRequest, allowed: NDArray[np.bool_]
    ) -> Sequence[RankedRow]:
        """The rows to play next; a single song that it began from is none of them."""
        seeds = self._seeds(person)
        if len(seeds) == 1:
            allowed = allowed & (person.versions != person.versions[seeds[0]])
        return radio(
            person.catalogue,
            person.history,
            seeds,
            self._heard(person),
            person.scores,
            request.count,
            allowed=allowed,
            versions=person.versions,
            rules=dials.plain_rules(person),
        )

    def reasons(self, person: Person, picks: Sequence[RankedRow]) -> list[tuple[Reason, ...]]:
        """The terms of each song's value in the queue, as shares of their sum."""
        behind = {t.evidence_row for pick in picks for t in pick.contributions} - {None}
        ids = {row: int(person.catalogue.track_ids[row]) for row in behind if row is not None}
        tracks = person.context.store.tracks.by_id(ids.values())
        labels = {row: tracks[track_id].label for row, track_id in ids.items()}
        return [_worded(pick, labels) for pick in picks]

    def _seeds(self, person: Person) -> IntArray:
        """Rows int64; none where there are neither seeds nor favourites."""
        if self._session.seeds:
            return np.unique(np.concatenate(seed_rows.seed_rows(person, self._session.seeds)))
        try:
            (rows,) = seed_rows.seed_rows(person, groups.FAVOURITES[:1])
        except QueryError:
            return np.zeros(0, np.int64)
        return rows

    def _heard(self, person: Person) -> HeardRows:
        row_of = person.catalogue.row_of({song.track_id for song in self._session.heard})
        heard = [song for song in self._session.heard if song.track_id in row_of]
        return HeardRows(
            np.array([row_of[song.track_id] for song in heard], np.int64),
            np.array([VALUES[song.verdict] for song in heard], np.float32),
        )


def _worded(pick: RankedRow, labels: dict[int, str]) -> tuple[Reason, ...]:
    whole = sum(abs(term.weight) for term in pick.contributions) or 1.0
    return tuple(
        Reason(
            WORDS[term.group][term.weight < 0].format(song=labels.get(_row(term), "")),
            round(term.weight / whole, 4),
            term.group,
        )
        for term in pick.contributions
    )


def _row(term: Contribution) -> int:
    return -1 if term.evidence_row is None else term.evidence_row
