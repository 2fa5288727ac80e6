"""Which tracks changed since the catalogue was kept, so that it can grow by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m021_track_changes(db: Database) -> None:
    files = (
        "track_id, path, title, artist, album, album_artist, genres, year, lead, duration_s, song, "
        "state"
    )

    def note(row: str) -> str:
        return (
            f"DELETE FROM track_changes WHERE track_id = {row}.track_id; "
            f"INSERT INTO track_changes (track_id) SELECT {row}.track_id "
            f"WHERE {row}.track_id IS NOT NULL;"
        )

    run(
        db,
        "CREATE TABLE track_changes (id INTEGER PRIMARY KEY AUTOINCREMENT, "
        "track_id INTEGER NOT NULL UNIQUE)",
        "INSERT INTO counters VALUES ('catalogue', 0)",
        f"CREATE TRIGGER changed_file_insert AFTER INSERT ON files BEGIN {note('new')} END",
        f"CREATE TRIGGER changed_file_delete AFTER DELETE ON files BEGIN {note('old')} END",
        f"CREATE TRIGGER changed_file_update AFTER UPDATE OF {files} ON files "
        f"BEGIN {note('old')} {note('new')} END",
        *(
            f"CREATE TRIGGER changed_{table}_{event.lower()} AFTER {event} ON {table} "
            f"BEGIN {note('old' if event == 'DELETE' else 'new')} END"
            for table in ("features", "heard")
            for event in ("INSERT", "UPDATE", "DELETE")
        ),
        # What a service says of an artist may reach any track.
        *(
            f"CREATE TRIGGER changed_{table}_{event.lower()} AFTER {event} ON {table} "
            "BEGIN UPDATE counters SET value = 0 WHERE name = 'catalogue' AND value != 0; END"
            for table in ("lookups", "answers")
            for event in ("INSERT", "UPDATE", "DELETE")
        ),
    )
