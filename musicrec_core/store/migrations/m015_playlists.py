"""Playlists, the journal of their changes, and when a recording first came in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m015_playlists(db: Database) -> None:
    run(
        db,
        """CREATE TABLE playlists (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            profile TEXT NOT NULL,
            name TEXT NOT NULL,
            folded TEXT NOT NULL,
            made_at_s REAL NOT NULL,
            changed_at_s REAL NOT NULL,
            UNIQUE (profile, folded)
        )""",
        """CREATE TABLE playlist_items (
            playlist_id INTEGER NOT NULL REFERENCES playlists(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            track_id INTEGER NOT NULL REFERENCES tracks(id),
            guest INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (playlist_id, position)
        ) WITHOUT ROWID""",
        """CREATE TABLE playlist_changes (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            profile TEXT NOT NULL,
            playlist_id INTEGER NOT NULL,
            kind TEXT NOT NULL,
            text TEXT NOT NULL,
            at_s REAL NOT NULL,
            name_before TEXT,
            name_after TEXT,
            position INTEGER NOT NULL,
            removed TEXT NOT NULL,
            added TEXT NOT NULL,
            undone_as INTEGER
        )""",
        "CREATE INDEX playlist_changes_by_profile ON playlist_changes(profile, id)",
        """CREATE TABLE playlist_songs (
            track_id INTEGER PRIMARY KEY REFERENCES tracks(id),
            path BLOB NOT NULL,
            title TEXT NOT NULL,
            artist TEXT NOT NULL,
            album TEXT NOT NULL,
            duration_s REAL
        )""",
        "ALTER TABLE tracks ADD COLUMN added_at_s REAL",
        # What came before this was kept: the oldest file says when, as well as anything does.
        """UPDATE tracks SET added_at_s =
            (SELECT min(mtime_ns) / 1e9 FROM files WHERE files.track_id = tracks.id)""",
    )
