"""What a music service answered and when, and what a person played and loved there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m005_enrichment(db: Database) -> None:
    run(
        db,
        """CREATE TABLE lookups (
            id INTEGER PRIMARY KEY,
            server TEXT NOT NULL,
            subject TEXT NOT NULL CHECK (subject IN ('artist', 'album', 'track')),
            topic TEXT NOT NULL CHECK (topic IN ('tags', 'similar', 'info')),
            artist TEXT NOT NULL,
            name TEXT NOT NULL,
            at_s REAL NOT NULL,
            UNIQUE (server, subject, topic, artist, name)
        )""",
        """CREATE TABLE answers (
            lookup_id INTEGER PRIMARY KEY REFERENCES lookups(id) ON DELETE CASCADE,
            body TEXT NOT NULL
        )""",
        """CREATE TABLE listens (
            id INTEGER PRIMARY KEY,
            profile TEXT NOT NULL,
            account TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('play', 'like')),
            artist TEXT NOT NULL,
            title TEXT NOT NULL,
            album TEXT NOT NULL,
            at_s REAL NOT NULL,
            feedback_id INTEGER REFERENCES feedback(id),
            UNIQUE (profile, account, kind, at_s, artist, title)
        )""",
        "CREATE INDEX listens_unmatched ON listens(profile) WHERE feedback_id IS NULL",
        "CREATE TABLE bookmarks (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    )
