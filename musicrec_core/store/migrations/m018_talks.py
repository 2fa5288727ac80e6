"""What was asked for in words, turn by turn, and how the talk stood before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m018_talks(db: Database) -> None:
    run(
        db,
        """CREATE TABLE talk_turns (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            profile TEXT NOT NULL,
            utterance INTEGER NOT NULL,
            at_s REAL NOT NULL,
            text TEXT NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL,
            acts TEXT NOT NULL,
            undone INTEGER NOT NULL
        )""",
        "CREATE INDEX talk_turns_by_profile ON talk_turns(profile, id)",
    )
