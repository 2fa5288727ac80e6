"""What tags say of the song behind a file; worked out anew where `song` is NULL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m012_songs(db: Database) -> None:
    columns = (
        "artists TEXT", "song TEXT", "versions TEXT NOT NULL DEFAULT ''",
        "lead TEXT NOT NULL DEFAULT ''", "seasonal TEXT", "kind TEXT NOT NULL DEFAULT 'song'",
    )  # fmt: skip
    run(
        db,
        *(f"ALTER TABLE files ADD COLUMN {column}" for column in columns),
        "CREATE INDEX files_by_song ON files(song) WHERE song != ''",
        "CREATE INDEX files_undescribed ON files(id) WHERE song IS NULL",
        """CREATE TABLE credits (
            file_id INTEGER NOT NULL REFERENCES files(id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            name TEXT NOT NULL,
            folded TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('main', 'featured')),
            PRIMARY KEY (file_id, position)
        ) WITHOUT ROWID""",
        "CREATE INDEX credits_by_name ON credits(folded)",
    )
