"""Tracks: recordings, each shown through one of its files."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from musicrec_core.records import Track
from musicrec_core.store.connection import CHUNK
from musicrec_core.store.library.files import FileState
from musicrec_core.store.library.path_lookup import PathLookup
from musicrec_core.store.library.rows import TRACK_SELECT, to_track

NamedColumn = Literal["artist", "album", "title"]
_NAMED: dict[NamedColumn, tuple[str, ...]] = {
    "artist": ("folded_artist", "folded_album_artist"),
    "album": ("folded_album",),
    "title": ("folded_title",),
}


class TracksTable:
    """Queries over tracks."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._paths = PathLookup(conn)

    def by_id(self, track_ids: Iterable[int]) -> dict[int, Track]:
        """One Track each, through its first present file, else through any it ever had."""
        tracks: dict[int, Track] = {}
        ids = list(dict.fromkeys(track_ids))
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            rows = self._conn.execute(
                f"{TRACK_SELECT} WHERE track_id IN ({marks}) ORDER BY state = 'present', id DESC",
                chunk,
            )
            for row in rows:  # later rows win: the first present file comes last
                tracks[row[0]] = to_track(row)
        return tracks

    def present(self) -> Iterator[Track]:
        """Every present file as a Track, copies included, in path order."""
        rows = self._conn.execute(f"{TRACK_SELECT} WHERE state = 'present' ORDER BY path")
        return map(to_track, rows)

    def present_in_order(self) -> list[int]:
        """The track of every present file, in path order: once for each copy."""
        sql = "SELECT track_id FROM files WHERE state = 'present' ORDER BY path"
        return [row[0] for row in self._conn.execute(sql).fetchall()]

    def present_of(self, track_ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """(song or "", file id, a row for `to_track`) of present files of tracks, in path order."""
        rows: list[tuple[Any, ...]] = []
        for start in range(0, len(track_ids), CHUNK):
            chunk = track_ids[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            sql = TRACK_SELECT.replace("SELECT ", "SELECT coalesce(song, ''), files.id, ", 1)
            where = f"track_id IN ({marks}) AND state = 'present' ORDER BY path"
            rows += self._conn.execute(f"{sql} WHERE {where}", chunk).fetchall()
        return rows

    def paths(self) -> Iterator[tuple[int, str]]:
        """(track id, path) of every present file."""
        rows = self._conn.execute("SELECT track_id, path FROM files WHERE state = 'present'")
        return ((track_id, os.fsdecode(path)) for track_id, path in rows)

    def present_paths(self, track_id: int) -> list[bytes]:
        """Where the present files of a track are."""
        rows = self._conn.execute(
            "SELECT path FROM files WHERE track_id = ? AND state = 'present' ORDER BY id",
            (track_id,),
        )
        return [row[0] for row in rows]

    def by_file_ids(self, file_ids: Sequence[int]) -> list[Track]:
        """Tracks in the order of the given file ids."""
        tracks: dict[int, Track] = {}
        for start in range(0, len(file_ids), CHUNK):
            chunk = file_ids[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            sql = TRACK_SELECT.replace("SELECT ", "SELECT files.id, ", 1)
            for row in self._conn.execute(f"{sql} WHERE files.id IN ({marks})", chunk):
                tracks[row[0]] = to_track(row[1:])
        return [tracks[id_] for id_ in file_ids if id_ in tracks]

    def at_path(self, path: bytes) -> Track | None:
        """The track whose file is at a path, however its letters are composed."""
        sql = f"{TRACK_SELECT} WHERE path = ? AND track_id IS NOT NULL"
        row = self._paths.first(sql, path)
        return to_track(row) if row else None

    def state_of(self, track_id: int) -> tuple[FileState | None, str]:
        """The best state of a track's files, None where it has none; why the file failed."""
        row = self._conn.execute(
            "SELECT state, coalesce(reason, '') FROM files WHERE track_id = ? "
            "ORDER BY state = 'present' DESC, id DESC LIMIT 1",
            (track_id,),
        ).fetchone()
        return row or (None, "")

    def track_of(self, identity: str) -> int:
        """The track with an identity, made where there is none yet."""
        self._conn.execute(
            "INSERT INTO tracks (identity, added_at_s) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (identity, time.time()),
        )
        row = self._conn.execute("SELECT id FROM tracks WHERE identity = ?", (identity,))
        return int(row.fetchone()[0])

    def of_table(self, name: str) -> tuple[int, str] | None:
        """(track id, identity) of the file that a table names by its path; None for no file.

        A path in other case counts where only one file can be meant.
        """
        row = self._paths.first_in_any_case(
            "SELECT tracks.id, identity FROM files JOIN tracks ON tracks.id = files.track_id "
            "WHERE path = ?",
            os.path.abspath(os.fsencode(name)),
        )
        return (int(row[0]), row[1]) if row else None

    def added(self, among: Sequence[int] | None = None) -> dict[int, float]:
        """When each recording, or some, first came in: seconds since 1970, where that is known."""
        sql = "SELECT id, added_at_s FROM tracks WHERE present > 0 AND added_at_s IS NOT NULL"
        if among is None:
            return dict(self._conn.execute(sql).fetchall())
        added_s: dict[int, float] = {}
        for start in range(0, len(among), CHUNK):
            chunk = among[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            added_s.update(self._conn.execute(f"{sql} AND id IN ({marks})", chunk))
        return added_s

    def holding(self, column: NamedColumn, words: str, *, whole: bool = False) -> set[int]:
        """Present tracks of which a name holds these folded words in a row, or is them."""
        named = " OR ".join(
            f"{name} = ?1" if whole else f"instr(' ' || {name} || ' ', ' ' || ?1 || ' ')"
            for name in _NAMED[column]
        )
        rows = self._conn.execute(
            f"SELECT track_id FROM files WHERE ({named}) AND state = 'present' "
            "AND track_id IS NOT NULL",
            (words,),
        )
        track_ids = {row[0] for row in rows}
        return track_ids | self._credited(words, whole) if column == "artist" else track_ids

    def _credited(self, words: str, whole: bool) -> set[int]:
        named = "folded = ?1" if whole else "instr(' ' || folded || ' ', ' ' || ?1 || ' ')"
        rows = self._conn.execute(
            "SELECT track_id FROM credits JOIN files ON files.id = file_id "
            f"WHERE {named} AND state = 'present' AND track_id IS NOT NULL",
            (words,),
        )
        return {row[0] for row in rows}

    def present_among(self, track_ids: Iterable[int]) -> set[int]:
        """Those of some tracks that have a present file."""
        ids, present = list(track_ids), set[int]()
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            sql = f"SELECT id FROM tracks WHERE present > 0 AND id IN ({marks})"
            present.update(row[0] for row in self._conn.execute(sql, chunk))
        return present

    def present_ids(self) -> set[int]:
        """The tracks that have a present file."""
        rows = self._conn.execute("SELECT id FROM tracks WHERE present > 0")
        return {row[0] for row in rows}

    def unanalysed(self, version: int) -> list[tuple[int, bytes]]:
        """(track id, path) of present tracks without features of `version`, new ones first."""
        rows = self._conn.execute(
            "SELECT files.track_id, min(path), max(features.version IS NOT NULL) AS stale "
            "FROM files LEFT JOIN features ON features.track_id = files.track_id "
            "WHERE state = 'present' AND features.version IS NOT ? "
            "GROUP BY files.track_id ORDER BY stale, min(files.id)",
            (version,),
        )
        return [(track_id, path) for track_id, path, _ in rows]

    def rekey(self, track_id: int, identity: str) -> bool:
        """Give a track the identity of its replaced file; False where that identity is taken."""
        if self._conn.execute("SELECT 1 FROM tracks WHERE identity = ?", (identity,)).fetchone():
            return False
        self._conn.execute("UPDATE tracks SET identity = ? WHERE id = ?", (identity, track_id))
        return True

    def copies(self, track_id: int) -> int:
        """How many files hold a track."""
        row = self._conn.execute("SELECT count(*) FROM files WHERE track_id = ?", (track_id,))
        return int(row.fetchone()[0])
