from __future__ import annotations

from benchmarks.readme import README, SHOWN, table, with_table
from benchmarks.results import FOLDER, recorded


def test_the_figures_of_the_readme_are_those_that_benchmarks_recorded() -> None:
    readme = README.read_text(encoding="utf-8")
    assert readme == with_table(readme), "run `python -m benchmarks readme`"


def test_every_recorded_figure_names_a_command_that_exists() -> None:
    for path in FOLDER.glob("*.json"):
        for kept in recorded(path.stem):
            assert kept.command.split()[:4] == ["python", "-m", "benchmarks", path.stem]
            assert any(FOLDER.parent.rglob(f"{path.stem}.py"))


def test_the_table_has_a_line_for_what_was_recorded() -> None:
    names = {
        (path.stem, kept.name) for path in FOLDER.glob("*.json") for kept in recorded(path.stem)
    }
    assert table().count("\n") == 1 + len(names & set(SHOWN))
