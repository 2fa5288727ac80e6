"""Counters that change whenever something made from the library may have to be made anew."""

from __future__ import annotations

import sqlite3


class LibraryCounters:
    """The generation, and the changes of the listing."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def touch(self) -> None:
        """The library changed."""
        self._conn.execute("UPDATE counters SET value = value + 1 WHERE name = 'generation'")

    def generation(self) -> int:
        """Changes whenever the library does."""
        row = self._conn.execute("SELECT value FROM counters WHERE name = 'generation'")
        return int(row.fetchone()[0])

    def listing_changes(self) -> int:
        """Changes whenever the order of the present files, or which they are, may have changed."""
        row = self._conn.execute("SELECT value FROM counters WHERE name = 'listing'")
        return int(row.fetchone()[0])
