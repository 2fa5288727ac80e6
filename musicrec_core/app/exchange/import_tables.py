"""Tables of ratings as feedback.

One user's become the current profile's; of several users each becomes a profile.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.exchange.csv.names import path_of
from musicrec_core.app.exchange.csv.problems import TableProblems
from musicrec_core.app.exchange.csv.ratings import RatingTable, read_ratings
from musicrec_core.app.exchange.csv.tracks import track_ids
from musicrec_core.app.exchange.import_lines import BadRow, ImportReport
from musicrec_core.app.results import OnProgress
from musicrec_core.folding import composed
from musicrec_core.records import Progress

if TYPE_CHECKING:
    from musicrec_core.store.opinions.feedback import Statement

REPORT_EVERY = 1_000


def import_tables(
    context: Context,
    tracks: Path | None,
    ratings: Path,
    progress: OnProgress | None,
    scale: float | None = None,
) -> ImportReport:
    """See MusicRec.import_tables."""
    known_ids, odd = track_ids(tracks) if tracks else (None, ())
    table = read_ratings(ratings, progress, scale)
    strange = TableProblems(ratings)
    taker = _TableImport(context, table)
    with context.store.atomic():
        for row in range(len(table)):
            track = table.track_ids[table.tracks[row]]
            if known_ids is not None and composed(track) not in known_ids:
                why = f"track {track!r} is not in {tracks}"
                strange.add("unknown track", int(table.lines[row]), why)
            elif not taker.take(row):
                why = f"track {track!r} is no song of the library"
                strange.add("unknown song", int(table.lines[row]), why)
            if progress and (row + 1) % REPORT_EVERY == 0:
                progress(Progress("importing", row + 1, len(table)))
    bad = sorted((*table.left_out, *strange.left_out))
    problems = (*odd, *table.problems, *strange.all())
    return taker.report(
        tuple(BadRow(*row) for row in bad), tuple(p.as_json() for p in problems), table.notes
    )


class _TableImport:
    """Appends ratings that are not there yet."""

    def __init__(self, context: Context, table: RatingTable) -> None:
        self._context, self._store, self._table = context, context.store, table
        self._now_s = context.now_s()
        several = len(table.user_ids) > 1
        self._profiles = table.user_ids if several else (context.profile,) * len(table.user_ids)
        self._seen = {key for s in self._store.feedback.statements() for key in (s.key, s.key[:-1])}
        self._latest = set(table.latest().tolist())
        self._track_of: dict[int, tuple[int, str] | None] = {}
        self._imported = self._known = self._unmatched = 0

    def take(self, row: int) -> bool:
        """One rating; false where it is tied to no song."""
        code = int(self._table.tracks[row])
        name = self._table.track_ids[code]
        if code not in self._track_of:
            self._track_of[code] = self._store.tracks.of_table(path_of(name))
        song = self._track_of[code]
        if song is None:
            self._unmatched += 1
            return False
        track_id, identity = song
        statement = self._statement(row, identity, name)
        # A rating without a time is the same one as any equal rating of the song before. Among
        # several in the file only the one that counts is news: a million contradictions would
        # else be read anew with every like.
        timed = self._time_s(row) is not None
        old = (statement.key if timed else statement.key[:-1]) in self._seen
        if old or row not in self._latest:
            self._known += 1
            return True
        self._store.feedback.append(statement, track_id)
        self._seen |= {statement.key, statement.key[:-1]}
        self._imported += 1
        return True

    def _time_s(self, row: int) -> float | None:
        """When it was said; None where that is unknown, or is not yet."""
        at_s = float(self._table.times_s[row])
        return at_s if np.isfinite(at_s) and at_s <= self._now_s else None

    def _statement(self, row: int, identity: str, name: str) -> Statement:
        from musicrec_core.store.opinions.feedback import Statement

        at_s = self._time_s(row)
        return Statement(
            id=0,
            profile=self._profiles[int(self._table.users[row])],
            identity=identity,
            kind="rating",
            value=float(self._table.values[row]),
            at_s=self._now_s if at_s is None else at_s,
            source="import",
            undoes=None,
            path=name,
        )

    def report(
        self,
        bad: tuple[BadRow, ...],
        problems: tuple[dict[str, object], ...],
        notes: tuple[str, ...],
    ) -> ImportReport:
        """What became of the rows."""
        return ImportReport(
            self._imported, self._known, self._unmatched, bad,
            tuple(sorted(set(self._profiles))), problems, notes,
        )  # fmt: skip
