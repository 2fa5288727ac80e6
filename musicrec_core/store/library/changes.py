"""Which tracks changed since the catalogue was kept.

A catalogue is known by a number drawn at random. From the moment at which that number was noted the
log holds every track of which something changed that a catalogue says.
"""

from __future__ import annotations

import sqlite3

from musicrec_core.store.connection import atomic, is_read_only


class ChangeLog:
    """Written by triggers of the database."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def last(self) -> int:
        """The number of the last change; they rise."""
        row = self._conn.execute("SELECT coalesce(max(id), 0) FROM track_changes").fetchone()
        return int(row[0])

    def since(self, catalogue: int) -> list[int] | None:
        """The tracks that changed since a catalogue was kept; None where that is not known."""
        kept = self._conn.execute("SELECT value FROM counters WHERE name = 'catalogue'").fetchone()
        if not catalogue or kept[0] != catalogue:
            return None
        return [row[0] for row in self._conn.execute("SELECT track_id FROM track_changes")]

    def note(self, catalogue: int, upto: int) -> None:
        """A catalogue was kept that holds all changes up to one of them.

        In a home that is read-only nothing is noted: the next one is then put together anew.
        """
        if is_read_only(self._conn):
            return
        with atomic(self._conn):
            self._conn.execute("DELETE FROM track_changes WHERE id <= ?", (upto,))
            sql = "UPDATE counters SET value = ? WHERE name = 'catalogue'"
            self._conn.execute(sql, (catalogue,))
