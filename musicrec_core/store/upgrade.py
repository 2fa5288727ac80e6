"""Bring an old database up to date: all of it or nothing, with progress, stopped by Ctrl-C."""

from __future__ import annotations

import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from musicrec_core.errors import StoreError, UpgradeStopped
from musicrec_core.records import Progress
from musicrec_core.store.migrations import migrations

OnUpgrade = Callable[[Progress | None], None]
"""Told how far it is, and None when it is over, however it ended."""

INSTRUCTIONS_A_REPORT = 100_000  # of SQLite's machine: a few milliseconds


class _Upgrade:
    """How far it is, and whether the person wants it stopped."""

    def __init__(self, conn: sqlite3.Connection, on_upgrade: OnUpgrade) -> None:
        self._conn = conn
        self._on_upgrade = on_upgrade
        self._steps_done = 0
        self.stopped = False

    def begin(self, steps_done: int) -> None:
        """A step begins, or raises UpgradeStopped."""
        self._steps_done = steps_done
        if self.report():
            raise UpgradeStopped

    def report(self) -> int:
        """Say how far it is; what SQLite asks for between instructions: 1 to stop."""
        self._on_upgrade(Progress("upgrading the database", self._steps_done, len(migrations)))
        return int(self.stopped)

    def stop(self, *_: object) -> None:
        """At Ctrl-C, which Python would otherwise hear only after a statement of minutes."""
        self.stopped = True
        self._conn.interrupt()


def upgrade(conn: sqlite3.Connection, on_upgrade: OnUpgrade) -> None:
    """Apply the steps that are missing, inside the caller's transaction.

    Raises UpgradeStopped at Ctrl-C; the caller rolls back.
    """
    # Costs 160 ms of imports, so only a new or old database pays for it.
    import sqlite_utils

    work = _Upgrade(conn, on_upgrade)
    conn.set_progress_handler(work.report, INSTRUCTIONS_A_REPORT)
    try:
        with _ctrl_c(work.stop):
            migrations.apply(sqlite_utils.Database(conn), on_step=work.begin)
            work.begin(len(migrations))
    except (sqlite3.Error, StoreError) as error:
        if work.stopped:
            raise UpgradeStopped from error
        raise
    finally:
        conn.set_progress_handler(None, 0)
        on_upgrade(None)


@contextmanager
def _ctrl_c(stop: Callable[..., None]) -> Iterator[None]:
    """Hand Ctrl-C to `stop`, where it would reach this thread and is not ignored."""
    here = threading.current_thread() is threading.main_thread()
    if not here or signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return
    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
