"""What the person told scans to leave out."""

from __future__ import annotations

import sqlite3


class ExclusionsTable:
    """Queries over the patterns that `scan --exclude` remembers."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def all(self) -> list[str]:
        """Every pattern, in the order of their letters."""
        return [row[0] for row in self._conn.execute("SELECT pattern FROM exclusions ORDER BY 1")]

    def add(self, pattern: str) -> None:
        """Remember one."""
        self._conn.execute("INSERT OR IGNORE INTO exclusions VALUES (?)", (pattern,))

    def remove(self, pattern: str) -> bool:
        """Forget one; whether it was there."""
        cursor = self._conn.execute("DELETE FROM exclusions WHERE pattern = ?", (pattern,))
        return cursor.rowcount > 0
