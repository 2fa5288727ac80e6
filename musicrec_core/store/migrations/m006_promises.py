"""What score each song was shown with, so that it can be held against what was then said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m006_promises(db: Database) -> None:
    run(
        db,
        "ALTER TABLE shown ADD COLUMN score REAL",
        "CREATE INDEX shown_by_profile ON shown(profile, at_s)",
    )
