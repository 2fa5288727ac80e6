"""What a person set, and what they never want to hear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m013_guards(db: Database) -> None:
    run(
        db,
        """CREATE TABLE settings (
            profile TEXT NOT NULL,
            name TEXT NOT NULL,
            value TEXT NOT NULL,
            PRIMARY KEY (profile, name)
        ) WITHOUT ROWID""",
        """CREATE TABLE bans (
            id INTEGER PRIMARY KEY,
            profile TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('artist', 'album', 'genre', 'folder')),
            value TEXT NOT NULL,
            UNIQUE (profile, kind, value)
        )""",
        "CREATE INDEX files_apart ON files(track_id) WHERE seasonal IS NOT NULL OR kind != 'song'",
    )
