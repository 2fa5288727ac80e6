"""Errors are one line each, whatever was asked for."""

from __future__ import annotations

import pytest

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
