"""What a person played and loved elsewhere, owned or not, and which feedback it became."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from musicrec_core.records import FeedbackSource
from musicrec_core.service_records import Listen
from musicrec_core.store.connection import atomic

COLUMNS = "kind, artist, title, album, at_s"


class ListensTable:
    """Queries over the history that a music service keeps of a person."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def add(
        self, profile: str, service: FeedbackSource, account: str, listens: Sequence[Listen]
    ) -> int:
        """Remember what a service told and is not known yet; returns how many that were."""
        before = self._conn.total_changes
        with atomic(self._conn):
            self._conn.executemany(
                f"INSERT OR IGNORE INTO listens (profile, service, account, {COLUMNS}) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (profile, service, account, x.kind, x.artist, x.title, x.album, x.at_s)
                    for x in listens
                ],
            )
        return self._conn.total_changes - before

    def all(self, profile: str) -> list[Listen]:
        """The whole history, oldest first, songs that are not owned too."""
        rows = self._conn.execute(
            f"SELECT {COLUMNS} FROM listens WHERE profile = ? ORDER BY at_s, id", (profile,)
        )
        return [Listen(*row) for row in rows]

    def count(self, profile: str, service: FeedbackSource) -> int:
        """How many a service told."""
        row = self._conn.execute(
            "SELECT count(*) FROM listens WHERE profile = ? AND service = ?", (profile, service)
        )
        return int(row.fetchone()[0])

    def unmatched(self, profile: str) -> list[tuple[int, FeedbackSource, Listen]]:
        """(id, service, listen) of what has not become feedback, oldest first."""
        rows = self._conn.execute(
            f"SELECT id, service, {COLUMNS} FROM listens WHERE profile = ? AND feedback_id IS NULL "
            "ORDER BY at_s, id",
            (profile,),
        )
        return [(row[0], row[1], Listen(*row[2:])) for row in rows]

    def mark(self, matches: Iterable[tuple[int, int]]) -> None:
        """Remember which feedback a listen became: (listen id, feedback id) each."""
        self._conn.executemany(
            "UPDATE listens SET feedback_id = ? WHERE id = ?",
            [(feedback_id, listen_id) for listen_id, feedback_id in matches],
        )

    # --- bookmarks: how far a long reading has come ---

    def bookmark(self, name: str) -> dict[str, Any]:
        """What was noted under a name; empty when nothing was."""
        row = self._conn.execute("SELECT value FROM bookmarks WHERE name = ?", (name,)).fetchone()
        return dict(json.loads(row[0])) if row else {}

    def set_bookmark(self, name: str, value: dict[str, Any]) -> None:
        """Note something under a name."""
        self._conn.execute(
            "INSERT OR REPLACE INTO bookmarks (name, value) VALUES (?, ?)",
            (name, json.dumps(value)),
        )
