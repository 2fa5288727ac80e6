"""`musicrec scan`: what is found, what became of it, and that nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import mutagen
import pytest

from tests.conftest import SONGS, Command
from tests.support.media import write_tone

COUNTS = ("found", "new", "changed", "moved", "unchanged", "missing", "analysed")


def counts(report: dict[str, object]) -> dict[str, object]:
    return {name: report[name] for name in COUNTS if report[name]}


def scan(musicrec: Command, *arguments: object) -> dict[str, object]:
    return musicrec.json("scan", "--jobs", "1", *arguments)


def test_a_first_scan_finds_and_analyses_every_song(
    fresh: Command, music: Callable[[], Path]
) -> None:
    report = scan(fresh, music())
    assert counts(report) == {"found": 10, "new": 10, "analysed": 10}
    assert report["failed"] == []


def test_a_second_scan_reads_no_audio(musicrec: Command) -> None:
    assert counts(scan(musicrec)) == {"found": 10, "unchanged": 10}


def test_tags_only_leaves_the_listening_for_later(
    fresh: Command, music: Callable[[], Path]
) -> None:
    assert counts(scan(fresh, music(), "--tags-only")) == {"found": 10, "new": 10}
    assert len(fresh.json("recommend", "-n", "3")["tracks"]) == 3
    status = fresh.json("status")
    assert (status["tracks"], status["analysed"], status["pending"]) == (10, 0, 10)
    assert counts(scan(fresh)) == {"found": 10, "unchanged": 10, "analysed": 10}


def test_a_moved_file_keeps_its_like(fresh: Command, music: Callable[[], Path]) -> None:
    folder = music()
    scan(fresh, folder)
    liked = fresh.json("like", "River")["track"]
    (folder / "elsewhere").mkdir()
    shutil.move(folder / "calm/river.flac", folder / "elsewhere/stream.flac")
    assert counts(scan(fresh)) == {"found": 10, "moved": 1, "unchanged": 9}
    assert fresh.json("status")["feedback"]["like"] == 1
    answer = fresh.json("explain", folder / "elsewhere/stream.flac")["track"]
    assert answer["id"] == liked["id"]


def test_a_retagged_file_keeps_its_like_and_its_analysis(
    fresh: Command, music: Callable[[], Path]
) -> None:
    folder = music()
    scan(fresh, folder)
    liked = fresh.json("like", "River")["track"]
    file = mutagen.File(folder / "calm/river.flac", easy=True)
    file["title"] = "Stream"
    file.save()
    assert counts(scan(fresh)) == {"found": 10, "changed": 1, "unchanged": 9}
    assert fresh.json("explain", "Stream")["track"]["id"] == liked["id"]


def test_a_copy_is_new_and_shares_its_track(fresh: Command, music: Callable[[], Path]) -> None:
    folder = music()
    scan(fresh, folder)
    shutil.copy(folder / "calm/river.flac", folder / "calm/copy.flac")
    assert counts(scan(fresh)) == {"found": 11, "new": 1, "unchanged": 10}
    status = fresh.json("status")
    assert (status["files"], status["tracks"], status["analysed"], status["pending"]) == (
        11,
        10,
        10,
        0,
    )
    assert fresh("status").stdout.startswith("tracks    10 in 11 files, 10 listened to, 0 to go")
    paths = [t["path"] for t in fresh.json("recommend", "-n", "50")["tracks"]]
    assert len(paths) == 10


def test_a_missing_file_is_kept_and_comes_back(fresh: Command, music: Callable[[], Path]) -> None:
    folder = music()
    scan(fresh, folder)
    fresh("like", "River")
    away = folder.parent / "away.flac"
    shutil.move(folder / "calm/river.flac", away)
    assert counts(scan(fresh)) == {"found": 9, "unchanged": 9, "missing": 1}
    assert "River" not in [t["title"] for t in fresh.json("recommend", "-n", "50")["tracks"]]
    shutil.move(away, folder / "calm/river.flac")
    assert counts(scan(fresh)) == {"found": 10, "unchanged": 10}
    assert fresh.json("status")["feedback"]["like"] == 1


def test_an_unmounted_drive_loses_nothing(fresh: Command, music: Callable[[], Path]) -> None:
    folder = music()
    scan(fresh, folder)
    fresh("like", "River")
    shutil.move(folder, folder.parent / "unmounted")
    folder.mkdir()  # an empty mount point
    assert "kept as offline" in fresh.fails("scan")
    status = fresh.json("status")
    assert (status["offline"], status["missing"]) == (10, 0)
    folder.rmdir()
    shutil.move(folder.parent / "unmounted", folder)
    assert counts(scan(fresh)) == {"found": 10, "unchanged": 10}
    assert fresh.json("status")["feedback"]["like"] == 1


def test_a_better_copy_of_the_same_song_in_its_place_keeps_its_like(
    fresh: Command, music: Callable[[], Path]
) -> None:
    folder = music()
    scan(fresh, folder)
    fresh("like", "River")
    tags = {"artist": "Ada Reed", "album": "Water", "title": "River", "genre": "Ambient"}
    write_tone(folder / "calm/river.flac", seconds=5.0, freq=221, tags=tags)
    assert counts(scan(fresh)) == {"found": 10, "changed": 1, "unchanged": 9, "analysed": 1}
    assert fresh.json("recommend", "--seed", "River")["tracks"]
    assert fresh.json("status")["feedback"]["like"] == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("text.mp3", b"this is not music, only words " * 50),
        ("empty.flac", b""),
        ("noise.ogg", bytes(range(256)) * 40),
        ("cut.flac", b"fLaC\x00\x00\x00"),
    ],
)
def test_a_file_that_is_no_music_is_quarantined_with_its_reason(
    fresh: Command, music: Callable[[], Path], name: str, content: bytes
) -> None:
    folder = music()
    (folder / name).write_bytes(content)
    report = scan(fresh, folder)
    assert counts(report) == {"found": 11, "new": 10, "analysed": 10}
    (failed,) = report["failed"]
    assert failed["path"] == str(folder / name)
    assert failed["reason"]
    again = scan(fresh)
    assert again["failed"] == [failed]
    assert fresh.json("status")["failed"] == 1


def test_a_mended_file_is_tried_again(fresh: Command, music: Callable[[], Path]) -> None:
    folder = music()
    (folder / "broken.flac").write_bytes(b"")
    scan(fresh, folder)
    write_tone(folder / "broken.flac", seconds=2.0, freq=700)
    assert counts(scan(fresh)) == {"found": 11, "changed": 1, "unchanged": 10, "analysed": 1}
    assert fresh.json("status")["failed"] == 0


def test_a_tenth_of_a_second_is_a_song(fresh: Command, tmp_path: Path) -> None:
    write_tone(tmp_path / "music/blip.wav", seconds=0.1)
    report = scan(fresh, tmp_path / "music")
    assert counts(report) == {"found": 1, "new": 1, "analysed": 1}


def test_odd_names_are_found_and_round_trip(fresh: Command, tmp_path: Path) -> None:
    folder = tmp_path / "music"
    for name in ("...And Ours", ".hidden"):
        write_tone(folder / name / "a.wav", seconds=1.0)
    odd = os.fsencode(folder) + b"/caf\xe9 \x1b[31m.wav"
    os.rename(write_tone(folder / "plain.wav", seconds=1.0, freq=600), odd)
    report = scan(fresh, folder)
    assert counts(report) == {"found": 2, "new": 2, "analysed": 2}
    run = fresh("recommend", "--json")
    paths = {t["path"] for t in json.loads(run.stdout)["tracks"]}
    assert os.fsdecode(odd) in paths
    assert fresh.json("explain", os.fsdecode(odd))["track"]["path"] == os.fsdecode(odd)
    assert "\x1b" not in fresh("recommend").stdout


def test_a_symlink_loop_ends(fresh: Command, tmp_path: Path) -> None:
    folder = tmp_path / "music"
    write_tone(folder / "a.wav", seconds=1.0)
    (folder / "loop").symlink_to(folder)
    assert scan(fresh, folder)["found"] == 1


def test_ratings_in_files_become_feedback_once(fresh: Command, tmp_path: Path) -> None:
    folder = tmp_path / "music"
    write_tone(folder / "a.flac", seconds=1.0, tags={"title": "A", "fmps_rating": "0.9"})
    scan(fresh, folder)
    assert fresh.json("status")["feedback"]["rating"] == 1
    os.utime(folder / "a.flac")
    scan(fresh)
    assert fresh.json("status")["feedback"]["rating"] == 1
    assert "nothing to undo" in fresh.fails("undo")


def test_a_missing_folder_is_one_clear_line(fresh: Command, tmp_path: Path) -> None:
    error = fresh.fails("scan", tmp_path / "nowhere", "--json")
    assert error == f"musicrec: there is no folder {tmp_path / 'nowhere'}\n"


def test_a_folder_without_music_is_one_clear_line(fresh: Command, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("no music")
    error = fresh.fails("scan", tmp_path)
    assert error == f"musicrec: {tmp_path} holds no audio file\n"
    assert fresh.json("status")["roots"] == []


def test_scan_without_a_folder_says_what_to_do(fresh: Command) -> None:
    assert "musicrec scan ~/Music" in fresh.fails("scan")


def test_a_database_from_a_newer_version_is_left_alone(musicrec: Command) -> None:
    database = musicrec.home / "musicrec.db"
    with sqlite3.connect(database) as conn:
        conn.execute("PRAGMA user_version = 999")
    conn.close()
    before = database.read_bytes()
    assert "newer" in musicrec.fails("status")
    assert database.read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(fresh: Command) -> None:
    fresh.home.mkdir()
    (fresh.home / "musicrec.db").write_bytes(b"not a database" * 100)
    assert "musicrec.db" in fresh.fails("status")
    assert (fresh.home / "musicrec.db").read_bytes() == b"not a database" * 100


def test_prune_forgets_only_missing_files_and_keeps_feedback(
    fresh: Command, music: Callable[[], Path]
) -> None:
    folder = music()
    scan(fresh, folder)
    fresh("like", "River")
    (folder / "calm/river.flac").unlink()
    scan(fresh)
    assert fresh.json("prune", "--yes") == {"forgotten": 1}
    status = fresh.json("status")
    assert (status["tracks"], status["missing"]) == (len(SONGS) - 1, 0)
    assert status["feedback"]["like"] == 1


def test_a_drive_in_the_library_that_is_away_loses_nothing(
    fresh: Command, music: Callable[[], Path]
) -> None:
    folder = music()
    scan(fresh, folder, folder / "loud")
    shutil.move(folder / "loud", folder.parent / "away")
    assert counts(scan(fresh)) == {"found": 7, "unchanged": 7}
    status = fresh.json("status")
    assert (status["offline"], status["missing"]) == (3, 0)


def test_overlapping_folders_count_each_file_once(
    fresh: Command, music: Callable[[], Path]
) -> None:
    folder = music()
    report = scan(fresh, folder, folder / "loud", "--tags-only")
    assert counts(report) == {"found": 10, "new": 10}


def test_a_move_from_one_folder_to_another_is_a_move(
    fresh: Command, music: Callable[[], Path], tmp_path: Path
) -> None:
    folder = music()
    other = write_tone(tmp_path / "other/own.wav", seconds=1.0).parent
    scan(fresh, folder, other, "--tags-only")
    shutil.move(folder / "calm/river.flac", other / "river.flac")
    report = scan(fresh, "--tags-only")
    assert counts(report) == {"found": 11, "moved": 1, "unchanged": 10}


def test_songs_of_a_drive_that_left_wait_for_their_analysis(
    fresh: Command, music: Callable[[], Path], tmp_path: Path
) -> None:
    folder = music()
    other = write_tone(tmp_path / "other/own.wav", seconds=1.0).parent
    scan(fresh, folder, "--tags-only")
    shutil.move(folder, tmp_path / "away")
    scan(fresh, other)
    assert fresh.json("status")["failed"] == 0
    shutil.move(tmp_path / "away", folder)
    assert counts(scan(fresh, folder)) == {"found": 10, "unchanged": 10, "analysed": 10}
