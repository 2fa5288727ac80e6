from pathlib import Path

import pytest

from musicrec_tui import folders


@pytest.fixture
def place(tmp_path: Path) -> str:
    for name in ("Music", "Musik alt", "photos", ".hidden"):
        (tmp_path / name).mkdir()
    (tmp_path / "Music.txt").write_text("")
    return str(tmp_path)


def test_folders_that_begin_so_are_offered_and_files_are_not(place: str) -> None:
    assert folders.complete(f"{place}/mus") == [f"{place}/Music", f"{place}/Musik alt"]


def test_hidden_folders_are_offered_once_a_dot_is_typed(place: str) -> None:
    assert f"{place}/.hidden" not in folders.complete(f"{place}/")
    assert folders.complete(f"{place}/.") == [f"{place}/.hidden"]


def test_a_folder_that_is_not_there_offers_nothing(place: str) -> None:
    assert folders.complete(f"{place}/nowhere/mus") == []


def test_completion_goes_as_far_as_all_agree(place: str) -> None:
    assert folders.completion(f"{place}/Mu") == f"{place}/Musi"


def test_completion_of_the_only_match_opens_it(place: str) -> None:
    assert folders.completion(f"{place}/ph") == f"{place}/photos/"


def test_completion_of_no_match_leaves_the_text_alone(place: str) -> None:
    assert folders.completion(f"{place}/xyz") == f"{place}/xyz"


def test_the_home_folder_may_be_a_tilde(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", place)
    assert folders.completion("~/ph") == "~/photos/"
    assert folders.problem("~/photos") is None


def test_what_cannot_be_scanned_says_why(place: str) -> None:
    assert "Type the folder" in (folders.problem("  ") or "")
    assert "no folder" in (folders.problem(f"{place}/nowhere") or "")
    assert "is a file" in (folders.problem(f"{place}/Music.txt") or "")
    assert folders.problem(place) is None
