"""Every text folded anew, and what the search needs to find words inside others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.folding import fold, search_terms
from musicrec_core.store.library.rows import name_of, other_terms
from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m009_search_terms(db: Database) -> None:
    for name, function in (("folded", fold), ("title_terms", search_terms), ("name_of", name_of)):
        db.conn.create_function(name, 1, function, deterministic=True)
    db.conn.create_function("other_terms", 4, other_terms, deterministic=True)
    columns = "title, artist, album, genres, title_terms, other_terms"
    new, old = (
        f"{row}.id, {row}.folded_title, {row}.folded_artist || ' ' || {row}.folded_album_artist, "
        f"{row}.folded_album, {row}.genres, {row}.title_terms, {row}.other_terms"
        for row in ("new", "old")
    )
    remove = f"INSERT INTO search(search, rowid, {columns}) VALUES ('delete', {old});"
    insert = f"INSERT INTO search(rowid, {columns}) VALUES ({new});"
    title = "CASE title WHEN '' THEN name_of(path) ELSE title END"
    run(
        db,
        *(f"DROP TRIGGER search_{event}" for event in ("insert", "delete", "update")),
        "DROP TABLE search_words",
        "DROP TABLE search",
        "ALTER TABLE files ADD COLUMN title_terms TEXT NOT NULL DEFAULT ''",
        "ALTER TABLE files ADD COLUMN other_terms TEXT NOT NULL DEFAULT ''",
        f"""UPDATE files SET folded_title = folded({title}), folded_artist = folded(artist),
            folded_album_artist = folded(album_artist), folded_album = folded(album),
            title_terms = title_terms({title}),
            other_terms = other_terms(artist, album_artist, album, genres)""",
        # Vowel signs of many scripts are marks, which the tokenizer would take for spaces.
        f"""CREATE VIRTUAL TABLE search USING fts5({columns}, content='', prefix='2 3',
            tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'")""",
        "CREATE VIRTUAL TABLE search_words USING fts5vocab(search, 'row')",
        f"INSERT INTO search(rowid, {columns}) SELECT {new.replace('new.', '')} FROM files",
        f"CREATE TRIGGER search_insert AFTER INSERT ON files BEGIN {insert} END",
        f"CREATE TRIGGER search_delete AFTER DELETE ON files BEGIN {remove} END",
        f"""CREATE TRIGGER search_update
            AFTER UPDATE OF folded_title, folded_artist, folded_album_artist, folded_album,
                genres, title_terms, other_terms ON files
            BEGIN {remove} {insert} END""",
    )
