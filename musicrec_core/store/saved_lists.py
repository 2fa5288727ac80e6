"""Requests for lists that are kept under a name, and what came of them last."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from musicrec_core.store.playlist_records import folded_name

_COLUMNS = "profile, name, request, file, relative, day, track_ids, written"


@dataclass(frozen=True, slots=True)
class StoredList:
    """A saved list. request: as JSON. file: absolute, `os.fsdecode` text, or None."""

    profile: str
    name: str
    request: Mapping[str, Any]
    file: str | None = None
    relative: bool = False
    """Whether the paths in the file start at its folder."""
    day: str | None = None
    """ISO date on which its songs were chosen; None before the first time."""
    track_ids: tuple[int, ...] = ()
    written: str | None = None
    """A digest of the file as it was written last."""


class SavedListsTable:
    """Queries over saved lists."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def all(self, profile: str | None = None) -> list[StoredList]:
        """Those of a profile, or of everyone, in the order of their names."""
        rows = self._conn.execute(
            f"SELECT {_COLUMNS} FROM saved_lists WHERE ?1 IS NULL OR profile = ?1 "
            "ORDER BY profile, folded",
            (profile,),
        )
        return [_stored(row) for row in rows]

    def named(self, profile: str, name: str) -> StoredList | None:
        """The one of that name, in whatever case and accents."""
        row = self._conn.execute(
            f"SELECT {_COLUMNS} FROM saved_lists WHERE profile = ? AND folded = ?",
            (profile, folded_name(name)),
        ).fetchone()
        return _stored(row) if row else None

    def put(self, saved: StoredList) -> None:
        """Keep it, in place of one of the same name."""
        self._conn.execute(
            f"INSERT OR REPLACE INTO saved_lists (folded, {_COLUMNS}) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                folded_name(saved.name), saved.profile, saved.name, json.dumps(dict(saved.request)),
                None if saved.file is None else os.fsencode(saved.file), saved.relative, saved.day,
                json.dumps(saved.track_ids), saved.written,
            ),
        )  # fmt: skip

    def delete(self, profile: str, name: str) -> None:
        """Forget it; what it wrote stays."""
        self._conn.execute(
            "DELETE FROM saved_lists WHERE profile = ? AND folded = ?", (profile, folded_name(name))
        )


def _stored(row: Sequence[Any]) -> StoredList:
    profile, name, request, file, relative, day, track_ids, written = row
    return StoredList(
        profile, name, json.loads(request), None if file is None else os.fsdecode(file),
        bool(relative), day, tuple(json.loads(track_ids)), written,
    )  # fmt: skip
