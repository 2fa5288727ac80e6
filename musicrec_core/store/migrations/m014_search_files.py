"""Songs are found by the names of their files and by their year, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.store.library.rows import file_terms
from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m014_search_files(db: Database) -> None:
    db.conn.create_function("file_terms", 5, file_terms, deterministic=True)
    columns = "title, artist, album, genres, title_terms, other_terms"
    new, old = (
        f"{row}.id, {row}.folded_title, {row}.folded_artist || ' ' || {row}.folded_album_artist, "
        f"{row}.folded_album, {row}.genres, {row}.title_terms, "
        f"{row}.other_terms || ' ' || {row}.file_terms"
        for row in ("new", "old")
    )
    remove = f"INSERT INTO search(search, rowid, {columns}) VALUES ('delete', {old});"
    insert = f"INSERT INTO search(rowid, {columns}) VALUES ({new});"
    run(
        db,
        *(f"DROP TRIGGER search_{event}" for event in ("insert", "delete", "update")),
        "ALTER TABLE files ADD COLUMN file_terms TEXT NOT NULL DEFAULT ''",
        """UPDATE files SET file_terms =
            file_terms(path, year, folded_title, folded_artist, folded_album)""",
        "INSERT INTO search(search) VALUES ('delete-all')",
        f"INSERT INTO search(rowid, {columns}) SELECT {new.replace('new.', '')} FROM files",
        f"CREATE TRIGGER search_insert AFTER INSERT ON files BEGIN {insert} END",
        f"CREATE TRIGGER search_delete AFTER DELETE ON files BEGIN {remove} END",
        f"""CREATE TRIGGER search_update
            AFTER UPDATE OF folded_title, folded_artist, folded_album_artist, folded_album,
                genres, title_terms, other_terms, file_terms ON files
            BEGIN {remove} {insert} END""",
        "DROP TRIGGER listing_update",  # now by length and genre, too
        """CREATE TRIGGER listing_update AFTER UPDATE OF
            state, path, title, artist, album, disc_no, track_no, year, genres, duration_s ON files
            BEGIN UPDATE counters SET value = value + 1 WHERE name = 'listing'; END""",
    )
