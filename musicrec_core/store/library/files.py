"""Files: what is on disk, what each says of itself, and in which state it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from musicrec_core.records import FoundFile, Tags
from musicrec_core.store.connection import atomic
from musicrec_core.store.library.counters import LibraryCounters
from musicrec_core.store.library.roots import Root
from musicrec_core.store.library.rows import (
    DISK_COLUMNS,
    KEPT_COLUMNS,
    TAG_COLUMNS,
    disk_values,
    file_terms,
    tag_values,
)

FileState = Literal["present", "missing", "offline", "failed"]


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
    """Queries over files."""

    def __init__(
        self,
        conn: sqlite3.Connection,
        counters: LibraryCounters,
        track_of: Callable[[str], int],
    ) -> None:
        self._conn = conn
        self._counters = counters
        self._track_of = track_of

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
        track_id = self._track_of(identity)
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

    def failed(self) -> list[tuple[bytes, str]]:
        """(path, reason) of every quarantined file, by path."""
        sql = "SELECT path, reason FROM files WHERE state = 'failed' ORDER BY path"
        return [(path, reason or "could not be read") for path, reason in self._conn.execute(sql)]

    def forget_look(self, path: bytes) -> bool:
        """Let the next scan take a quarantined file for a changed one; False if it is none."""
        sql = "UPDATE files SET mtime_ns = 0 WHERE path = ? AND state = 'failed'"
        return self._conn.execute(sql, (path,)).rowcount > 0

    def move(self, file_id: int, root: Root | None, file: FoundFile) -> None:
        """The file is the same, its path is new."""
        sql = "SELECT year, folded_title, folded_artist, folded_album FROM files WHERE id = ?"
        terms = file_terms(file.path, *self._conn.execute(sql, (file_id,)).fetchone())
        self._conn.execute(
            "UPDATE files SET path = ?, root_id = ?, size_bytes = ?, mtime_ns = ?, ctime_ns = ?, "
            "file_terms = ?, state = 'present' WHERE id = ?",
            (file.path, root and root.id, *disk_values(file), terms, file_id),
        )

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
            self._counters.touch()
        return gone

    def count(self, state: FileState) -> int:
        """How many files are in a state; triggers keep these numbers."""
        row = self._conn.execute("SELECT files FROM file_counts WHERE state = ?", (state,))
        return int(row.fetchone()[0])
