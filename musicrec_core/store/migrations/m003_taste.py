"""What a profile said and did, what it was shown, and how its songs score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m003_taste(db: Database) -> None:
    run(
        db,
        """CREATE TABLE feedback (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            profile TEXT NOT NULL,
            track_id INTEGER NOT NULL REFERENCES tracks(id),
            kind TEXT NOT NULL
                CHECK (kind IN ('like', 'dislike', 'rating', 'skip', 'play', 'undo')),
            value REAL,
            at_s REAL NOT NULL,
            source TEXT NOT NULL,
            context TEXT,
            undoes INTEGER REFERENCES feedback(id)
        )""",
        "CREATE INDEX feedback_by_profile ON feedback(profile, track_id)",
        "CREATE INDEX feedback_undone ON feedback(undoes) WHERE undoes IS NOT NULL",
        """CREATE TABLE shown (
            id INTEGER PRIMARY KEY,
            profile TEXT NOT NULL,
            list TEXT NOT NULL,
            track_id INTEGER NOT NULL REFERENCES tracks(id),
            at_s REAL NOT NULL,
            position INTEGER NOT NULL,
            probability REAL NOT NULL,
            how TEXT NOT NULL
        )""",
        """CREATE TABLE scorings (
            profile TEXT PRIMARY KEY,
            stamp TEXT NOT NULL,
            model TEXT NOT NULL,
            track_ids BLOB NOT NULL,
            scores BLOB NOT NULL,
            uncertainty BLOB NOT NULL,
            picks TEXT NOT NULL
        )""",
    )
