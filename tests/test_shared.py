"""What tests share cannot be changed by one of them unseen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.shared import changes, seal

ROOT = Path(__file__).parent.parent

SUITE = """
from pathlib import Path
import pytest
from tests.conftest import shared_folders_stay_as_they_are
from tests.support.shared import seal

@pytest.fixture(scope="session")
def song(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shared")
    (folder / "song.flac").touch()
    return seal(folder) / "song.flac"

def test_a_reads(song): assert song.exists()
def test_b_deletes(song): song.unlink()
def test_c_looks_again(song): assert not song.exists()
"""


def test_the_test_that_deletes_a_shared_song_fails_and_no_other(tmp_path: Path) -> None:
    (tmp_path / "test_inner.py").write_text(SUITE)
    (tmp_path / "pytest.ini").touch()
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:randomly", "-n", "0", "-rE", tmp_path],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    (error,) = [line for line in run.stdout.splitlines() if line.startswith("ERROR ")]
    assert "::test_b_deletes" in error
    assert "song.flac" in run.stdout
    assert "3 passed, 1 error" in run.stdout


def rewritten(song: Path) -> None:
    times = song.stat()
    song.write_bytes(b"dust")
    os.utime(song, ns=(times.st_atime_ns, times.st_mtime_ns))


def come_and_go(song: Path) -> None:
    new = song.with_name("new")
    new.touch()
    new.unlink()


CHANGES: dict[str, Callable[[Path], object]] = {
    "a new file": lambda song: song.with_name("new").touch(),
    "a new folder": lambda song: song.with_name("new").mkdir(),
    "a file that came and went": come_and_go,
    "a deleted file": os.unlink,
    "other bytes of the same size and time": rewritten,
    "other permissions": lambda song: song.chmod(0o600),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_kind_of_change_is_noticed_once(change: str, tmp_path: Path) -> None:
    song = tmp_path / "shared" / "deep" / "song.flac"
    song.parent.mkdir(parents=True)
    song.write_bytes(b"song")
    seal(tmp_path / "shared")
    song.read_bytes()
    assert changes() == []
    CHANGES[change](song)
    assert changes()
    assert changes() == []
