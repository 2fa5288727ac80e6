"""Homes and music folders that many tests share: made once, copied where a test changes them."""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.support import warm
from tests.support.media import write_tone
from tests.support.shared import changes, seal

# The same examples every time: CI must not find by chance what a developer did not.
settings.register_profile("musicrec", derandomize=True, deadline=None)
settings.load_profile("musicrec")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: no collection of garbage need look through it again."""
    gc.collect()
    gc.freeze()


def pytest_xdist_auto_num_workers() -> int:
    """More than there are cores: tests of the screens wait for most of the time they take."""
    return (os.cpu_count() or 1) * 3 // 2


SONGS = {
    # file: (artist, album, title, genre, frequency in Hz)
    "calm/river.flac": ("Ada Reed", "Water", "River", "Ambient", 220),
    "calm/rain.mp3": ("Ada Reed", "Water", "Rain", "Ambient", 233),
    "calm/lake.ogg": ("Ada Reed", "Water", "Lake", "Ambient", 247),
    "loud/anvil.m4a": ("Brute Force", "Iron", "Anvil", "Metal", 880),
    "loud/hammer.opus": ("Brute Force", "Iron", "Hammer", "Metal", 932),
    "loud/furnace.wav": ("Brute Force", "Iron", "Furnace", "Metal", 988),
    "dance/pulse.mp3": ("Clara Volt", "Grid", "Pulse", "Techno", 440),
    "dance/signal.flac": ("Clara Volt", "Grid", "Signal", "Techno", 466),
    "dance/relay.ogg": ("Clara Volt", "Grid", "Relay", "House", 494),
    "dance/rain.mp3": ("Dora Night", "Slow", "Rain", "House", 523),
}


def make_music(folder: Path) -> Path:
    """Ten songs of four artists in six formats; two are called Rain."""
    for name, (artist, album, title, genre, freq) in SONGS.items():
        tags = {"artist": artist, "album": album, "title": title, "genre": genre}
        write_tone(folder / name, seconds=4.0, freq=freq, tags=tags)
    return folder


class Command:
    """Runs `musicrec` as a process in a home of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home

    def __call__(self, *arguments: object, status: int = 0) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "MUSICREC_HOME": str(self.home)}
        run = warm.run("musicrec_tui", [*map(str, arguments)], env)
        assert run.returncode == status, (run.returncode, run.stdout, run.stderr)
        assert "Traceback" not in run.stderr
        return run

    def json(self, *arguments: object) -> Any:
        """The one document on standard output."""
        return json.loads(self(*arguments, "--json").stdout)

    def fails(self, *arguments: object, status: int = 1) -> str:
        """Standard error of a command that must fail with nothing on standard output."""
        run = self(*arguments, status=status)
        assert run.stdout == ""
        return run.stderr


@pytest.fixture(autouse=True)
def shared_folders_stay_as_they_are() -> Iterator[None]:
    """Fails the test that wrote where others read."""
    yield
    changed = changes()
    if changed:
        pytest.fail(f"changed what all tests share: {', '.join(changed)}", pytrace=False)


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Processes that the test starts hear Ctrl-C, which a shell's background jobs ignore."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def scanned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sealed folder with `music/` and a `home/` that has scanned it: copy what you change."""
    base = tmp_path_factory.mktemp("scanned")
    make_music(base / "music")
    Command(base / "home")("scan", base / "music", "--jobs", "1")
    return seal(base)


@pytest.fixture
def fresh(tmp_path: Path) -> Command:
    """`musicrec` in an empty home."""
    return Command(tmp_path / "home")


@pytest.fixture
def musicrec(scanned: Path, tmp_path: Path) -> Command:
    """`musicrec` in a copy of a home that has scanned ten songs, which themselves are sealed."""
    home = tmp_path / "home"
    shutil.copytree(scanned / "home", home)
    return Command(home)


@pytest.fixture
def music(tmp_path: Path) -> Callable[[], Path]:
    """Makes a music folder of the test's own."""
    return lambda: make_music(tmp_path / "music")
