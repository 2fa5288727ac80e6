"""Open the database, bring its schema up to date, and wrap units of work."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from musicrec_core.errors import DamagedStoreError, NewerStoreError, StoreError
from musicrec_core.store.disk import ELSEWHERE, is_writable, why_not
from musicrec_core.store.guarded_connection import (
    MEND,
    GuardedConnection,
    UnusableError,
    as_store_errors,
)
from musicrec_core.store.migrations import migrations
from musicrec_core.store.upgrade import OnUpgrade, upgrade

CHUNK = 500  # of bound values in one statement: well below the limit of SQLite
SCHEMA_VERSION = len(migrations)
"""Written to PRAGMA user_version, so that nothing is imported to see that nothing is to be done."""

COMPACTED = 22
"""Databases before this version held more bytes a song."""

BUSY_TIMEOUT_S = 30.0
LOOK_AGAIN_S = (0.001, 0.004)
"""Between two looks at a lock that another process holds, drawn evenly."""


def connect(path: Path, on_upgrade: OnUpgrade = lambda _: None) -> sqlite3.Connection:
    """Open the database at `path`, making or upgrading it where needed.

    Raises StoreError when it cannot be opened, DamagedStoreError when it is no database any more,
    NewerStoreError when it is from the future.
    """
    make_folder(path.parent)
    _refuse_emptied(path)
    conn = _open(path)
    try:
        _prepare(conn, path, on_upgrade)
    except KeyboardInterrupt:
        conn.close()
        raise
    except sqlite3.Error as error:
        conn.close()
        raise StoreError(f"cannot use the database {path}: {error}") from error
    except NewerStoreError:
        conn.close()
        raise
    except DamagedStoreError as error:
        conn.close()
        what = f"the database {path} is damaged ({error.__cause__})"
        raise DamagedStoreError(f"{what}: {MEND}") from error
    except StoreError as error:
        conn.close()
        reason = error.reason if isinstance(error, UnusableError) else error
        raise StoreError(f"cannot use the database {path}: {reason}") from error
    return conn


def _open(path: Path) -> sqlite3.Connection:
    """Where it cannot be written, to read only: what is known can still be shown."""
    writable = is_writable(path)
    if not writable and not path.exists():
        raise StoreError(f"{path.parent} cannot be written: {ELSEWHERE}")
    log = path.with_name(f"{path.name}-wal")
    # Without a log nobody needs to be asked, which SQLite would do by writing.
    alone = not _bytes_in(log)
    name = path if writable else f"{path.as_uri()}?mode=ro{'&immutable=1' if alone else ''}"
    try:
        conn = sqlite3.connect(
            name, timeout=BUSY_TIMEOUT_S, isolation_level=None, factory=GuardedConnection,
            uri=not writable,
        )  # fmt: skip
    except sqlite3.Error as error:
        reason = why_not(path.parent, error)
        raise StoreError(f"cannot open the database {path}: {reason}") from error
    conn.folder = path.parent
    if not writable:
        conn.execute("PRAGMA query_only = ON")
    return conn


def is_read_only(conn: sqlite3.Connection) -> bool:
    """Whether nothing can be kept: what is only a convenience is then left out."""
    return bool(conn.execute("PRAGMA query_only").fetchone()[0])


def _refuse_emptied(path: Path) -> None:
    """SQLite would drop the log of an emptied database, which may hold what is left of it."""
    log = path.with_name(f"{path.name}-wal")
    if path.exists() and not _bytes_in(path) and _bytes_in(log):
        raise DamagedStoreError(
            f"the database {path} is empty, and {log.name} beside it is not: {MEND}"
        )


def _bytes_in(file: Path) -> int:
    """How large a file is; 0 where there is none, as another program that closes may delete it."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def make_folder(folder: Path) -> None:
    """Make the folder of the user's data where it is missing; raises StoreError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise StoreError(f"{folder} is no folder: set MUSICREC_HOME to one") from error
    except OSError as error:
        raise StoreError(
            f"cannot make the folder {folder} ({error.strerror}): set MUSICREC_HOME to one that "
            "can be written"
        ) from error


def _prepare(conn: sqlite3.Connection, path: Path, on_upgrade: OnUpgrade) -> None:
    version = _version(conn)
    if version > SCHEMA_VERSION:
        raise NewerStoreError(
            f"the database {path} is from a newer musicrec (schema {version}, this one knows "
            f"{SCHEMA_VERSION}): upgrade musicrec; nothing was changed"
        )
    conn.execute("PRAGMA foreign_keys = ON")
    if is_read_only(conn):
        if version < SCHEMA_VERSION:
            raise UnusableError(
                f"it is of an earlier musicrec, and {path.parent} is read-only: {ELSEWHERE}"
            )
        return
    if version < SCHEMA_VERSION:
        conn.execute("PRAGMA journal_mode = WAL")
        _migrate(conn, on_upgrade)
        if 0 < version < COMPACTED:
            _shrink(conn)
    # WAL with NORMAL cannot corrupt; the newest commit may be lost in a power cut, no more.
    conn.execute("PRAGMA synchronous = NORMAL")


def _migrate(conn: sqlite3.Connection, on_upgrade: OnUpgrade) -> None:
    with atomic(conn):  # a second process waits here, then finds nothing left to do
        if _version(conn) < SCHEMA_VERSION:
            upgrade(conn, on_upgrade)
            conn.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _shrink(conn: sqlite3.Connection) -> None:
    """Give the disk what an older layout took; without room or time for it, SQLite uses it up."""
    with suppress(StoreError):
        conn.execute("VACUUM")


def _version(conn: sqlite3.Connection) -> int:
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


def _begin(conn: sqlite3.Connection) -> None:
    """Take the write lock, waiting with short sleeps of random length; raises StoreError.

    SQLite itself would sleep ever longer, up to 100 ms, and so whoever has waited longest would
    look least often: among many writers one waited for many seconds.
    """
    give_up_s = time.monotonic() + BUSY_TIMEOUT_S
    conn.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                sqlite3.Connection.execute(conn, "BEGIN IMMEDIATE")
                break
            except sqlite3.OperationalError as error:
                with as_store_errors(conn):
                    if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                        raise
                    if time.monotonic() > give_up_s:
                        raise
            import random  # only who waits pays for it

            time.sleep(random.uniform(*LOOK_AGAIN_S))
    finally:
        conn.execute(f"PRAGMA busy_timeout = {int(1000 * BUSY_TIMEOUT_S)}")


@contextmanager
def atomic(conn: sqlite3.Connection) -> Iterator[None]:
    """All of the block or none of it; blocks inside it join the outermost one."""
    if conn.in_transaction:
        yield
        return
    if is_read_only(conn):
        raise StoreError(f"nothing can be kept: {_folder_of(conn)} is read-only: {ELSEWHERE}")
    _begin(conn)
    try:
        yield
    except BaseException:  # Ctrl-C too must roll back; the exception goes on
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise
    conn.execute("COMMIT")


def _folder_of(conn: sqlite3.Connection) -> Path:
    return conn.folder if isinstance(conn, GuardedConnection) else Path()
