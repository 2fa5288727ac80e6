"""One scan at a time: a lock that no crash can leave behind.

SQLite's own lock on a small file of ours: the system lets go of it however the process ends.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from musicrec_core.errors import StoreError
from musicrec_core.store.disk import why_not


@contextmanager
def only_one(path: Path, refusal: str) -> Iterator[None]:
    """Hold the lock at `path` for the length of the block.

    Raises StoreError with the refusal where another process or thread holds it.
    """
    try:
        conn = sqlite3.connect(path, timeout=0, isolation_level=None)
    except sqlite3.Error as error:
        raise StoreError(f"cannot open {path}: {why_not(path.parent, error)}") from error
    try:
        conn.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        conn.close()
        if "locked" in str(error):
            raise StoreError(refusal) from error
        raise StoreError(f"cannot lock {path}: {why_not(path.parent, error)}") from error
    try:
        yield
    finally:
        conn.close()
