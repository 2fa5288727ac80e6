"""What takes the room in a database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def table_sizes(path: Path) -> dict[str, int]:
    """Bytes by table and index; empty where this SQLite was built without `dbstat`."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as conn:
        try:
            rows = conn.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name").fetchall()
        except sqlite3.OperationalError:
            return {}
    return {name: int(size) for name, size in rows}
