"""Requests that are kept under a name, what came of them last, and where it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m017_saved_lists(db: Database) -> None:
    run(
        db,
        """CREATE TABLE saved_lists (
            id INTEGER PRIMARY KEY,
            profile TEXT NOT NULL,
            name TEXT NOT NULL,
            folded TEXT NOT NULL,
            request TEXT NOT NULL,
            file BLOB,
            relative INTEGER NOT NULL DEFAULT 0,
            day TEXT,
            track_ids TEXT NOT NULL DEFAULT '[]',
            written TEXT,
            UNIQUE (profile, folded)
        )""",
    )
