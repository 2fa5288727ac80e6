"""Numbered steps of a schema, each in a file of its own, imported when a database lacks it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from sqlite_utils import Database

Step: TypeAlias = "Callable[[Database], None]"
LOT = 5000  # songs


class Steps:
    """The steps in order. Their number is the schema's, known without importing sqlite-utils.

    names: of the files in the folder `package`, and of the function in each.
    """

    def __init__(self, package: str, names: Sequence[str]) -> None:
        self._package = package
        self._names = names

    def __len__(self) -> int:
        return len(self._names)

    def apply(
        self,
        db: Database,
        *,
        stop_before: str | None = None,
        on_step: Callable[[int], None] = lambda _: None,
    ) -> None:
        """Those that this database lacks; `stop_before` names the first that is not to be.

        on_step: called with the number of those done before each.
        """
        from sqlite_utils import Migrations

        known = Migrations("musicrec")
        for number, name in enumerate(self._names):
            step: Step = getattr(import_module(f"{self._package}.{name}"), name)
            known()(_announced(step, on_step, number))
        known.apply(db, stop_before=stop_before)


def run(db: Database, *statements: str) -> None:
    """Execute one after the other."""
    for statement in statements:
        db.conn.execute(statement)


def _announced(step: Step, on_step: Callable[[int], None], number: int) -> Step:
    @wraps(step)
    def announced(db: Database) -> None:
        on_step(number)
        step(db)

    return announced
