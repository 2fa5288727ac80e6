"""Roots, files and tracks: what is on disk and how it is found again."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from musicrec_core.records import FoundFile, Tags, Track
from musicrec_core.store.connection import atomic
from musicrec_core.store.path_lookup import PathLookup
from musicrec_core.store.rows import (
    DISK_COLUMNS,
    KEPT_COLUMNS,
    TAG_COLUMNS,
    TRACK_SELECT,
    disk_values,
    file_terms,
    tag_values,
    to_track,
)

FileState = Literal["present", "missing", "offline", "failed"]

CHUNK = 500  # well below SQLite's limit of bound values


@dataclass(frozen=True, slots=True)
class Root:
    """A folder that was scanned; offline while its drive is away."""

    id: int
    path: bytes
    online: bool


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the store remembers of one path."""

    id: int
    file: FoundFile
    state: FileState
    root_id: int | None
    track_id: int | None
    identity: str | None
    reason: str | None


class FilesTable:
    """Queries over roots, files and tracks."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._paths = PathLookup(conn)

    # --- roots ---

    def roots(self) -> list[Root]:
        """All roots, in the order they were added."""
        rows = self._conn.execute("SELECT id, path, online FROM roots ORDER BY id")
        return [Root(id_, path, bool(online)) for id_, path, online in rows]

    def add_root(self, path: bytes) -> Root:
        """Remember a root, or find the one that is already known; it is online now."""
        self._conn.execute(
            "INSERT INTO roots (path) VALUES (?) ON CONFLICT (path) DO UPDATE SET online = 1",
            (path,),
        )
        row = self._conn.execute("SELECT id FROM roots WHERE path = ?", (path,)).fetchone()
        return Root(row[0], path, online=True)

    def set_offline(self, root: Root) -> None:
        """The root's drive is away: its files wait, nothing is deleted."""
        with atomic(self._conn):
            self._conn.execute("UPDATE roots SET online = 0 WHERE id = ?", (root.id,))
            self._conn.execute(
                "UPDATE files SET state = 'offline' WHERE root_id = ? AND state = 'present'",
                (root.id,),
            )
            self.touch()

    def count_of_root(self, root: Root) -> int:
        """How many files are remembered in a root."""
        row = self._conn.execute("SELECT count(*) FROM files WHERE root_id = ?", (root.id,))
        return int(row.fetchone()[0])

    def forget_root(self, root: Root) -> int:
        """Forget a root and its files, returning how many; tracks, features, feedback stay."""
        with atomic(self._conn):
            gone = self._conn.execute("DELETE FROM files WHERE root_id = ?", (root.id,)).rowcount
            self._conn.execute("DELETE FROM roots WHERE id = ?", (root.id,))
            self.touch()
        return gone

    # --- the state of files ---

    def stored(self) -> Iterator[KnownFile]:
        """Every remembered path."""
        rows = self._conn.execute(
            f"SELECT files.id, path, {', '.join(DISK_COLUMNS)}, state, root_id, track_id, "
            "identity, reason FROM files LEFT JOIN tracks ON tracks.id = files.track_id"
        )
        for id_, path, size, mtime, ctime, *rest in rows:
            yield KnownFile(id_, FoundFile(path, size, mtime, ctime), *rest)

    def put(self, root: Root | None, file: FoundFile, tags: Tags, identity: str) -> int:
        """Remember a readable file as present, new or in place of what its path held before.

        Returns the id of its track.
        """
        track_id = self.track_of(identity)
        columns = ("path", "root_id", "track_id", *DISK_COLUMNS, *TAG_COLUMNS)
        values = (file.path, root and root.id, track_id, *disk_values(file))
        rules = {name: f"excluded.{name}" for name in columns[2:]} | KEPT_COLUMNS
        updates = ", ".join(f"{name} = {rule}" for name, rule in rules.items())
        self._conn.execute(
            f"INSERT INTO files (state, {', '.join(columns)}) "
            f"VALUES ('present'{', ?' * len(columns)}) "
            "ON CONFLICT (path) DO UPDATE SET state = 'present', reason = NULL, "
            f"root_id = coalesce(excluded.root_id, root_id), {updates}",
            (*values, *tag_values(file.path, tags)),
        )
        return track_id

    def says(self, file: FoundFile, tags: Tags) -> bool:
        """Whether a readable file is known to say just this."""
        columns = dict(zip(TAG_COLUMNS, tag_values(file.path, tags), strict=True))
        del columns["duration_s"]  # listening may have corrected it
        sql = f"SELECT {', '.join(columns)} FROM files WHERE path = ? AND state != 'failed'"
        return bool(self._conn.execute(sql, (file.path,)).fetchone() == tuple(columns.values()))

    def set_ctimes(self, files: Sequence[tuple[int, FoundFile]]) -> None:
        """Learn the ctime of files (id, as found) that are known without."""
        rows = [(file.ctime_ns, id_) for id_, file in files]
        self._conn.executemany("UPDATE files SET ctime_ns = ? WHERE id = ?", rows)

    def put_failed(self, root: Root | None, file: FoundFile, reason: str) -> None:
        """Quarantine a file with its reason; what its path held before stays linked."""
        self._conn.execute(
            "INSERT INTO files (state, path, root_id, reason, size_bytes, mtime_ns, ctime_ns) "
            "VALUES ('failed', ?, ?, ?, ?, ?, ?) ON CONFLICT (path) DO UPDATE SET "
            "state = 'failed', root_id = excluded.root_id, size_bytes = excluded.size_bytes, "
            "mtime_ns = excluded.mtime_ns, ctime_ns = excluded.ctime_ns, reason = excluded.reason",
            (file.path, root and root.id, reason, *disk_values(file)),
        )

    def fail_path(self, path: bytes, reason: str) -> None:
        """Quarantine a file that could not be analysed; its track may have other copies."""
        self._conn.execute(
            "UPDATE files SET state = 'failed', reason = ? WHERE path = ?", (reason, path)
        )

    def move(self, file_id: int, root: Root | None, file: FoundFile) -> None:
        """The file is the same, its path is new."""
        sql = "SELECT year, folded_title, folded_artist, folded_album FROM files WHERE id = ?"
        terms = file_terms(file.path, *self._conn.execute(sql, (file_id,)).fetchone())
        self._conn.execute(
            "UPDATE files SET path = ?, root_id = ?, size_bytes = ?, mtime_ns = ?, ctime_ns = ?, "
            "file_terms = ?, state = 'present' WHERE id = ?",
            (file.path, root and root.id, *disk_values(file), terms, file_id),
        )

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

    def set_state(self, file_ids: Sequence[int], state: FileState) -> None:
        """Mark files as present again, missing, ..."""
        self._conn.executemany(
            "UPDATE files SET state = ? WHERE id = ?", [(state, id_) for id_ in file_ids]
        )

    def drop_failed(self, file_ids: Sequence[int]) -> None:
        """Quarantined files that are gone: nothing is known of them that could be lost."""
        marks = [(id_,) for id_ in file_ids]
        self._conn.executemany("DELETE FROM files WHERE id = ? AND track_id IS NULL", marks)
        self._conn.executemany("UPDATE files SET state = 'missing' WHERE id = ?", marks)

    def prune(self) -> int:
        """Forget the files that are missing; tracks, features and feedback stay."""
        with atomic(self._conn):
            gone = self._conn.execute("DELETE FROM files WHERE state = 'missing'").rowcount
            self.touch()
        return gone

    def count(self, state: FileState) -> int:
        """How many files are in a state; triggers keep these numbers."""
        row = self._conn.execute("SELECT files FROM file_counts WHERE state = ?", (state,))
        return int(row.fetchone()[0])

    # --- the generation: a number that changes whenever scores may have to ---

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

    # --- reading tracks ---

    def tracks(self, track_ids: Iterable[int]) -> dict[int, Track]:
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

    def present_track_ids(self) -> set[int]:
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
