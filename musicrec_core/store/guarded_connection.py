"""A connection whose failures are one clear line: a full disk, a lock held too long, damage."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from musicrec_core.errors import DamagedStoreError, StoreError
from musicrec_core.store.disk import why_not

MEND = "nothing was changed; `musicrec doctor` says what can be saved"


class _Cursor(sqlite3.Cursor):
    """Damage may show only while rows are read."""

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        step = super().__next__
        with as_store_errors(self.connection):
            while True:
                try:
                    row = step()
                except StopIteration:
                    return
                yield row

    def fetchone(self) -> Any:
        with as_store_errors(self.connection):
            return super().fetchone()

    def fetchall(self) -> list[Any]:
        with as_store_errors(self.connection):
            return super().fetchall()


class UnusableError(StoreError):
    """Whatever keeps the database from being used just now, but damage."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the database cannot be used just now: {reason}")
        self.reason = reason


class GuardedConnection(sqlite3.Connection):
    """A full disk, a lock held too long, damage: each is one clear line for the user."""

    folder = Path()
    """Where the database lies."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        with as_store_errors(self):
            return self.cursor(_Cursor).execute(sql, parameters)

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> sqlite3.Cursor:
        with as_store_errors(self):
            return self.cursor(_Cursor).executemany(sql, parameters)


@contextmanager
def as_store_errors(conn: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except sqlite3.IntegrityError:
        raise  # a mistake of ours, not the disk's
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            raise DamagedStoreError(f"the database is damaged ({error}): {MEND}") from error
        reason = why_not(conn.folder, error) if isinstance(conn, GuardedConnection) else str(error)
        raise UnusableError(reason) from error


def is_damage(error: BaseException | None) -> bool:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF  # the primary code
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
