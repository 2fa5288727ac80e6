"""Full text over the tags of readable files, kept in step by triggers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m004_search(db: Database) -> None:
    columns = "title, artist, album, genres"
    new = "new.id, new.title, new.artist || ' ' || new.album_artist, new.album, new.genres"
    old = "old.id, old.title, old.artist || ' ' || old.album_artist, old.album, old.genres"
    remove = f"INSERT INTO search(search, rowid, {columns}) VALUES ('delete', {old});"
    insert = f"INSERT INTO search(rowid, {columns}) VALUES ({new});"
    run(
        db,
        f"""CREATE VIRTUAL TABLE search USING fts5(
            {columns}, content='', tokenize="unicode61 remove_diacritics 2", prefix='2 3'
        )""",
        "CREATE VIRTUAL TABLE search_words USING fts5vocab(search, 'row')",
        f"CREATE TRIGGER search_insert AFTER INSERT ON files BEGIN {insert} END",
        f"CREATE TRIGGER search_delete AFTER DELETE ON files BEGIN {remove} END",
        f"""CREATE TRIGGER search_update
            AFTER UPDATE OF title, artist, album_artist, album, genres ON files
            BEGIN {remove} {insert} END""",
    )
