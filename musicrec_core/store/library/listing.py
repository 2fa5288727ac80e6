"""List files in an order, and by artist and album."""

from __future__ import annotations

import sqlite3
from array import array
from typing import Literal

Order = Literal["title", "artist", "album", "genre", "year", "length", "path"]

# Each ends with what no two files share, so that the opposite order is the same read backwards.
ORDERS: dict[Order, str] = {
    "artist": "artist COLLATE NOCASE, album COLLATE NOCASE, disc_no, track_no, path",
    "title": "title COLLATE NOCASE, artist COLLATE NOCASE, path",
    "album": "album COLLATE NOCASE, disc_no, track_no, path",
    "year": "year, artist COLLATE NOCASE, album COLLATE NOCASE, disc_no, track_no, path",
    "genre": "genres COLLATE NOCASE, artist COLLATE NOCASE, title, path",
    "length": "duration_s, path",
    "path": "path",
}

UNKNOWN: dict[Order, str] = {
    "artist": "artist = ''",
    "title": "title = ''",
    "album": "album = ''",
    "year": "year IS NULL",
    "genre": "genres = '[]'",
    "length": "duration_s IS NULL",
    "path": "0",
}
"""Where there is nothing to sort by: such files come last, whichever way the others read."""


class Listing:
    """The present files, as their tags sort them."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def in_order(self, order: Order) -> tuple[array[int], array[int]]:
        """The ids of all present files in an order, 8 bytes each: those it can sort, the others."""
        return self._ids(order, f"NOT ({UNKNOWN[order]})"), self._ids(order, UNKNOWN[order])

    def _ids(self, order: Order, condition: str) -> array[int]:
        rows = self._conn.execute(
            f"SELECT id FROM files WHERE state = 'present' AND {condition} ORDER BY {ORDERS[order]}"
        )
        return array("q", (row[0] for row in rows))

    def tracks_by_artist(self) -> tuple[array[int], array[int]]:
        """The ids of all present files in the order by artist, and of their tracks."""
        rows = self._conn.execute(
            f"SELECT id, track_id FROM files WHERE state = 'present' ORDER BY {ORDERS['artist']}"
        )
        files, tracks = array("q"), array("q")
        for file_id, track_id in rows:
            files.append(file_id)
            tracks.append(track_id)
        return files, tracks

    def artists(self) -> list[tuple[str, int]]:
        """(name, files) of every artist with a present file, in their order."""
        rows = self._conn.execute(
            "SELECT artist, count(*) FROM files WHERE state = 'present' "
            "GROUP BY artist ORDER BY artist = '', artist COLLATE NOCASE, artist"
        )
        return rows.fetchall()

    def albums_of(self, artist: str) -> list[tuple[str, int, int | None]]:
        """(name, files, first year) of an artist's albums, by year."""
        rows = self._conn.execute(
            "SELECT album, count(*), min(year) FROM files WHERE artist = ? AND state = 'present' "
            "GROUP BY album ORDER BY min(year) IS NULL, min(year), album COLLATE NOCASE",
            (artist,),
        )
        return rows.fetchall()

    def files_of(self, artist: str, album: str | None) -> array[int]:
        """Ids of the present files of an artist, or of one album, as they are heard."""
        rows = self._conn.execute(
            "SELECT id FROM files WHERE artist = ?1 AND (?2 IS NULL OR album = ?2) "
            "AND state = 'present' ORDER BY album COLLATE NOCASE, disc_no, track_no, path",
            (artist, album),
        )
        return array("q", (row[0] for row in rows))

    def files_and_tracks(self) -> tuple[array[int], array[int]]:
        """The ids of all present files, and of their tracks."""
        rows = self._conn.execute(
            "SELECT id, track_id FROM files WHERE state = 'present' AND track_id IS NOT NULL"
        )
        files, tracks = array("q"), array("q")
        for file_id, track_id in rows:
            files.append(file_id)
            tracks.append(track_id)
        return files, tracks
