"""What is odd in a table: counted by kind, the first few rows named, nothing passed over."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path

NAMED = 3  # how many rows of a kind are named by their line

LEFT_OUT = "left out"
FATES = {
    "user": LEFT_OUT,
    "track": LEFT_OUT,
    "rating": LEFT_OUT,
    "cells": LEFT_OUT,
    "quote": LEFT_OUT,
    "nul": LEFT_OUT,
    "field": LEFT_OUT,
    "unknown track": LEFT_OUT,
    "unknown song": LEFT_OUT,
    "repeated track": LEFT_OUT,
    "short": "taken, what is missing as unknown",
    "time": "taken, at an unknown time",
    "encoding": "taken as it stands, though not in UTF-8",
    "not a number": "taken as unknown",
    "not finite": "taken as unknown",
    "repeated": "counted once",
    "contradictory": "contradicting an earlier one, the latest counts",
    "event": "taken, though named like another one",
}
"""What becomes of the rows of each kind."""


class RefusedRow(Exception):  # noqa: N818 - it says what becomes of a row
    """A row that is left out: its kind of problem, and why."""

    def __init__(self, kind: str, why: str) -> None:
        super().__init__(why)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class TableProblem:
    """Rows of a table that are odd in the same way.

    kind: a key of FATES. rows: how many. lines: of the first few. fate: what became of them.
    example: what is wrong with the first one. column: where it is about cells of one.
    """

    file: str
    kind: str
    rows: int
    lines: tuple[int, ...]
    fate: str
    example: str
    column: str | None = None

    def as_json(self) -> dict[str, object]:
        """As `--json` writes it."""
        return asdict(self) | {"text": self.text}

    @property
    def text(self) -> str:
        """One line for the user."""
        of_column = f" of {self.column}" if self.column else ""
        if self.rows == 1:
            what = f"the cell{of_column} {self.fate}" if of_column else self.fate
            return f"{self.file}, line {self.lines[0]}: {what}: {self.example}"
        what = f"cells{of_column}" if of_column else "rows"
        lines = ", ".join(map(str, self.lines)) + (", ..." if self.rows > len(self.lines) else "")
        return (
            f"{self.file}: {self.rows} {what} {self.fate} (lines {lines}); "
            f"line {self.lines[0]}: {self.example}"
        )


@dataclass(slots=True)
class _Count:
    rows: int = 0
    lines: list[int] = field(default_factory=list)
    example: str = ""


class TableProblems:
    """Collects what is odd in one file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._counts: dict[tuple[str, str | None], _Count] = {}
        self._left_out: list[tuple[int, str]] = []

    def add(self, kind: str, line: int, example: str, column: str | None = None) -> None:
        """One more row, or cell of `column`."""
        count = self._counts.setdefault((kind, column), _Count(example=example))
        count.rows += 1
        if len(count.lines) < NAMED:
            count.lines.append(line)
        if FATES[kind] == LEFT_OUT:
            self._left_out.append((line, example))

    @property
    def left_out(self) -> tuple[tuple[int, str], ...]:
        """(line, reason) of every row that could not be taken."""
        return tuple(self._left_out)

    def all(self) -> tuple[TableProblem, ...]:
        """All of them, in the order in which the kinds were first met."""
        return tuple(
            TableProblem(
                str(self.path), kind, count.rows, tuple(count.lines), FATES[kind], count.example,
                column,
            )
            for (kind, column), count in self._counts.items()
        )  # fmt: skip
