"""What a disk may hold beside songs costs itself only: a scan ends, and the songs are there."""

from __future__ import annotations

import os
import random
import socket
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command
from tests.support.media import write_tone

FORMATS = ("mp3", "flac", "ogg", "opus", "m4a", "wav")
HOSTILE_NAMES = (
    b"--json.mp3",
    b"line\nbreak.mp3",
    b"\x1b[31mred\x07.mp3",
    b"caf\xe9.mp3",
    b"'; rm -rf ~ #$(id)`id`.mp3",
    b"%s%n{0}.mp3",
    "\u202eгнp3.mp3".encode(),
    b"n" * 251 + b".mp3",
    b" .mp3",
    b"CON.mp3",
    b"[bold]markup[b].mp3",
)


Scanned = tuple[Command, dict[str, Any]]


def damaged(folder: Path, song: Path, count: int) -> None:
    """Files cut off anywhere, and files with some bits flipped."""
    data = song.read_bytes()
    dice = random.Random(song.name)
    for number in range(count):
        cut = data[: dice.randrange(len(data))]
        (folder / f"cut-{number}-{song.name}").write_bytes(cut)
        flipped = bytearray(data)
        for _ in range(20):
            flipped[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        (folder / f"flipped-{number}-{song.name}").write_bytes(flipped)


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Songs with hostile names, damaged ones, and what is no file at all."""
    folder = tmp_path_factory.mktemp("hostile")
    songs = [
        write_tone(folder / f"song.{fmt}", seconds=1, freq=300 + 40 * number, tags={"title": fmt})
        for number, fmt in enumerate(FORMATS)
    ]
    (folder / "damaged").mkdir()
    for song in songs:
        damaged(folder / "damaged", song, 4)
    for number, name in enumerate(HOSTILE_NAMES):
        song = write_tone(folder / "named.mp3", seconds=1, freq=600 + 20 * number)
        os.rename(song, os.fsencode(folder) + b"/" + name)
    other = folder / "other"
    other.mkdir()
    os.mkfifo(other / "fifo.mp3")
    os.symlink("/dev/zero", other / "zero.mp3")
    os.symlink("/dev/urandom", other / "random.flac")
    os.symlink("/proc/self/mem", other / "memory.mp3")
    os.symlink("itself.mp3", other / "itself.mp3")
    os.symlink("nowhere.mp3", other / "dangling.mp3")
    os.symlink(folder, other / "loop")
    (other / "folder.mp3").mkdir()
    (other / "empty.mp3").touch()
    (other / "text.mp3").write_text("no music")
    with socket.socket(socket.AF_UNIX) as listener:
        here = Path.cwd()
        os.chdir(other)  # a socket's path must be short
        listener.bind("socket.mp3")
        os.chdir(here)
    return folder


@pytest.fixture(scope="module")
def home(music: Path, tmp_path_factory: pytest.TempPathFactory) -> Scanned:
    """A home that has scanned it, and the report."""
    command = Command(tmp_path_factory.mktemp("home"))
    return command, command.json("scan", music)


def test_every_song_with_a_hostile_name_is_there_and_can_be_rated(
    home: Scanned, music: Path
) -> None:
    command, _ = home
    paths = {
        os.fsencode(p) for p in command("recommend", "-n", "99", "--paths", "-0").stdout.split("\0")
    }
    for name in HOSTILE_NAMES:
        path = os.fsencode(music) + b"/" + name
        assert path in paths, name
    command("like", os.fsdecode(os.fsencode(music) + b"/line\nbreak.mp3"))
    assert command.json("status")["feedback"]["like"] == 1


def test_nothing_raw_of_a_name_reaches_the_terminal(
    home: Scanned,
) -> None:
    command, _ = home
    for arguments in (("recommend", "-n", "99"), ("search", "mp3"), ("doctor",)):
        shown = command(*arguments).stdout
        assert "\x1b" not in shown
        assert "\u202e" not in shown


def test_what_is_no_song_is_refused_with_a_reason_or_not_opened(home: Scanned, music: Path) -> None:
    command, report = home
    failed = {Path(file["path"]).name: file["reason"] for file in report["failed"]}
    assert {"empty.mp3", "text.mp3"} <= set(failed)
    assert all(failed.values())
    never = {"fifo.mp3", "zero.mp3", "random.flac", "socket.mp3", "itself.mp3", "dangling.mp3"}
    assert not never & set(failed)
    tracks = command.json("status")["tracks"]
    assert tracks >= len(FORMATS) + len(HOSTILE_NAMES)
    again = command.json("scan", music)
    assert (again["new"], again["changed"], again["analysed"]) == (0, 0, 0)
    assert again["failed"] == report["failed"], "refused without another try"
