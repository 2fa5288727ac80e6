"""What is said to a player from the command line reaches an MPD that runs."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.players.test_mpd import CONFIGURATION

mpd = pytest.importorskip("mpd")
pytestmark = pytest.mark.skipif(not shutil.which("mpd"), reason="MPD is not installed")


@pytest.fixture
def daemon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[mpd.MPDClient]:
    (tmp_path / "music").mkdir()
    config = tmp_path / "mpd.conf"
    config.write_text(CONFIGURATION.format(music=tmp_path / "music", folder=tmp_path))
    process = subprocess.Popen(["mpd", "--no-daemon", "--stderr", str(config)], stderr=-3)
    for _ in range(500):
        if (tmp_path / "socket").exists():
            break
        time.sleep(0.02)
    monkeypatch.setitem(os.environ, "MPD_HOST", str(tmp_path / "socket"))
    client = mpd.MPDClient()
    client.connect(str(tmp_path / "socket"))
    yield client
    client.disconnect()
    process.terminate()
    process.wait()


def state(client: mpd.MPDClient) -> str:
    return str(client.status()["state"])


def test_a_song_is_played_paused_and_gone_on_with(musicrec: Command, daemon: mpd.MPDClient) -> None:
    assert musicrec("ask", "play Hammer").stdout.startswith("Playing Brute Force - Hammer")
    assert state(daemon) == "play"
    assert "hammer" in daemon.currentsong()["file"]
    musicrec("ask", "pause")
    musicrec("ask", "pause")
    assert state(daemon) == "pause"
    assert "That is Brute Force - Hammer" in musicrec("ask", "what is this song").stdout
    musicrec("ask", "like it")
    musicrec("ask", "go on")
    musicrec("ask", "go on")
    assert state(daemon) == "play"
    musicrec("ask", "undo")
    assert state(daemon) == "pause"


def test_repeating_and_mixing_are_taken_back(musicrec: Command, daemon: mpd.MPDClient) -> None:
    musicrec("ask", "play Hammer")
    musicrec("ask", "repeat this song")
    assert daemon.status()["single"] == "1"
    musicrec("ask", "undo")
    assert daemon.status()["single"] == "0"
    musicrec("ask", "shuffle")
    assert daemon.status()["random"] == "1"
    musicrec("ask", "undo")
    assert daemon.status()["random"] == "0"


def test_a_list_for_a_wish_is_played_and_next_goes_on(
    musicrec: Command, daemon: mpd.MPDClient
) -> None:
    musicrec("ask", "play some ambient")
    first = daemon.currentsong()["file"]
    musicrec("ask", "next")
    assert state(daemon) == "play"
    assert daemon.currentsong()["file"] != first


def test_without_a_player_one_sentence_says_what_to_do(musicrec: Command) -> None:
    os.environ["MPD_HOST"] = "/nowhere/socket"
    try:
        for statement in ("pause", "go on", "next", "repeat this song"):
            assert "songs are played in the screens (`musicrec`)" in musicrec.fails(
                "ask", statement
            )
    finally:
        del os.environ["MPD_HOST"]
