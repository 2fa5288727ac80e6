"""Feedback: append-only, undone by appending, and what of it is in force."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from musicrec_core.feedback_kinds import OPINIONS
from musicrec_core.records import Feedback, FeedbackKind, FeedbackSource
from musicrec_core.service_records import SERVICES
from musicrec_core.store.connection import atomic, is_read_only
from musicrec_core.store.standing import StandingFeedback, in_force

NOT_UNDONE = """
    SELECT id, track_id, kind, value, at_s, source, undoes FROM feedback AS f
    WHERE profile = :profile AND kind != 'undo'
    AND NOT EXISTS (SELECT 1 FROM feedback AS u WHERE u.undoes = f.id)
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """One position of a list that was shown, and how likely it was to be there."""

    track_id: int
    position: int
    probability: float
    how: str
    score: float | None = None
    """None in lists from before it was noted."""


@dataclass(frozen=True, slots=True)
class ShownBefore:
    """One position of a list of the past."""

    list_name: str
    at_s: float
    track_id: int
    score: float | None


@dataclass(frozen=True, slots=True)
class Statement:
    """Feedback as it travels between databases: the song by its identity, not by a row's key."""

    id: int
    profile: str
    identity: str
    kind: str
    value: float | None
    at_s: float
    source: str
    undoes: int | None
    path: str
    """Where the song was, for people who read the file; `os.fsdecode` text."""
    context: str | None = None
    """The circumstances as JSON: `ended`, how a song that was played ended; `batch`, which events
    were one act."""

    @property
    def key(self) -> tuple[object, ...]:
        """Two statements with equal keys are the same event."""
        return (self.profile, self.identity, self.kind, self.value, self.at_s)


NOT_GIVEN_HERE = ", ".join(f"'{s}'" for s in ("file", "import", *(x.name for x in SERVICES)))


