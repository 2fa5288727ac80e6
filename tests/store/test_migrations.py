"""A database of an earlier version is brought up to date with all that it holds."""

from pathlib import Path

import sqlite_utils

from musicrec_core.records import FoundFile, Tags
from musicrec_core.store import Store
from musicrec_core.store.migrations import migrations


def test_a_database_from_before_enrichment_gains_its_tables_and_keeps_its_songs(
    tmp_path: Path,
) -> None:
    path = tmp_path / "musicrec.db"
    with Store(path) as store:
        store.files.put(None, FoundFile(b"/a.mp3", 1, 1), Tags(title="A"), "sound")
    database = sqlite_utils.Database(path)
    for table in ("answers", "lookups", "listens", "bookmarks"):
        database[table].drop()
    database.conn.execute("DELETE FROM _sqlite_migrations WHERE name LIKE 'm005%'")
    database.conn.execute("PRAGMA user_version = 1")
    database.conn.commit()
    database.close()
    with Store(path) as store:
        assert [t.title for t in store.files.present()] == ["A"]
        assert store.enrichment.forget() == 0
        assert store.listens.count("me") == 0
    database = sqlite_utils.Database(path)
    assert not migrations.pending(database)
    database.close()
