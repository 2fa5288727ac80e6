"""Vectors in four fifths of the room, number for number the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.store.measured import plain_packing
from musicrec_core.store.measured.packing import PARTS, packed_rows
from musicrec_core.store.migrations.steps import LOT, run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m022_deflated_vectors(db: Database) -> None:
    run(
        db,
        "ALTER TABLE vectors RENAME TO plain_vectors",
        "CREATE TABLE vectors (id INTEGER PRIMARY KEY, part BLOB NOT NULL)",
    )
    last = db.conn.execute("SELECT max(id) FROM plain_vectors").fetchone()[0]
    # Lot by lot, so that the next takes the room that the last has left; large enough for SQLite
    # to ask in each whether to go on.
    for first in range(0, (last or 0) + 1, LOT * PARTS):
        span = (first, first + LOT * PARTS - 1)
        lot = "FROM plain_vectors WHERE id BETWEEN ? AND ?"
        parts: dict[int, list[bytes]] = {}
        for id_, part in db.conn.execute(f"SELECT id, part {lot} ORDER BY id", span):
            parts.setdefault(id_ // PARTS, []).append(part)
        for track_id, plain in parts.items():
            rows = packed_rows(track_id, plain_packing.numbers(plain))
            db.conn.executemany("INSERT INTO vectors VALUES (?, ?)", rows)
        db.conn.execute(f"DELETE {lot}", span)
    run(db, "DROP TABLE plain_vectors")
