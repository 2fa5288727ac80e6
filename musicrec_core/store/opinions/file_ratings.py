"""Ratings that stand in files, and which of them count as said by the person."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DueRating:
    """A rating in a file that is new, or another than the one that was taken."""

    file_id: int
    track_id: int
    stars: float
    taken: float | None
    """What was taken from this file before."""
    changed_at_ns: int


@dataclass(frozen=True, slots=True)
class Said:
    """The newest rating that came from a file of a track."""

    profile: str
    stars: float


class FileRatingsTable:
    """Queries over the ratings in files."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def numbers(self) -> Counter[float]:
        """How often each number of a field called RATING is there, whose scale is not stated."""
        rows = self._conn.execute(
            "SELECT rating_number, count(*) FROM files WHERE rating_number IS NOT NULL "
            "GROUP BY rating_number"
        )
        return Counter(dict(rows.fetchall()))

    def read_numbers(self, stars: Mapping[float, float]) -> None:
        """What those numbers mean, by number."""
        self._conn.executemany(
            "UPDATE files SET rating_stars = ?1 WHERE rating_number = ?2 "
            "AND rating_stars IS NOT ?1",
            [(value, number) for number, value in stars.items()],
        )

    def due(self) -> list[DueRating]:
        """Those of present files that nothing came of yet."""
        rows = self._conn.execute(
            "SELECT id, track_id, coalesce(rating, rating_stars), rating_taken, "
            "max(mtime_ns, ctime_ns) FROM files "
            "WHERE coalesce(rating, rating_stars) IS NOT rating_taken "
            "AND coalesce(rating, rating_stars) IS NOT NULL AND state = 'present' ORDER BY id"
        )
        return [DueRating(*row) for row in rows]

    def take(self, due: DueRating) -> None:
        """Something came of it, or is not to."""
        self._conn.execute(
            "UPDATE files SET rating_taken = ? WHERE id = ?", (due.stars, due.file_id)
        )

    def last_of(self, track_id: int) -> Said | None:
        """What the files of a track said last, whoever scanned them."""
        row = self._conn.execute(
            "SELECT profile, value FROM feedback WHERE track_id = ? AND source = 'file' "
            "ORDER BY id DESC LIMIT 1",
            (track_id,),
        ).fetchone()
        return Said(*row) if row else None

    def other_copies(self, due: DueRating) -> bool:
        """Whether another present file of the same track had its rating taken."""
        row = self._conn.execute(
            "SELECT 1 FROM files WHERE track_id = ? AND id != ? AND rating_taken IS NOT NULL "
            "AND state = 'present' LIMIT 1",
            (due.track_id, due.file_id),
        ).fetchone()
        return row is not None

    def said_since(self, profile: str, track_id: int, at_s: float) -> bool:
        """Whether the person gave an opinion of the track in musicrec after a time."""
        row = self._conn.execute(
            "SELECT 1 FROM feedback AS f WHERE track_id = ? AND profile = ? AND at_s > ? "
            "AND kind IN ('rating', 'like', 'dislike') AND source != 'file' "
            "AND NOT EXISTS (SELECT 1 FROM feedback AS u WHERE u.undoes = f.id) LIMIT 1",
            (track_id, profile, at_s),
        ).fetchone()
        return row is not None
