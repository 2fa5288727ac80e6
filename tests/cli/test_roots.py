from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from musicrec_core.store.lock import only_one
from tests.conftest import SONGS, Command


def test_a_second_scan_is_refused_in_one_line(fresh: Command, music: Callable[[], Path]) -> None:
    folder = music()
    fresh.home.mkdir()
    with only_one(fresh.home / "scan.lock", "busy"):
        error = fresh.fails("scan", folder, "--tags-only")
    assert "running already" in error
    assert len(error.splitlines()) == 1
    assert fresh.json("scan", folder, "--tags-only")["new"] == len(SONGS)


def test_a_folder_that_is_gone_for_good_is_forgotten_and_its_likes_are_kept(
    fresh: Command, music: Callable[[], Path], tmp_path: Path
) -> None:
    folder = music()
    fresh("scan", folder, "--tags-only")
    fresh("like", "River")
    shutil.move(folder, tmp_path / "elsewhere")
    assert fresh.json("prune", "--root", folder, "--yes") == {"forgotten": len(SONGS)}
    status = fresh.json("status")
    assert (status["roots"], status["tracks"], status["offline"]) == ([], 0, 0)
    fresh("scan", tmp_path / "elsewhere", "--tags-only")
    assert fresh.json("status")["feedback"]["like"] == 1
    assert fresh.json("explain", "River")["track"]["path"].startswith(str(tmp_path / "elsewhere"))


def test_songs_that_are_away_with_their_folder_are_not_said_to_be_none(
    fresh: Command, music: Callable[[], Path], tmp_path: Path
) -> None:
    assert "no songs yet" in fresh.fails("recommend")
    folder = music()
    fresh("scan", folder, "--tags-only")
    shutil.move(folder, tmp_path / "elsewhere")
    fresh.fails("scan")
    away = f"the folder {folder} is away"
    assert away in fresh.fails("recommend")
    assert away in fresh.json("status")["suggestion"]
    assert away in fresh("insights").stdout
    for name in ("Ada Reed", "Water", "Ada Reed - Water"):
        assert "its folder is away" in fresh.fails("like", name)


def test_forgetting_a_folder_asks_first_and_needs_one_that_was_scanned(
    fresh: Command, music: Callable[[], Path]
) -> None:
    folder = music()
    fresh("scan", folder, "--tags-only")
    fresh("prune", "--root", folder, status=1)  # nobody answers
    assert fresh.json("status")["tracks"] == len(SONGS)
    assert str(folder) in fresh.fails("prune", "--root", folder / "calm", "--yes")


def test_a_cluster_without_dask_is_refused_before_a_folder_is_taken(
    fresh: Command, music: Callable[[], Path]
) -> None:
    if importlib.util.find_spec("distributed"):
        pytest.skip("dask is installed here")
    assert "musicrec[cluster]" in fresh.fails("scan", music(), "--cluster", "127.0.0.1:1")
    assert fresh.json("status")["roots"] == []


def test_paths_end_with_a_zero_byte_where_asked(musicrec: Command) -> None:
    lines = musicrec("recommend", "-n", "3", "--paths").stdout
    zeros = musicrec("recommend", "-n", "3", "--paths", "-0").stdout
    assert zeros == lines.replace("\n", "\0")
    assert "--paths" in musicrec.fails("recommend", "--null", status=2)


def test_doctor_does_not_fail_for_what_is_merely_absent(
    fresh: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # no player
    checks = {c["name"]: c for c in fresh.json("doctor")["checks"]}
    assert not checks["music folders"]["ok"]
    assert not checks["player"]["ok"]


def test_doctor_fails_for_what_is_broken(musicrec: Command) -> None:
    database = musicrec.home / "musicrec.db"
    data = bytearray(database.read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    database.write_bytes(data)
    assert "BAD  database" in musicrec("doctor", status=1).stdout
