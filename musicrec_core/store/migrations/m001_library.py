"""Roots, recordings and the files that hold them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m001_library(db: Database) -> None:
    run(
        db,
        """CREATE TABLE roots (
            id INTEGER PRIMARY KEY,
            path BLOB NOT NULL UNIQUE,
            online INTEGER NOT NULL DEFAULT 1
        )""",
        """CREATE TABLE tracks (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            identity TEXT NOT NULL UNIQUE
        )""",
        """CREATE TABLE files (
            id INTEGER PRIMARY KEY,
            path BLOB NOT NULL UNIQUE,
            root_id INTEGER REFERENCES roots(id),
            track_id INTEGER REFERENCES tracks(id),
            size_bytes INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('present', 'missing', 'offline', 'failed')),
            reason TEXT,
            title TEXT NOT NULL DEFAULT '',
            artist TEXT NOT NULL DEFAULT '',
            album TEXT NOT NULL DEFAULT '',
            album_artist TEXT NOT NULL DEFAULT '',
            composer TEXT NOT NULL DEFAULT '',
            genres TEXT NOT NULL DEFAULT '[]',
            track_no INTEGER, disc_no INTEGER, year INTEGER,
            compilation INTEGER NOT NULL DEFAULT 0,
            duration_s REAL
        )""",
        "CREATE INDEX files_by_track ON files(track_id, state)",
        "CREATE INDEX files_by_state ON files(state)",
        "CREATE INDEX files_by_artist ON files(artist, album, disc_no, track_no)",
        "CREATE INDEX files_by_title ON files(title COLLATE NOCASE)",
        "CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
        "INSERT INTO counters VALUES ('generation', 0)",
    )
