"""What people's files, taggers and disks really do, through the command line."""

from __future__ import annotations

import json
import os
import shutil
import struct
import subprocess
import sys
import wave
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mutagen
import numpy as np
import pytest
from mutagen.flac import FLAC
from mutagen.id3 import ID3, POPM

from musicrec_core.audio.lengths.measure import COUNTED_BYTES
from tests.conftest import Command
from tests.support.media import write_audio, write_tone


def scan(musicrec: Command, *arguments: object) -> Any:
    return musicrec.json("scan", "--tags-only", *arguments)


def ratings(musicrec: Command) -> list[float]:
    lines = map(json.loads, musicrec("export").stdout.splitlines())
    return [line["value"] for line in lines if line.get("kind") == "rating"]


def retitle(path: Path, title: str) -> None:
    """As taggers do that keep size and time."""
    before = path.stat()
    file = mutagen.File(path, easy=True)
    file["title"] = title
    file.save()
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size


def rate(path: Path, popm: int) -> None:
    tags = ID3(path)
    tags.delall("POPM")
    tags.add(POPM("x", popm, 0))
    tags.save()


def test_a_retag_that_keeps_size_and_time_is_seen(fresh: Command, tmp_path: Path) -> None:
    path = write_tone(tmp_path / "m/a.flac", tags={"title": "Old"})
    scan(fresh, tmp_path / "m")
    retitle(path, "New")
    assert scan(fresh)["changed"] == 1
    assert [t["title"] for t in fresh.json("search", "New")["tracks"]] == ["New"]


def test_a_touch_of_what_is_no_content_is_no_change(fresh: Command, tmp_path: Path) -> None:
    path = write_tone(tmp_path / "m/a.flac", tags={"title": "Old"})
    scan(fresh, tmp_path / "m")
    path.chmod(0o600)
    assert (scan(fresh)["changed"], scan(fresh)["unchanged"]) == (0, 1)


def test_again_reads_all_tags_and_hears_nothing_anew(
    fresh: Command, music: Callable[[], Path]
) -> None:
    fresh.json("scan", "--jobs", "1", music())
    report = fresh.json("scan", "--again", "--jobs", "1")
    assert (report["unchanged"], report["changed"], report["analysed"]) == (10, 0, 0)


def test_a_clock_that_shifted_hears_nothing_anew(fresh: Command, music: Callable[[], Path]) -> None:
    folder = music()
    fresh.json("scan", "--jobs", "1", folder)
    for path in folder.rglob("*.*"):
        os.utime(path, (path.stat().st_atime, path.stat().st_mtime + 3600))
    report = fresh.json("scan", "--jobs", "1")
    assert (report["found"], report["new"], report["analysed"]) == (10, 0, 0)
    assert fresh.json("status")["analysed"] == 10


def test_a_rating_changed_in_the_file_is_taken_again(fresh: Command, tmp_path: Path) -> None:
    path = write_tone(tmp_path / "m/a.mp3", tags={"title": "A"})
    for popm, taken in ((255, [5]), (255, [5]), (1, [5, 1]), (196, [5, 1, 4])):
        rate(path, popm)
        scan(fresh, tmp_path / "m")
        assert ratings(fresh) == taken


def test_what_the_person_said_since_holds_against_the_file(fresh: Command, tmp_path: Path) -> None:
    path = write_tone(tmp_path / "m/a.mp3", tags={"title": "A"})
    rate(path, 255)
    scan(fresh, tmp_path / "m")
    rate(path, 196)
    fresh("rate", "2", "A")
    scan(fresh)
    assert ratings(fresh) == [5, 2]
    retitle_only = mutagen.File(path, easy=True)
    retitle_only["album"] = "Other"
    retitle_only.save()
    scan(fresh)
    assert ratings(fresh) == [5, 2], "the rating in the file did not change"


