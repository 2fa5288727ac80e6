from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from musicrec_core.errors import StoreError
from musicrec_core.store import Store, connection
from musicrec_core.store.lock import only_one


def test_a_second_one_is_refused_and_the_next_one_is_not(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with only_one(path, "busy"):
        with pytest.raises(StoreError, match="busy"), only_one(path, "busy"):
            pass
        with pytest.raises(StoreError, match="busy"), only_one(path, "busy"):
            pass
    with only_one(path, "busy"):
        pass


def test_a_process_that_was_killed_leaves_no_lock(tmp_path: Path) -> None:
    program = (
        "import os, pathlib; from musicrec_core.store.lock import only_one\n"
        f"with only_one(pathlib.Path({str(tmp_path / 'lock')!r}), 'busy'): os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", program]).returncode == -9
    with only_one(tmp_path / "lock", "busy"):
        pass


def test_a_writer_looks_often_however_long_it_has_waited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    with Store(tmp_path / "db") as holder, Store(tmp_path / "db") as waiter:
        held = holder.atomic()
        held.__enter__()

        def sleep(seconds: float) -> None:
            slept.append(seconds)
            if len(slept) == 200:
                held.__exit__(None, None, None)

        monkeypatch.setattr(connection.time, "sleep", sleep)
        with waiter.atomic():
            assert len(slept) == 200
    assert max(slept) <= 0.01


def test_who_waits_in_vain_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "BUSY_TIMEOUT_S", 0.0)
    with Store(tmp_path / "db") as holder, Store(tmp_path / "db") as waiter:
        with (
            holder.atomic(),
            pytest.raises(StoreError, match=r"cannot be used just now.*locked"),
            waiter.atomic(),
        ):
            pass
        with waiter.atomic():  # and it works once the other is done
            pass
