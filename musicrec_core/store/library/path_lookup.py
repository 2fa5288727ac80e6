"""Find what is at a path, whichever way its letters are composed."""

from __future__ import annotations

import sqlite3
from typing import Any

from musicrec_core.folding import composed, composed_path


class PathLookup:
    """Rows by path: the exact one, else one whose letters are composed in another way."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._generation = self._newest = 0
        self._decomposed: dict[bytes, list[bytes]] = {}
        self._caseless: tuple[int, dict[bytes, list[bytes]]] | None = None

    def first(self, sql: str, path: bytes) -> tuple[Any, ...] | None:
        """The first row of a question that asks for one path."""
        columns: tuple[Any, ...] | None = self._conn.execute(sql, (path,)).fetchone()
        if columns or path.isascii():
            return columns
        spelled = composed_path(path)
        for other in (spelled, *self._spelled_apart().get(spelled, ())):
            columns = self._conn.execute(sql, (other,)).fetchone()
            if columns:
                return columns
        return None

    def first_in_any_case(self, sql: str, path: bytes) -> tuple[Any, ...] | None:
        """The first row likewise; else that of the only path that differs in case alone."""
        exact = self.first(sql, path)
        if exact:
            return exact
        others = self._by_case().get(_caseless(path), [])
        return self.first(sql, others[0]) if len(others) == 1 else None

    def _by_case(self) -> dict[bytes, list[bytes]]:
        """All paths by what they are without case; read once for as long as none changes."""
        (generation,) = self._conn.execute(
            "SELECT value FROM counters WHERE name = 'generation'"
        ).fetchone()
        if self._caseless is None or self._caseless[0] != generation:
            spelled: dict[bytes, list[bytes]] = {}
            for (path,) in self._conn.execute("SELECT path FROM files"):
                spelled.setdefault(_caseless(path), []).append(path)
            self._caseless = generation, spelled
        return self._caseless[1]

    def _spelled_apart(self) -> dict[bytes, list[bytes]]:
        """The paths that a disk spells in another way than composed, by the composed one."""
        (generation,) = self._conn.execute(
            "SELECT value FROM counters WHERE name = 'generation'"
        ).fetchone()
        if generation != self._generation:
            self._generation, self._newest, self._decomposed = generation, 0, {}
        rows = self._conn.execute("SELECT id, path FROM files WHERE id > ?", (self._newest,))
        for id_, path in rows:
            self._newest = max(self._newest, id_)
            if not path.isascii() and (spelled := composed_path(path)) != path:
                self._decomposed.setdefault(spelled, []).append(path)
        return self._decomposed


def _caseless(path: bytes) -> bytes:
    return composed(path.decode("utf-8", "surrogateescape").casefold()).encode(
        "utf-8", "surrogateescape"
    )
