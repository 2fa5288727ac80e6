"""What each profile listens to, from one time to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m020_queues(db: Database) -> None:
    run(db, "CREATE TABLE queues (profile TEXT PRIMARY KEY, queue TEXT NOT NULL) WITHOUT ROWID")
