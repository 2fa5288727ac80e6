"""evaluate: on tables, or on the library and the feedback in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from musicrec_core.app.context import Context
from musicrec_core.app.results import OnProgress

if TYPE_CHECKING:
    from musicrec_core.recommender.evaluation import Evaluation


def evaluate(
    context: Context,
    tracks: Path | None,
    ratings: Path | None,
    group_by: str | None,
    folds: int,
    seed: int,
    progress: OnProgress | None,
) -> tuple[Evaluation, list[str]]:
    """See MusicRec.evaluate."""
    raise AssertionError
