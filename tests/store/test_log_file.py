"""The log beside the database may go away while it is looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from musicrec_core.app.facade import MusicRec
from tests.conftest import Command


def test_a_log_that_another_program_just_deleted_is_no_error(
    musicrec: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = Path.exists
    monkeypatch.setattr(Path, "exists", lambda p: p.name.endswith("-wal") or there(p))
    with MusicRec(home=musicrec.home) as core:
        assert core.status().tracks == 10
