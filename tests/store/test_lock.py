from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from musicrec_core.errors import StoreError
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
