"""Of which song a recording with feedback was whose file is forgotten, or is another now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m019_former_songs(db: Database) -> None:
    keep = """INSERT OR REPLACE INTO former_songs
        VALUES (old.track_id, old.song, old.versions, old.duration_s)"""
    had_feedback = """coalesce(old.song, '') != ''
        AND EXISTS (SELECT 1 FROM feedback WHERE track_id = old.track_id)"""
    run(
        db,
        """CREATE TABLE former_songs (
            track_id INTEGER NOT NULL REFERENCES tracks(id),
            song TEXT NOT NULL,
            versions TEXT NOT NULL,
            duration_s REAL,
            PRIMARY KEY (track_id, song, versions)
        ) WITHOUT ROWID""",
        "CREATE INDEX former_songs_by_song ON former_songs(song)",
        f"CREATE TRIGGER song_forgotten BEFORE DELETE ON files WHEN {had_feedback} "
        f"BEGIN {keep}; END",
        "CREATE TRIGGER song_replaced BEFORE UPDATE OF track_id ON files "
        f"WHEN old.track_id IS NOT new.track_id AND {had_feedback} BEGIN {keep}; END",
    )
