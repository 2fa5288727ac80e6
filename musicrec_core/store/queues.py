"""The queue of each profile, as text that its use case reads and writes."""

from __future__ import annotations

import sqlite3


class QueuesTable:
    """One row a profile."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def of(self, profile: str) -> str | None:
        """What was kept last."""
        row = self._conn.execute(
            "SELECT queue FROM queues WHERE profile = ?", (profile,)
        ).fetchone()
        return str(row[0]) if row else None

    def put(self, profile: str, queue: str) -> None:
        """Keep this in the place of what was kept before."""
        self._conn.execute(
            "INSERT INTO queues (profile, queue) VALUES (?, ?) "
            "ON CONFLICT (profile) DO UPDATE SET queue = excluded.queue",
            (profile, queue),
        )
