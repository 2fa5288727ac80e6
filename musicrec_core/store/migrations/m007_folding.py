"""Tags as they are compared, filled in for every file; the search reads these from now on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.folding import fold
from musicrec_core.store.library.rows import name_of
from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m007_folding(db: Database) -> None:
    db.conn.create_function("folded", 1, fold, deterministic=True)
    db.conn.create_function("name_of", 1, name_of, deterministic=True)
    # Some databases were made, between two releases, with these columns and indexes.
    there = {row[1] for row in db.conn.execute("PRAGMA table_info(files)")}
    new, old = (
        f"{row}.id, {row}.folded_title, {row}.folded_artist || ' ' || {row}.folded_album_artist, "
        f"{row}.folded_album, {row}.genres"
        for row in ("new", "old")
    )
    columns = "title, artist, album, genres"
    remove = f"INSERT INTO search(search, rowid, {columns}) VALUES ('delete', {old});"
    insert = f"INSERT INTO search(rowid, {columns}) VALUES ({new});"
    run(
        db,
        *(f"DROP TRIGGER search_{event}" for event in ("insert", "delete", "update")),
        *(
            f"ALTER TABLE files ADD COLUMN folded_{name} TEXT NOT NULL DEFAULT ''"
            for name in ("title", "artist", "album_artist", "album")
            if f"folded_{name}" not in there
        ),
        """UPDATE files SET
            folded_title = folded(CASE title WHEN '' THEN name_of(path) ELSE title END),
            folded_artist = folded(artist), folded_album_artist = folded(album_artist),
            folded_album = folded(album)""",
        "CREATE INDEX IF NOT EXISTS files_named ON files(folded_title)",
        "CREATE INDEX IF NOT EXISTS files_named_by ON files(folded_artist || ' ' || folded_title)",
        "CREATE INDEX IF NOT EXISTS files_of_artist ON files(folded_artist)",
        "CREATE INDEX IF NOT EXISTS files_of_album_artist ON files(folded_album_artist)",
        "CREATE INDEX IF NOT EXISTS files_of_album ON files(folded_album)",
        "CREATE INDEX IF NOT EXISTS files_on_album ON files(folded_artist || ' ' || folded_album)",
        "CREATE INDEX IF NOT EXISTS feedback_by_track ON feedback(track_id, source)",
        "INSERT INTO search(search) VALUES ('delete-all')",
        f"INSERT INTO search(rowid, {columns}) SELECT {new.replace('new.', '')} FROM files",
        f"CREATE TRIGGER search_insert AFTER INSERT ON files BEGIN {insert} END",
        f"CREATE TRIGGER search_delete AFTER DELETE ON files BEGIN {remove} END",
        f"""CREATE TRIGGER search_update
            AFTER UPDATE OF folded_title, folded_artist, folded_album_artist, folded_album, genres
            ON files
            BEGIN {remove} {insert} END""",
    )
