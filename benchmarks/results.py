"""Figures that benchmarks found, kept in results/*.json, from which the README's table is made.

A file a benchmark; no date and no machine, so that it changes only when a figure does.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, what it is, and the command that makes it again."""

    name: str
    figure: float
    unit: str
    command: str
    note: str = ""


def record(
    benchmark: str, name: str, figure: float, unit: str, command: str, note: str = ""
) -> None:
    """Keep a figure of a benchmark, in place of the one of that name."""
    figures = {kept.name: kept for kept in recorded(benchmark)}
    figures[name] = Figure(name, figure, unit, command, note)
    FOLDER.mkdir(exist_ok=True)
    written = [asdict(kept) for _, kept in sorted(figures.items())]
    path = FOLDER / f"{benchmark}.json"
    path.write_text(json.dumps(written, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def recorded(benchmark: str) -> list[Figure]:
    """The figures kept of a benchmark."""
    path = FOLDER / f"{benchmark}.json"
    if not path.exists():
        return []
    return [Figure(**row) for row in json.loads(path.read_text(encoding="utf-8"))]
