"""Songs by other rules; ratings that were taken before their scale was known are read anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m016_described_anew(db: Database) -> None:
    run(
        db,
        "UPDATE files SET song = NULL",
        """UPDATE files SET ctime_ns = 1 WHERE rating_taken IS NOT NULL
            AND rating IS NULL AND rating_number IS NULL""",  # no file has that ctime
    )
