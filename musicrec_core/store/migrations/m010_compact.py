"""Vectors and attributes in less room, counts that are kept, fewer indexes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from musicrec_core.store.measured.packing import as_shares
from musicrec_core.store.measured.plain_packing import vector_rows
from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m010_compact(db: Database) -> None:
    old_vectors = "SELECT track_id, vector, attributes FROM old_features ORDER BY track_id"
    attributes = (
        "tempo_bpm", "tempo_confidence", "key", "key_confidence", "loudness_lufs",
        "dynamic_range_db", "brightness_hz", "energy", "acousticness", "danceability",
        "instrumentalness",
    )  # fmt: skip
    columns = ", ".join(f"{a} {'TEXT' if a == 'key' else 'REAL'}" for a in attributes)
    db.conn.create_function("shares", 1, as_shares, deterministic=True)
    run(
        db,
        "ALTER TABLE features RENAME TO old_features",
        f"""CREATE TABLE features (
            track_id INTEGER PRIMARY KEY REFERENCES tracks(id), version INTEGER NOT NULL, {columns}
        )""",
        # A vector of some 2 KB in one row would leave half of each page empty.
        "CREATE TABLE vectors (id INTEGER PRIMARY KEY, part BLOB NOT NULL)",
        "INSERT INTO features (track_id, version) SELECT track_id, version FROM old_features",
    )
    fill = f"UPDATE features SET {', '.join(f'{a} = ?' for a in attributes)} WHERE track_id = ?"
    for track_id, vector, text in db.conn.execute(old_vectors):
        known = json.loads(text)
        db.conn.execute(fill, (*(known.get(a) for a in attributes), track_id))
        db.conn.executemany("INSERT INTO vectors VALUES (?, ?)", vector_rows(track_id, vector))
    run(
        db,
        "DROP TABLE old_features",
        "ALTER TABLE heard RENAME TO old_heard",
        """CREATE TABLE heard (
            track_id INTEGER PRIMARY KEY REFERENCES tracks(id),
            ears_version TEXT NOT NULL,
            embedding BLOB NOT NULL,
            arousal REAL NOT NULL, valence REAL NOT NULL,
            moods BLOB NOT NULL, genres BLOB NOT NULL
        )""",
        """INSERT INTO heard SELECT track_id, ears_version, embedding, arousal, valence,
            shares(moods), shares(genres) FROM old_heard""",
        "DROP TABLE old_heard",
        # Whole lists come from an order that is kept; names of two parts are looked up by one.
        *(
            f"DROP INDEX files_{what}"
            for what in ("by_artist", "by_title", "by_state", "named_by", "on_album")
        ),
        "DROP INDEX files_of_album_artist",
        """CREATE INDEX files_of_album_artist ON files(folded_album_artist)
            WHERE folded_album_artist != folded_artist""",
        "CREATE INDEX files_not_present ON files(state) WHERE state != 'present'",
        "CREATE INDEX feedback_of_profile ON feedback(profile)",
    )
    _keep_counts(db)


def _keep_counts(db: Database) -> None:
    """Files by state, present tracks by the version of their features, changes of the listing."""
    move = (
        "INSERT INTO version_counts VALUES ({version}, {by}) "
        "ON CONFLICT (version) DO UPDATE SET tracks = tracks + {by};"
    )
    run(
        db,
        "CREATE TABLE file_counts (state TEXT PRIMARY KEY, files INTEGER NOT NULL)",
        """INSERT INTO file_counts SELECT value, (SELECT count(*) FROM files WHERE state = value)
            FROM json_each('["present", "missing", "offline", "failed"]')""",
        "INSERT INTO counters VALUES ('listing', 0)",
        "ALTER TABLE tracks ADD COLUMN present INTEGER NOT NULL DEFAULT 0",
        """UPDATE tracks SET present =
            (SELECT count(*) FROM files WHERE track_id = tracks.id AND state = 'present')""",
        "CREATE TABLE version_counts (version INTEGER PRIMARY KEY, tracks INTEGER NOT NULL)",
        """INSERT INTO version_counts SELECT coalesce(version, -1), count(*) FROM tracks
            LEFT JOIN features ON track_id = tracks.id WHERE present > 0
            GROUP BY coalesce(version, -1)""",
        """CREATE TRIGGER count_insert AFTER INSERT ON files BEGIN
            UPDATE file_counts SET files = files + 1 WHERE state = new.state;
            UPDATE tracks SET present = present + 1
                WHERE id = new.track_id AND new.state = 'present';
            UPDATE counters SET value = value + 1 WHERE name = 'listing';
        END""",
        """CREATE TRIGGER count_delete AFTER DELETE ON files BEGIN
            UPDATE file_counts SET files = files - 1 WHERE state = old.state;
            UPDATE tracks SET present = present - 1
                WHERE id = old.track_id AND old.state = 'present';
            UPDATE counters SET value = value + 1 WHERE name = 'listing';
        END""",
        """CREATE TRIGGER count_update AFTER UPDATE OF state, track_id ON files
            WHEN old.state != new.state OR old.track_id IS NOT new.track_id BEGIN
            UPDATE file_counts SET files = files - 1 WHERE state = old.state;
            UPDATE file_counts SET files = files + 1 WHERE state = new.state;
            UPDATE tracks SET present = present - 1
                WHERE id = old.track_id AND old.state = 'present';
            UPDATE tracks SET present = present + 1
                WHERE id = new.track_id AND new.state = 'present';
        END""",
        """CREATE TRIGGER listing_update
            AFTER UPDATE OF state, path, title, artist, album, disc_no, track_no, year ON files
            BEGIN UPDATE counters SET value = value + 1 WHERE name = 'listing'; END""",
        f"""CREATE TRIGGER count_presence AFTER UPDATE OF present ON tracks
            WHEN (old.present > 0) != (new.present > 0) BEGIN
            {
            move.format(
                version="coalesce((SELECT version FROM features WHERE track_id = new.id), -1)",
                by="CASE WHEN new.present > 0 THEN 1 ELSE -1 END",
            )
        }
        END""",
        *(
            f"""CREATE TRIGGER count_features_{event.split()[0].lower()} AFTER {event} ON features
            WHEN (SELECT present FROM tracks WHERE id = {row}.track_id) > 0 BEGIN
            {move.format(version=gone, by=-1)}
            {move.format(version=come, by=1)}
        END"""
            for event, row, gone, come in (
                ("INSERT", "new", "-1", "new.version"),
                ("DELETE", "old", "old.version", "-1"),
                ("UPDATE OF version", "new", "old.version", "new.version"),
            )
        ),
    )
