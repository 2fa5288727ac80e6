"""What a walk leaves out: system folders, .nomedia, .musicignore, patterns."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from musicrec_core.library.discover import discover
from musicrec_core.library.ignoring import left_out_by, rules_of


def found(root: Path, *patterns: str) -> set[str]:
    return set(walked(root, *patterns)[0])


def walked(root: Path, *patterns: str) -> tuple[list[str], dict[str, str]]:
    left_out: dict[str, str] = {}

    def note(path: bytes, reason: str) -> None:
        left_out[os.path.relpath(os.fsdecode(path), root)] = reason

    files = discover([os.fsencode(root)], None, note, patterns)
    return [os.path.relpath(os.fsdecode(file.path), root) for file in files], left_out


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


@pytest.mark.parametrize(
    "folder",
    ["$RECYCLE.BIN/S-1", "$Recycle.Bin", "RECYCLER", "#recycle/Album", "@Recycle", "@eaDir/x",
     "lost+found", "System Volume Information", "__MACOSX", "FOUND.000", "#snapshot/daily"],
)  # fmt: skip
def test_what_systems_keep_is_left_out_with_a_word_wherever_it_is(
    tmp_path: Path, folder: str
) -> None:
    make(tmp_path, "a.mp3", f"{folder}/b.mp3", f"deep/er/{folder}/c.mp3")
    files, left_out = walked(tmp_path)
    assert files == ["a.mp3"]
    assert set(left_out) == {folder.split("/")[0], f"deep/er/{folder.split('/')[0]}"}


def test_a_system_folder_named_as_a_root_is_looked_into(tmp_path: Path) -> None:
    make(tmp_path, "@Recycle/a.mp3")
    assert found(tmp_path / "@Recycle") == {"a.mp3"}


def test_nomedia_leaves_out_its_folder_and_all_below_but_never_a_root(tmp_path: Path) -> None:
    make(tmp_path, ".nomedia", "a.mp3", "x/.nomedia", "x/b.mp3", "x/y/c.mp3")
    files, left_out = walked(tmp_path)
    assert files == ["a.mp3"]
    assert set(left_out) == {"x"}


def test_an_empty_musicignore_leaves_out_its_folder(tmp_path: Path) -> None:
    make(tmp_path, "a.mp3", "x/b.mp3")
    (tmp_path / "x/.musicignore").write_bytes(b"\n")
    assert found(tmp_path) == {"a.mp3"}


def test_a_musicignore_speaks_of_its_own_folder(tmp_path: Path) -> None:
    make(tmp_path, "x.mp3", "in/x.mp3", "in/deep/x.mp3", "in/keep.mp3", "in/books/a.mp3")
    (tmp_path / "in/.musicignore").write_text("# mine\nx.mp3\nbooks/\n!deep/x.mp3\n")
    assert found(tmp_path) == {"x.mp3", "in/deep/x.mp3", "in/keep.mp3"}


@pytest.mark.parametrize(
    ("pattern", "path", "hit"),
    [
        ("*.m4b", "a/b.m4b", True),
        ("*.m4b", "a/b.mp3", False),
        ("Audiobooks", "x/Audiobooks", True),
        ("Audiobooks/", "x/Audiobooks", True),
        ("/Audiobooks", "x/Audiobooks", False),
        ("x/Audiobooks", "x/Audiobooks", True),
        ("x/*", "x/y/z", False),
        ("x/**", "x/y/z", True),
        ("**/live/*.mp3", "a/b/live/c.mp3", True),
        ("Track ??.mp3", "Track 01.mp3", True),
        ("[ab].mp3", "b.mp3", True),
        ("[!ab].mp3", "b.mp3", False),
        ("[z-a].mp3", "[z-a].mp3", True),
        ("a.b", "aXb", False),
        ("Cafe\u0301", "Caf\u00e9", True),
        ("/music/Radio", "Radio", True),
    ],
)
def test_patterns_are_those_of_gitignore(pattern: str, path: str, hit: bool) -> None:
    rules = rules_of([pattern], b"/music")
    is_folder = "." not in path
    rule = left_out_by(rules, b"/music/" + os.fsencode(path), is_folder=is_folder)
    assert (rule is not None) == hit


def test_excluded_folders_are_not_entered(tmp_path: Path) -> None:
    make(tmp_path, "a.mp3", "Radio/b.mp3", "Radio/x/c.mp3")
    files, left_out = walked(tmp_path, "Radio")
    assert (files, set(left_out)) == (["a.mp3"], {"Radio"})
