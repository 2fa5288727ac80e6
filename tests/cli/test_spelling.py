"""However a person, a disk or a table spells a name, it is found: one folding in every command."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pytest

from tests.conftest import Command
from tests.support.media import write_tone


@pytest.fixture
def library(fresh: Command, tmp_path: Path) -> Path:
    """Three songs, one of them at a path in decomposed letters, scanned without listening."""
    songs = {
        "Béla.mp3": {"title": "Żółte łódki", "artist": "Mæv Øster"},
        "b.mp3": {"title": "ルージュの伝言", "artist": "荒井由実"},
        "c.mp3": {"title": "Plain", "artist": "Nobody"},
    }
    folder = tmp_path / "Müsik"
    folder.mkdir()
    for hertz, (name, tags) in enumerate(songs.items(), 300):
        path = folder / normalize("NFD", name)
        write_tone(path, freq=hertz, tags=tags)
    fresh("scan", folder, "--tags-only")
    return folder


def titles(command: Command, *words: str) -> list[str]:
    return [track["title"] for track in command.json("search", *words)["tracks"]]


@pytest.mark.parametrize("typed", ["lodki", "ZOLTE", "Maev Oster", normalize("NFD", "Żółte")])
def test_letters_that_a_keyboard_lacks_need_not_be_typed(
    fresh: Command, library: Path, typed: str
) -> None:
    assert titles(fresh, typed) == ["Żółte łódki"]


@pytest.mark.parametrize("typed", ["伝言", "ルージュ", "由実"])
def test_a_word_inside_a_title_without_spaces_is_found(
    fresh: Command, library: Path, typed: str
) -> None:
    assert titles(fresh, typed) == ["ルージュの伝言"]


@pytest.mark.parametrize(
    "query", ["zolte lodki", "maev oster zolte lodki", "Mæv Øster Żółte łódki"]
)
def test_a_query_means_a_title_in_any_spelling(fresh: Command, library: Path, query: str) -> None:
    assert fresh.json("like", query)["track"]["title"] == "Żółte łódki"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_path_is_a_query_however_its_letters_are_composed(
    fresh: Command, library: Path, form: str
) -> None:
    path = normalize(form, str(library / "Béla.mp3"))  # type: ignore[arg-type]
    assert fresh.json("like", path)["track"]["title"] == "Żółte łódki"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_table_rates_a_song_by_its_path_however_it_is_composed(
    fresh: Command, library: Path, tmp_path: Path, form: str
) -> None:
    table = tmp_path / "ratings.csv"
    path = normalize(form, str(library / "Béla.mp3"))  # type: ignore[arg-type]
    table.write_text(f"userId,trackId,Rating\nme,{path},5\n", encoding="utf-8")
    report = fresh.json("import", "--ratings", table)
    assert (report["imported"], report["unmatched"]) == (1, 0)


def test_tables_of_two_programs_that_compose_letters_differently_fit(
    fresh: Command, library: Path, tmp_path: Path
) -> None:
    tracks, ratings = tmp_path / "tracks.csv", tmp_path / "ratings.csv"
    song = str(library / "Béla.mp3")
    tracks.write_text("trackId,Tempo\n" + normalize("NFD", f"{song},120\n"), encoding="utf-8")
    rows = normalize("NFC", f"me,{song},5\n") + normalize("NFD", f"me,{song},5\n")
    ratings.write_text("userId,trackId,Rating\n" + rows, encoding="utf-8")
    report = fresh.json("import", "--tracks", tracks, "--ratings", ratings)
    assert report["bad"] == []
    assert report["imported"] == 1
