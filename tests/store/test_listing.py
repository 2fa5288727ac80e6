"""Orders of the library: what cannot be sorted comes last, whichever way the others read."""

from __future__ import annotations

import shutil
from array import array
from pathlib import Path

import pytest

from musicrec_core.app.facade import MusicRec
from musicrec_core.app.results import LibraryOrder, LibraryRow
from tests.conftest import Command
from tests.support.media import write_tone

SONGS = {
    "full": {"artist": "Ada", "album": "Iron", "genre": "Dub", "date": "1971"},
    "more": {"artist": "Bert", "album": "Rain", "genre": "Folk", "date": "1999"},
    "bare": {},
}
VALUES = {
    "artist": lambda line: line.track.artist,
    "album": lambda line: line.track.album,
    "genre": lambda line: "".join(line.track.genres),
    "year": lambda line: line.track.year,
    "score": lambda line: line.score,
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two songs with all tags, one with a title alone."""
    base = tmp_path_factory.mktemp("listing")
    for freq, (name, tags) in enumerate(SONGS.items(), 300):
        write_tone(base / "music" / f"{name}.flac", freq=freq, tags={"title": name, **tags})
    Command(base / "home")("scan", base / "music", "--tags-only")
    return base / "home"


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("order", ["artist", "album", "genre", "year"])
def test_songs_without_a_value_come_last(home: Path, order: LibraryOrder, descending: bool) -> None:
    with MusicRec(home=home) as musicrec:
        lines = _lines(musicrec, musicrec.library.listing(order, descending=descending))
    assert [bool(VALUES[order](line)) for line in lines] == [True, True, False]
    values = [VALUES[order](line) for line in lines[:2]]
    assert values == sorted(values, reverse=descending)


def test_songs_that_were_never_scored_come_last_too(home: Path, tmp_path: Path) -> None:
    folder, own = tmp_path / "later", shutil.copytree(home, tmp_path / "home")
    write_tone(folder / "later.flac", freq=700, tags={"title": "later", "artist": "Aaron"})
    with MusicRec("one", own) as one, MusicRec("another", own) as another:
        one.lists.rescore()
        another.library.scan([str(folder)], jobs=1, tags_only=True)
        for descending in (False, True):
            lines = _lines(one, one.library.listing("score", descending=descending))
            assert (lines[-1].track.title, lines[-1].score) == ("later", None)
            scores = [line.score for line in lines[:-1] if line.score is not None]
            assert scores == sorted(scores, reverse=descending)
            assert len(scores) == len(SONGS)


def _lines(musicrec: MusicRec, file_ids: array[int]) -> list[LibraryRow]:
    return musicrec.library.rows(file_ids)