def test_two_copies_rated_unlike_each_other_do_not_take_turns(
    fresh: Command, tmp_path: Path
) -> None:
    path = write_tone(tmp_path / "m/a.mp3", tags={"title": "A"})
    rate(path, 255)
    rate(Path(shutil.copy(path, tmp_path / "m/b.mp3")), 64)
    for _ in range(2):
        scan(fresh, tmp_path / "m", "--again")
    assert len(ratings(fresh)) == 1


def test_the_scale_of_rating_is_the_librarys_and_doctor_says_it(
    fresh: Command, tmp_path: Path
) -> None:
    def song(name: str, number: int) -> None:
        path = write_tone(tmp_path / "m" / name, freq=300 + number, tags={"title": name})
        flac = FLAC(path)
        flac["RATING"] = str(number)
        flac.save()

    song("a.flac", 10)
    song("b.flac", 4)
    scan(fresh, tmp_path / "m")
    assert sorted(ratings(fresh)) == [2, 5]
    song("c.flac", 100)  # so it was percent
    scan(fresh)
    assert ratings(fresh)[2:] == [1, 1, 5]
    checks = {check["name"]: check for check in fresh.json("doctor")["checks"]}
    assert "percent" in checks["ratings in files"]["detail"]


def test_exclusions_are_remembered_shown_and_taken_back(fresh: Command, tmp_path: Path) -> None:
    for number, name in enumerate(("a.flac", "Radio/b.flac")):
        write_tone(tmp_path / "m" / name, freq=300 + 100 * number)
    assert scan(fresh, tmp_path / "m")["found"] == 2
    report = scan(fresh, "--exclude", "Radio/")
    assert (report["found"], report["missing"]) == (1, 1)
    assert [Path(left["path"]).name for left in report["left_out"]] == ["Radio"]
    assert scan(fresh)["found"] == 1
    assert fresh.json("status")["excluded"] == ["Radio/"]
    assert "not left out" in fresh.fails("scan", "--include", "Rdio")
    assert scan(fresh, "--include", "Radio/")["found"] == 2
    fresh.fails("scan", "--exclude", "/", status=2)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "ascii"])
def test_a_terminal_without_letters_gets_marks_and_no_traceback(
    fresh: Command, tmp_path: Path, encoding: str
) -> None:
    write_tone(tmp_path / "m/a.flac", tags={"title": "ルージュの伝言", "artist": "Björk"})
    scan(fresh, tmp_path / "m")
    for command in (("recommend",), ("search", "a"), ("like", "1"), ("explain", "1"), ("doctor",)):
        run = subprocess.run(
            [sys.executable, "-m", "musicrec_tui", *command],
            env={**os.environ, "MUSICREC_HOME": str(fresh.home), "PYTHONIOENCODING": encoding},
            capture_output=True, check=False,
        )  # fmt: skip
        assert run.returncode == 0, run.stderr
        assert b"Traceback" not in run.stderr


def unsynchronised(size: int) -> bytes:
    return bytes(size >> shift & 127 for shift in (21, 14, 7, 0))


def unpacks_to(gigabytes: float) -> bytes:
    """An ID3 tag whose title is far larger than the file."""
    packer = zlib.compressobj(9)
    block = b"a" * (1 << 20)
    data = packer.compress(b"\x03") + b"".join(
        packer.compress(block) for _ in range(round(1024 * gigabytes))
    )
    data += packer.flush()
    frame = b"TIT2" + unsynchronised(len(data) + 4) + struct.pack(">H", 0x0009)
    frame += unsynchronised(0x0FFFFFFF) + data
    return b"ID3\x04\0\0" + unsynchronised(len(frame)) + frame


@pytest.mark.skipif(sys.platform != "linux", reason="the limit of memory is Linux's")
def test_a_monster_costs_itself_only_and_is_not_tried_until_it_changes(
    fresh: Command, tmp_path: Path
) -> None:
    song = write_tone(tmp_path / "m/song.mp3", tags={"title": "Song"})
    monster = tmp_path / "m/monster.mp3"
    monster.write_bytes(unpacks_to(0.5) + song.read_bytes())
    report = scan(fresh, tmp_path / "m")
    assert (report["new"], len(report["failed"])) == (1, 1)
    assert "of memory" in report["failed"][0]["reason"]
    assert scan(fresh)["failed"] == report["failed"]
    write_tone(monster, freq=900)
    assert scan(fresh)["failed"] == []


