"""When anything of a file changed, its rating and what came of it, what no scan looks into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from musicrec_core.store.migrations.steps import run

if TYPE_CHECKING:
    from sqlite_utils import Database


def m011_files(db: Database) -> None:
    columns = (
        "ctime_ns INTEGER NOT NULL DEFAULT 0", "rating REAL", "rating_number REAL",
        "rating_stars REAL", "rating_taken REAL", "measured_s REAL",
    )  # fmt: skip
    run(
        db,
        *(f"ALTER TABLE files ADD COLUMN {column}" for column in columns),
        # Ratings in files were taken once, the first time; these were.
        """UPDATE files SET rating_taken = (SELECT value FROM feedback
            WHERE feedback.track_id = files.track_id AND source = 'file' ORDER BY id DESC LIMIT 1)
            WHERE track_id IN (SELECT track_id FROM feedback WHERE source = 'file')""",
        # beets read the date 20061024 as a year.
        """UPDATE files SET year = CASE WHEN year BETWEEN 15000101 AND 20991231
            THEN year / 10000 END WHERE year > 9999""",
        """CREATE INDEX files_rating_due ON files(id)
            WHERE coalesce(rating, rating_stars) IS NOT rating_taken""",
        "CREATE INDEX files_by_rating_number ON files(rating_number) "
        "WHERE rating_number IS NOT NULL",
        "CREATE TABLE exclusions (pattern TEXT PRIMARY KEY)",
    )
