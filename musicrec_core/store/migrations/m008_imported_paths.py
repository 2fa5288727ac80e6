"""Where songs were in the home that a backup came from, until a scan finds them here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m008_imported_paths(db: Database) -> None:
    run(
        db,
        """CREATE TABLE imported_paths (
            track_id INTEGER PRIMARY KEY REFERENCES tracks(id),
            path BLOB NOT NULL
        )""",
    )