def make_long(path: Path, seconds: int) -> Path:
    """Silence that takes a thousand bytes a second."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 1, 1000, 0, "NONE", ""))
        file.writeframes(bytes([128, 129]) * (500 * seconds))
    return path


def test_doctor_lists_what_is_odd(fresh: Command, tmp_path: Path) -> None:
    folder = tmp_path / "m"
    song = write_tone(folder / "a.flac", tags={"title": "A", "artist": "Ann"})
    scan(fresh, folder)
    names = ("cue sheets", "long tracks", "unknown lengths", "doubled songs")
    checks = {check["name"]: check for check in fresh.json("doctor")["checks"]}
    assert all(checks[name]["ok"] for name in names)

    shutil.copy(song, folder / "copy.flac")
    twice = {"title": "A", "artist": "Ann"}
    write_tone(folder / "again.mp3", freq=500, tags=twice)
    album = make_long(folder / "album/Album.wav", 960)
    (folder / "album/ALBUM.CUE").touch()
    hour = make_long(folder / "hour.wav", 3700)
    endless = write_audio(folder / "endless.aac", np.zeros(44100), fmt="adts")
    os.truncate(endless, COUNTED_BYTES + 1)  # too large to be counted, and says nothing itself
    scan(fresh, folder)
    checks = {check["name"]: check for check in fresh.json("doctor")["checks"]}
    assert not any(checks[name]["ok"] for name in names)
    assert str(album) in checks["cue sheets"]["detail"]
    assert str(hour) in checks["long tracks"]["detail"]
    assert str(album) not in checks["long tracks"]["detail"]
    assert str(endless) in checks["unknown lengths"]["detail"]
    assert "1 recording in several files" in checks["doubled songs"]["detail"]
    assert "1 song several times over" in checks["doubled songs"]["detail"]
    assert str(song) in checks["doubled songs"]["detail"]
    assert fresh("doctor").returncode == 0, "odd is not broken"


def in_mount(options: str, home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    """Run musicrec where a mount of these options lies over its home."""
    script = f'{options} && exec "$@"'
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", sys.executable, "-m", "musicrec_tui",
         *map(str, arguments)],
        env={**os.environ, "MUSICREC_HOME": str(home)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def can_mount() -> bool:
    tool = shutil.which("unshare")
    script = "mount -t tmpfs none /mnt"
    return (
        bool(tool)
        and not subprocess.run(
            [str(tool), "-rm", "sh", "-c", script], capture_output=True, check=False
        ).returncode
    )


needs_mounts = pytest.mark.skipif(not can_mount(), reason="no mounts of its own are allowed here")


@needs_mounts
def test_a_home_that_is_read_only_still_shows_what_it_knows(
    fresh: Command, music: Callable[[], Path]
) -> None:
    scan(fresh, music())
    home = fresh.home
    read_only = f"mount --bind {home} {home} && mount -o remount,ro,bind {home}"
    for command in (
        ("recommend", "-n", "3"),
        ("search", "River"),
        ("status",),
        ("explain", "River"),
    ):
        run = in_mount(read_only, home, *command)
        assert (run.returncode, run.stderr) == (0, ""), command
    for command in (("like", "River"), ("scan",)):
        run = in_mount(read_only, home, *command)
        assert run.returncode == 1
        assert "is read-only" in run.stderr, command


@needs_mounts
def test_a_full_disk_is_called_a_full_disk(
    fresh: Command, music: Callable[[], Path], tmp_path: Path
) -> None:
    home = tmp_path / "small"
    home.mkdir()
    run = in_mount(f"mount -t tmpfs -o size=200k none {home}", home, "scan", music())
    assert run.returncode == 1
    assert f"the disk of {home} is full" in run.stderr
