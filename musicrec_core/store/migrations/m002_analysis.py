"""What was measured in a recording, and what the ears made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m002_analysis(db: Database) -> None:
    run(
        db,
        """CREATE TABLE features (
            track_id INTEGER PRIMARY KEY REFERENCES tracks(id),
            version INTEGER NOT NULL,
            vector BLOB NOT NULL,
            attributes TEXT NOT NULL
        )""",
        """CREATE TABLE heard (
            track_id INTEGER PRIMARY KEY REFERENCES tracks(id),
            ears_version TEXT NOT NULL,
            embedding BLOB NOT NULL,
            arousal REAL NOT NULL, valence REAL NOT NULL,
            moods BLOB NOT NULL, genres BLOB NOT NULL
        )""",
    )