class FeedbackTable:
    """Queries over what a profile said, did and was shown."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._standing = StandingFeedback(conn)

    def add(
        self,
        profile: str,
        track_id: int,
        kind: FeedbackKind,
        *,
        at_s: float,
        source: FeedbackSource,
        value: float | None = None,
        context: str | None = None,
        undoes: int | None = None,
    ) -> int:
        """Append one event and return its id."""
        cursor = self._conn.execute(
            "INSERT INTO feedback (profile, track_id, kind, value, at_s, source, context, undoes) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (profile, track_id, kind, value, at_s, source, context, undoes),
        )
        return int(cursor.lastrowid or 0)

    def in_force(self, profile: str, track_id: int | None = None) -> Sequence[Feedback]:
        """Events that count now, of all tracks or of one, in the order in which they arrived.

        Of opinions about a track the one that arrived last counts, whatever its time.
        """
        if track_id is None:
            return self._standing.of(profile)
        rows = self._conn.execute(
            f"{NOT_UNDONE} AND track_id = :track ORDER BY id",
            {"profile": profile, "track": track_id},
        )
        return in_force(Feedback(*row) for row in rows)

    def last_in_force(self, profile: str) -> Feedback | None:
        """The newest event that an undo would take back: one that the person gave here."""
        row = self._conn.execute(
            f"{NOT_UNDONE} AND source NOT IN ({NOT_GIVEN_HERE}) ORDER BY id DESC LIMIT 1",
            {"profile": profile},
        )
        columns = row.fetchone()
        return Feedback(*columns) if columns else None

    def statements(self) -> Iterator[Statement]:
        """All events of all profiles, as they were appended."""
        rows = self._conn.execute(
            "SELECT feedback.id, profile, identity, kind, value, at_s, source, undoes, "
            "coalesce((SELECT path FROM files WHERE files.track_id = feedback.track_id LIMIT 1), "
            "(SELECT path FROM imported_paths AS i WHERE i.track_id = feedback.track_id)), context "
            "FROM feedback JOIN tracks ON tracks.id = feedback.track_id ORDER BY feedback.id"
        )
        for id_, owner, identity, kind, value, at_s, source, undoes, path, context in rows:
            shown = os.fsdecode(path or b"")
            yield Statement(id_, owner, identity, kind, value, at_s, source, undoes, shown, context)

    def append(self, statement: Statement, track_id: int) -> int:
        """Append a statement from elsewhere with its own time; returns its id here."""
        cursor = self._conn.execute(
            "INSERT INTO feedback (profile, track_id, kind, value, at_s, source, context, undoes) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                statement.profile,
                track_id,
                statement.kind,
                statement.value,
                statement.at_s,
                statement.source,
                statement.context,
                statement.undoes,
            ),
        )
        return int(cursor.lastrowid or 0)

    def remember_path(self, track_id: int, path: bytes) -> None:
        """Where a song was elsewhere; what a scan finds here goes before it."""
        self._conn.execute(
            "INSERT OR REPLACE INTO imported_paths (track_id, path) VALUES (?, ?)",
            (track_id, path),
        )

    def knows(self, profile: str) -> bool:
        """Whether someone ever said anything; quick, however much was said."""
        row = self._conn.execute("SELECT 1 FROM feedback WHERE profile = ? LIMIT 1", (profile,))
        return row.fetchone() is not None

    def profiles(self) -> list[str]:
        """Everyone who ever said anything."""
        rows = self._conn.execute("SELECT DISTINCT profile FROM feedback ORDER BY profile")
        return [row[0] for row in rows]

    def last_id(self, profile: str) -> int:
        """The id of the newest event, 0 when there is none."""
        row = self._conn.execute("SELECT max(id) FROM feedback WHERE profile = ?", (profile,))
        return int(row.fetchone()[0] or 0)

    def mark_learnt(self, profile: str, last_id: int) -> None:
        """Remember that training looked at everything up to this event."""
        self._conn.execute(
            "INSERT OR REPLACE INTO counters (name, value) VALUES (?, ?)",
            (f"learnt {profile}", last_id),
        )

    def opinions_since_learning(self, profile: str) -> int:
        """Likes, dislikes and ratings in force that no training has looked at yet."""
        row = self._conn.execute(
            "SELECT value FROM counters WHERE name = ?", (f"learnt {profile}",)
        ).fetchone()
        learnt = row[0] if row else 0
        return sum(e.id > learnt and e.kind in OPINIONS for e in self.in_force(profile))

    def times(self, profile: str) -> dict[tuple[int, str, float], int]:
        """The id of every event, undone or not, by (track id, kind, time)."""
        rows = self._conn.execute(
            "SELECT track_id, kind, at_s, id FROM feedback WHERE profile = ?", (profile,)
        )
        return {(track_id, kind, at_s): id_ for track_id, kind, at_s, id_ in rows}

    def log_shown(self, profile: str, name: str, at_s: float, shown: Sequence[Shown]) -> None:
        """Remember a list as it was shown, so that learning can correct for it; where it can."""
        if is_read_only(self._conn):
            return
        with atomic(self._conn):
            self._conn.executemany(
                "INSERT INTO shown "
                "(profile, list, track_id, at_s, position, probability, how, score) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (profile, name, s.track_id, at_s, s.position, s.probability, s.how, s.score)
                    for s in shown
                ],
            )

    def shown(self, profile: str, since_s: float = 0.0) -> list[ShownBefore]:
        """Every place of every list since then, oldest first, each list from its top."""
        rows = self._conn.execute(
            "SELECT list, at_s, track_id, score FROM shown WHERE profile = ? AND at_s >= ? "
            "ORDER BY at_s, list, position",
            (profile, since_s),
        )
        return [ShownBefore(*row) for row in rows]

    def last_shown(
        self, profile: str, since_s: float, until_s: float, list_name: str | None = None
    ) -> dict[int, float]:
        """By track id, when it was in a list for the last time in a span, or in that list."""
        rows = self._conn.execute(
            "SELECT track_id, max(at_s) FROM shown WHERE profile = ? AND at_s >= ? AND at_s < ? "
            "AND list = coalesce(?, list) GROUP BY track_id",
            (profile, since_s, until_s, list_name),
        )
        return dict(rows)
