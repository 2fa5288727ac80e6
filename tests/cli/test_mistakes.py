"""What a person is told who types something that cannot be meant."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Command


def test_a_rating_and_a_song_given_the_wrong_way_round_are_told_apart(musicrec: Command) -> None:
    error = musicrec.fails("rate", "20", "3.5", status=2)
    assert "'20' is no rating from 1 to 5. The rating comes first, then the song" in error


@pytest.mark.parametrize("number", ["x", "nan", ""])
def test_what_is_no_number_is_said_to_be_none(fresh: Command, number: str) -> None:
    error = fresh.fails("recommend", "--popular", number, status=2)
    assert f"{number!r} is not a number" in error


@pytest.mark.parametrize("name", ["x" * 300, "", " ", "a\nb"])
def test_what_is_no_profile_name_is_wrong_usage_told_briefly(fresh: Command, name: str) -> None:
    for arguments in (("--profile", name, "status"), ("status", "--profile", name)):
        error = fresh.fails(*arguments, status=2)
        assert "a profile name is 1 to 64 printable characters" in error
        assert max(map(len, error.splitlines())) < 150


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("models use", "an empty name is no model version: `musicrec models list` names all"),
        ("models show", "an empty name is no model version: `musicrec models list` names all"),
        ("prune --root", "an empty name is no folder"),
    ],
)
def test_an_empty_name_is_said_to_be_empty(fresh: Command, command: str, text: str) -> None:
    assert fresh.fails(*command.split(), "") == f"musicrec: {text}\n"


def test_a_version_that_is_not_there_points_to_the_list(fresh: Command) -> None:
    error = fresh.fails("models", "use", "p9999")
    assert error == "musicrec: there is no model version p9999: `musicrec models list` names all\n"


def test_a_home_that_is_no_folder_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    error = Command(tmp_path / "file").fails("status")
    assert error == f"musicrec: {tmp_path / 'file'} is no folder: set MUSICREC_HOME to one\n"
    below = Command(tmp_path / "file" / "home").fails("status")
    assert "Not a directory" in below
    assert "Errno" not in below


@pytest.mark.parametrize("content", ["userId,trackId,rating\n1,2,3\n", "5\n", "[1]\n"])
def test_a_file_that_is_no_export_is_said_to_be_none(
    fresh: Command, tmp_path: Path, content: str
) -> None:
    table = tmp_path / "ratings.csv"
    table.write_text(content)
    error = fresh.fails("import", table)
    assert error == (
        f"musicrec: {table} is no musicrec export; tables are taken with --tracks and --ratings\n"
    )


def test_a_single_thing_is_counted_without_a_plural(
    fresh: Command, music: Callable[[], Path]
) -> None:
    folder = music()
    fresh("scan", folder, "--tags-only")
    (folder / "calm/river.flac").unlink()
    fresh("scan", "--tags-only")
    assert "Forget 1 missing file?" in fresh("prune", status=1).stderr
    assert fresh("prune", "--yes").stdout == "1 file forgotten\n"
    fresh("like", "Lake")
    assert "1 like and 0 dislikes so far" in fresh("retrain").stdout


def test_a_song_that_cannot_be_played_is_known_and_told_why(
    fresh: Command, music: Callable[[], Path]
) -> None:
    folder = music()
    fresh("scan", folder, "--tags-only")
    (folder / "calm/river.flac").unlink()
    (folder / "calm/lake.ogg").write_bytes(b"")
    fresh("scan", "--tags-only")
    for command in ("explain", "like"):
        error = fresh.fails(command, "ada reed river")
        assert "'ada reed river' is known, but its file is missing" in error
        assert str(folder / "calm/river.flac") in error
        assert "its file could not be decoded: the file is empty" in fresh.fails(command, "Lake")
