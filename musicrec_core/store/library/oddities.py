"""What is odd about present files: queries for the one who looks after the library."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Odd:
    """How many files or songs are odd in one way, and a few of them by path."""

    count: int
    paths: tuple[bytes, ...]


class OdditiesTable:
    """Queries over files."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def longer_than(self, seconds: float) -> Odd:
        """Files that last longer."""
        return self._odd(
            "SELECT path FROM files WHERE state = 'present' AND duration_s > ?", seconds
        )

    def of_unknown_length(self) -> Odd:
        """Files whose length nobody knows."""
        return self._odd("SELECT path FROM files WHERE state = 'present' AND duration_s IS NULL")

    def copies(self) -> Odd:
        """Recordings that several files hold, each by its first file."""
        return self._odd(
            "SELECT min(path) AS path FROM files WHERE state = 'present' GROUP BY track_id "
            "HAVING count(*) > 1"
        )

    def doubles(self, within_s: float) -> Odd:
        """Songs of one artist and title, of nearly one length, in several recordings."""
        return self._odd(
            "SELECT min(path) AS path FROM files WHERE state = 'present' AND artist != '' "
            "AND title != '' GROUP BY folded_artist, folded_title "
            "HAVING count(DISTINCT track_id) > 1 AND max(duration_s) - min(duration_s) < ?",
            within_s,
        )

    def _odd(self, sql: str, *values: float) -> Odd:
        paths = [row[0] for row in self._conn.execute(f"{sql} ORDER BY path", values)]
        return Odd(len(paths), tuple(paths))
