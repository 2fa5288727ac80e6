"""Which music service told of a listen; there was one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m023_listens_by_service(db: Database) -> None:
    run(db, "ALTER TABLE listens ADD COLUMN service TEXT NOT NULL DEFAULT 'lastfm'")
