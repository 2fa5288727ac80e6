"""Tables of ratings as feedback.

One user's become the current profile's; of several users each becomes a profile.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.exchange.csv.problems import TableProblems
from musicrec_core.app.exchange.csv.ratings import RatingTable, read_ratings
from musicrec_core.app.exchange.csv.tracks import track_ids
from musicrec_core.app.exchange.import_lines import BadRow, ImportReport
from musicrec_core.app.results import OnProgress
from musicrec_core.folding import composed
from musicrec_core.records import Progress

if TYPE_CHECKING:
    from musicrec_core.store.feedback import Statement

REPORT_EVERY = 1_000


def import_tables(
    context: Context, tracks: Path | None, ratings: Path, progress: OnProgress | None
) -> ImportReport:
    """See MusicRec.import_tables."""
    known_ids, odd = track_ids(tracks) if tracks else (None, ())
    table = read_ratings(ratings, progress)
    strange = TableProblems(ratings)
    taker = _TableImport(context, table)
    with context.store.atomic():
        for row in range(len(table)):
            track = table.track_ids[table.tracks[row]]
            if known_ids is not None and composed(track) not in known_ids:
                why = f"track {track!r} is not in {tracks}"
                strange.add("unknown track", int(table.lines[row]), why)
            else:
                taker.take(row)
            if progress and (row + 1) % REPORT_EVERY == 0:
                progress(Progress("importing", row + 1, len(table)))
    bad = sorted((*table.left_out, *strange.left_out))
    problems = (*odd, *table.problems, *strange.found())
    return taker.report(tuple(BadRow(*row) for row in bad), tuple(p.as_json() for p in problems))


class _TableImport:
    """Appends ratings that are not there yet."""

    def __init__(self, context: Context, table: RatingTable) -> None:
        self._context, self._store, self._table = context, context.store, table
        several = len(table.user_ids) > 1
        self._profiles = table.user_ids if several else (context.profile,) * len(table.user_ids)
        self._present = self._store.files.present_track_ids()
        self._seen = {key for s in self._store.feedback.statements() for key in (s.key, s.key[:-1])}
        self._latest = set(table.latest().tolist())
        self._track_of: dict[int, tuple[int, str]] = {}
        self._imported = self._known = self._unmatched = 0

    def take(self, row: int) -> None:
        """One rating."""
        code = int(self._table.tracks[row])
        name = self._table.track_ids[code]
        if code not in self._track_of:
            self._track_of[code] = self._store.files.of_table(name)
        track_id, identity = self._track_of[code]
        said = self._said(row, identity, name)
        # A rating without a time is the same one as any equal rating of the song before. Among
        # several in the file only the one that counts is news: a million contradictions would
        # else be read anew with every like.
        timed = bool(np.isfinite(self._table.times_s[row]))
        old = (said.key if timed else said.key[:-1]) in self._seen
        if old or row not in self._latest:
            self._known += 1
            return
        self._store.feedback.append(said, track_id)
        self._seen |= {said.key, said.key[:-1]}
        self._imported += 1
        self._unmatched += track_id not in self._present

    def _said(self, row: int, identity: str, name: str) -> Statement:
        from musicrec_core.store.feedback import Statement

        at_s = float(self._table.times_s[row])
        return Statement(
            id=0,
            profile=self._profiles[int(self._table.users[row])],
            identity=identity,
            kind="rating",
            value=float(self._table.values[row]),
            at_s=at_s if np.isfinite(at_s) else self._context.now_s(),
            source="import",
            undoes=None,
            path=name,
        )

    def report(
        self, bad: tuple[BadRow, ...], problems: tuple[dict[str, object], ...]
    ) -> ImportReport:
        """What became of the rows."""
        return ImportReport(
            self._imported, self._known, self._unmatched, bad,
            tuple(sorted(set(self._profiles))), problems,
        )  # fmt: skip
