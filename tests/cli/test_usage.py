"""Errors are one line each, whatever was asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.test_json import COMMANDS
from tests.conftest import Command

WRONG = (
    ("recommend", "-n", "x"),
    ("like",),
    ("nonsense",),
    ("recommend", "--popular", "7"),
    ("recommend", "--explore", "2"),
    ("rate", "3"),
    ("recommend", "--no-such-option"),
    (),
)


@pytest.fixture(scope="module")
def scanned_home(scanned: Path, tmp_path_factory: pytest.TempPathFactory) -> Command:
    """A library that no test here changes."""
    return Command(shutil.copytree(scanned / "home", tmp_path_factory.mktemp("usage") / "home"))


@pytest.mark.parametrize("arguments", WRONG)
def test_wrong_usage_is_one_line_and_status_2(fresh: Command, arguments: tuple[str, ...]) -> None:
    for extra in ((), ("--json",)):
        run = fresh(*arguments, *extra, status=2)
        assert run.stdout == ""
        assert run.stderr.startswith("musicrec: ")
        assert run.stderr.count("\n") == 1
        assert "--help" in run.stderr


@pytest.mark.parametrize(
    "arguments",
    [("recommend",), ("explain", "x"), ("scan", "/no/such/folder"), ("import", "/no/such/file")],
)
def test_what_cannot_be_done_is_one_line_and_status_1(
    fresh: Command, arguments: tuple[str, ...]
) -> None:
    for extra in ((), ("--json",)):
        run = fresh(*arguments, *extra, status=1)
        assert run.stdout == ""
        assert run.stderr.startswith("musicrec: ")
        assert run.stderr.count("\n") == 1


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_every_command_says_in_one_line_where_its_usage_is_told(
    scanned_home: Command, command: str
) -> None:
    run = scanned_home(*command.split(), "--no-such-option", "--json", status=2)
    assert run.stdout == ""
    assert run.stderr.startswith("musicrec: ")
    assert run.stderr.count("\n") == 1
    assert f"musicrec {command} --help" in run.stderr


@pytest.mark.parametrize(
    "command", ["like", "dislike", "skip", "explain", "rate 3", "recommend --seed"]
)
def test_a_song_that_is_not_there_is_named_in_one_line(scanned_home: Command, command: str) -> None:
    for extra in ((), ("--json",)):
        run = scanned_home(*command.split(), "no such\nsong", *extra, status=1)
        assert run.stdout == ""
        assert run.stderr.count("\n") == 1
        assert "no such" in run.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("like", "Rai"),
        ("rate", "3", "Rain"),
        ("recommend", "--tag", "ambiemt zzz"),
        ("recommend", "--activity", "juggling"),
        ("recommend", "--cluster", "999"),
        ("recommend", "--mood", "grumpyish"),
        ("radio", "--seed", "Rayn"),
    ],
)
def test_what_can_be_mended_is_one_line_where_a_program_reads(
    scanned_home: Command, arguments: tuple[str, ...]
) -> None:
    for before, after in (((), ("--json",)), (("--json",), ())):
        run = scanned_home(*before, *arguments, *after, status=1)
        assert run.stdout == ""
        assert run.stderr.count("\n") == 1
