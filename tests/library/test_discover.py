from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from musicrec_core.library.discover import discover


def touch(path: Path, data: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def found(*roots: Path) -> list[str]:
    """Paths found, relative to the folder of the first root."""
    start = os.fsencode(roots[0])
    files = discover([os.fsencode(root) for root in roots])
    return [os.fsdecode(os.path.relpath(file.path, start)) for file in files]


def test_audio_is_known_by_its_suffix_in_any_case(tmp_path):
    for name in ("a.mp3", "b.FLAC", "c.Opus", "d.m4a", "e.txt", "f.jpg", "g", "mp3"):
        touch(tmp_path / name)
    assert found(tmp_path) == ["a.mp3", "b.FLAC", "c.Opus", "d.m4a"]


def test_size_and_time_of_change_come_along_and_empty_files_too(tmp_path):
    touch(tmp_path / "a.mp3", b"")
    (file,) = discover([os.fsencode(tmp_path)])
    assert file.size_bytes == 0
    assert file.mtime_ns == (tmp_path / "a.mp3").stat().st_mtime_ns


def test_the_order_is_by_name_files_before_folders(tmp_path):
    for name in ("b/1.mp3", "a/2.mp3", "a/1.mp3", "z.mp3", "a/c/1.mp3"):
        touch(tmp_path / name)
    assert found(tmp_path) == ["z.mp3", "a/1.mp3", "a/2.mp3", "a/c/1.mp3", "b/1.mp3"]


def test_hidden_files_and_folders_are_left_out(tmp_path):
    for name in (".a.mp3", "._b.mp3", ".trash/c.mp3", "shown/d.mp3"):
        touch(tmp_path / name)
    assert found(tmp_path) == ["shown/d.mp3"]


def test_a_hidden_root_is_searched(tmp_path):
    touch(tmp_path / ".music" / "a.mp3")
    assert found(tmp_path / ".music") == ["a.mp3"]


def test_links_that_go_round_end(tmp_path):
    touch(tmp_path / "a" / "1.mp3")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "a" / "self").symlink_to(tmp_path / "a" / "self")
    assert found(tmp_path) == ["a/1.mp3"]


def test_a_linked_folder_outside_is_followed_once(tmp_path):
    touch(tmp_path / "elsewhere" / "1.mp3")
    music = tmp_path / "music"
    music.mkdir()
    (music / "one").symlink_to(tmp_path / "elsewhere")
    (music / "two").symlink_to(tmp_path / "elsewhere")
    assert found(music) == ["one/1.mp3"]


def test_a_link_to_a_folder_of_the_library_changes_nothing(tmp_path):
    touch(tmp_path / "z" / "1.mp3")
    (tmp_path / "a").symlink_to(tmp_path / "z")
    assert found(tmp_path) == ["z/1.mp3"]


def test_links_to_files_are_files_of_their_own(tmp_path):
    touch(tmp_path / "a.mp3")
    (tmp_path / "b.mp3").symlink_to(tmp_path / "a.mp3")
    assert found(tmp_path) == ["a.mp3", "b.mp3"]


def test_broken_links_are_ignored(tmp_path):
    (tmp_path / "gone.mp3").symlink_to(tmp_path / "nothing.mp3")
    (tmp_path / "gone").symlink_to(tmp_path / "nothing")
    assert found(tmp_path) == []


def test_pipes_and_sockets_are_not_opened(tmp_path, monkeypatch):
    os.mkfifo(tmp_path / "pipe.mp3")
    monkeypatch.chdir(tmp_path)  # socket names must be short
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket.mp3")
        assert found(tmp_path) == []


def test_a_folder_named_like_a_song_is_a_folder(tmp_path):
    touch(tmp_path / "live.mp3" / "a.mp3")
    assert found(tmp_path) == ["live.mp3/a.mp3"]


def test_names_that_are_not_utf8_are_kept_as_bytes(tmp_path):
    folder = os.path.join(os.fsencode(tmp_path), b"caf\xe9")
    try:
        os.mkdir(folder)
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    path = os.path.join(folder, b"\xff\n.mp3")
    with open(path, "wb"):
        pass
    assert [file.path for file in discover([os.fsencode(tmp_path)])] == [path]


@pytest.mark.parametrize("order", [1, -1])
def test_roots_that_overlap_report_each_file_once(tmp_path, order):
    touch(tmp_path / "a" / "1.mp3")
    touch(tmp_path / "2.mp3")
    roots = [tmp_path, tmp_path / "a", tmp_path, tmp_path / "2.mp3"][::order]
    files = [file.path for file in discover([os.fsencode(root) for root in roots])]
    assert len(files) == len(set(files)) == 2


def test_a_hidden_root_inside_another_is_searched_as_well(tmp_path):
    touch(tmp_path / ".b" / "1.mp3")
    touch(tmp_path / "2.mp3")
    assert found(tmp_path, tmp_path / ".b") == ["2.mp3", ".b/1.mp3"]


def test_a_root_may_be_one_file(tmp_path):
    touch(tmp_path / "a.mp3")
    touch(tmp_path / "b.mp3")
    assert found(tmp_path / "a.mp3") == ["."]


def test_a_root_that_is_gone_is_said_to_be(tmp_path):
    problems = []
    path = os.fsencode(tmp_path / "gone" / "a.mp3")
    assert list(discover([path], lambda *problem: problems.append(problem))) == []
    assert problems == [(path, "no such file or directory")]


def test_a_name_of_a_band_that_begins_with_dots_is_not_hidden(tmp_path):
    touch(tmp_path / "...And Oceans" / "1.mp3")
    assert found(tmp_path) == ["...And Oceans/1.mp3"]


def test_paths_are_absolute_and_links_in_the_root_stay(tmp_path, monkeypatch):
    touch(tmp_path / "real" / "a.mp3")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    monkeypatch.chdir(tmp_path)
    (file,) = discover([b"link"])
    assert file.path == os.fsencode(tmp_path / "link" / "a.mp3")


def test_what_cannot_be_read_is_said_and_the_rest_is_found(tmp_path, monkeypatch):
    touch(tmp_path / "closed" / "1.mp3")
    touch(tmp_path / "open" / "2.mp3")
    scandir = os.scandir

    def refuse(path):  # as root, no real folder refuses us
        if path.endswith(b"closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    problems = []
    roots = [os.fsencode(tmp_path), os.fsencode(tmp_path / "nowhere")]
    files = list(discover(roots, on_error=lambda *problem: problems.append(problem)))
    assert [os.path.basename(file.path) for file in files] == [b"2.mp3"]
    assert problems == [
        (os.fsencode(tmp_path / "closed"), "permission denied"),
        (os.fsencode(tmp_path / "nowhere"), "no such file or directory"),
    ]


def test_folders_deeper_than_the_stack_are_searched(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for _ in range(300):
        os.mkdir("d")
        os.chdir("d")
    touch(Path("a.mp3"))
    assert len(found(tmp_path)) == 1
