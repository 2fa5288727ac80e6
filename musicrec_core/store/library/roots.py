"""Roots: the folders that were scanned."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from musicrec_core.store.connection import atomic
from musicrec_core.store.library.counters import LibraryCounters


@dataclass(frozen=True, slots=True)
class Root:
    """A folder that was scanned; offline while its drive is away."""

    id: int
    path: bytes
    online: bool


class RootsTable:
    """Queries over roots."""

    def __init__(self, conn: sqlite3.Connection, counters: LibraryCounters) -> None:
        self._conn = conn
        self._counters = counters

    def all(self) -> list[Root]:
        """All roots, in the order they were added."""
        rows = self._conn.execute("SELECT id, path, online FROM roots ORDER BY id")
        return [Root(id_, path, bool(online)) for id_, path, online in rows]

    def add(self, path: bytes) -> Root:
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
            self._counters.touch()

    def count_files(self, root: Root) -> int:
        """How many files are remembered in a root."""
        row = self._conn.execute("SELECT count(*) FROM files WHERE root_id = ?", (root.id,))
        return int(row.fetchone()[0])

    def forget(self, root: Root) -> int:
        """Forget a root and its files, returning how many; tracks, features, feedback stay."""
        with atomic(self._conn):
            gone = self._conn.execute("DELETE FROM files WHERE root_id = ?", (root.id,)).rowcount
            self._conn.execute("DELETE FROM roots WHERE id = ?", (root.id,))
            self._counters.touch()
        return gone
