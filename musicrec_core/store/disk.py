"""Why a folder does not take what is written into it, in words."""

from __future__ import annotations

import errno
import os
import sqlite3
import tempfile
from pathlib import Path

PROBE_BYTES = 1 << 18
ELSEWHERE = "set MUSICREC_HOME to a folder that can be written"
_WORDS = {
    errno.ENOSPC: "the disk of {folder} is full: make room there",
    errno.EDQUOT: "your share of the disk of {folder} is used up: make room there",
    errno.EROFS: "{folder} is read-only: " + ELSEWHERE,
    errno.EACCES: "{folder} may not be written: " + ELSEWHERE,
    errno.EPERM: "{folder} may not be written: " + ELSEWHERE,
}


def is_writable(database: Path) -> bool:
    """Whether a database can be made or changed at a place."""
    return os.access(database.parent, os.W_OK) and (
        not database.exists() or os.access(database, os.W_OK)
    )


def why_not(folder: Path, error: sqlite3.Error) -> str:
    """What is wrong, told by the folder itself where it says more than SQLite does."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF
    disk = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
    if code == sqlite3.SQLITE_READONLY:
        return _WORDS[errno.EROFS].format(folder=folder)
    if code not in disk or not folder.is_dir():
        return str(error)
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(PROBE_BYTES))
            file.flush()
            os.fsync(file.fileno())
    except OSError as refusal:
        words = _WORDS.get(refusal.errno or 0, f"{{folder}} cannot be written ({refusal.strerror})")
        return words.format(folder=folder)
    if code == sqlite3.SQLITE_FULL:
        return _WORDS[errno.ENOSPC].format(folder=folder)
    return str(error)
