"""What was said and done in a talk, a row a turn, from which each act is taken back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from musicrec_core.store.connection import atomic, is_read_only

KEPT_TURNS = 500
"""Of each profile; older ones are forgotten."""

StoredAct = tuple[str, int]
"""`playlist` or `feedback`, and the id of the change or event."""


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A turn that can be taken back. before: the talk as it stood before, as JSON."""

    id: int
    utterance: int
    text: str
    before: str
    acts: tuple[StoredAct, ...]


class TalksTable:
    """Queries over the talks of each profile."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def now(self, profile: str) -> str:
        """How the talk stands, as JSON; empty before the first turn."""
        row = self._conn.execute(
            "SELECT after FROM talk_turns WHERE profile = ? ORDER BY id DESC LIMIT 1", (profile,)
        ).fetchone()
        return str(row[0]) if row else ""

    def next_utterance(self, profile: str) -> int:
        """A number that no turn of the profile has; turns of one utterance share one."""
        row = self._conn.execute(
            "SELECT coalesce(max(utterance), 0) + 1 FROM talk_turns WHERE profile = ?", (profile,)
        )
        return int(row.fetchone()[0])

    def keep(
        self, profile: str, utterance: int, text: str, states: tuple[str, str],
        acts: Sequence[StoredAct], at_s: float,
    ) -> None:  # fmt: skip
        """Append a turn with the talk before and after it; one without a text is not taken back.

        Nothing is kept in a database that cannot be written.
        """
        if is_read_only(self._conn):
            return
        with atomic(self._conn):
            self._conn.execute(
                "INSERT INTO talk_turns (profile, utterance, at_s, text, before, after, acts, "
                "undone) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (profile, utterance, at_s, text, *states, json.dumps(acts), not text),
            )
            self._conn.execute(
                "DELETE FROM talk_turns WHERE profile = ?1 AND id <= (SELECT id FROM talk_turns "
                "WHERE profile = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
                (profile, KEPT_TURNS),
            )

    def last(self, profile: str) -> StoredTurn | None:
        """The newest turn that can be taken back."""
        row = self._conn.execute(
            "SELECT id, utterance, text, before, acts FROM talk_turns "
            "WHERE profile = ? AND NOT undone ORDER BY id DESC LIMIT 1",
            (profile,),
        ).fetchone()
        if row is None:
            return None
        acts = tuple((str(kind), int(id_)) for kind, id_ in json.loads(row[4]))
        return StoredTurn(row[0], row[1], row[2], row[3], acts)

    def mark_undone(self, turn_id: int) -> None:
        """A turn was taken back."""
        self._conn.execute("UPDATE talk_turns SET undone = 1 WHERE id = ?", (turn_id,))
