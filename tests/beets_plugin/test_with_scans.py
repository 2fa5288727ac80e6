"""beets and musicrec's own scan leave one state of a library, whichever came first."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest
from mutagen.flac import FLAC
from mutagen.id3 import ID3, POPM

from tests.beets_plugin.conftest import Beet
from tests.conftest import Command
from tests.support.media import write_tone
from tests.support.shared import seal

STATE = {
    "roots": "SELECT path, online FROM roots",
    "tracks": "SELECT identity, present FROM tracks ORDER BY identity",
    "files": """SELECT files.path, state, reason, roots.path, identity, size_bytes, mtime_ns,
        ctime_ns, title, artist, artists, album, album_artist, composer, genres, track_no, disc_no,
        year, compilation, duration_s, rating, rating_number, rating_stars, rating_taken, song,
        versions, lead, seasonal, kind FROM files JOIN tracks ON tracks.id = track_id
        JOIN roots ON roots.id = root_id ORDER BY files.path""",
    "credits": """SELECT path, position, name, role FROM credits
        JOIN files ON files.id = file_id ORDER BY path, position""",
    "ratings": """SELECT identity, profile, kind, value, at_s, source FROM feedback
        JOIN tracks ON tracks.id = track_id ORDER BY identity""",
}
TITLES = "SELECT title, year FROM files"


def rows(beet: Beet, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(beet.home / "musicrec.db") as database:
        return database.execute(sql).fetchall()


def state(beet: Beet) -> dict[str, list[tuple[object, ...]]]:
    return {name: rows(beet, sql) for name, sql in STATE.items()}


def song(path: Path, freq: float, **tags: str | list[str]) -> Path:
    return write_tone(path, seconds=1, freq=freq, tags=tags)


def make_varied(folder: Path) -> None:
    """What beets and musicrec read differently: ratings, dates, lists of artists and genres."""
    one = {"title": "One", "artist": "Alpha; Guest", "genre": "Rock;Pop"}
    rated = ID3(song(folder / "a/one.mp3", 300, **one))
    rated.add(POPM("player", 255, 3))
    rated.save()
    several = FLAC(song(folder / "a/two.flac", 340, title="Two", album="First", date="20061024"))
    several.update({"ARTIST": ["Alpha", "Beta"], "FMPS_RATING": "0.8", "COMPOSER": ["C", "D"]})
    several.save()
    song(folder / "b/three.ogg", 380, title="Three", artist="Beta", date="1999-12", rating="60")
    song(folder / "b/four.m4a", 420, title="Four", artist="Gamma", album="Hits", date="2001-05")
    song(folder / "b/five.opus", 460, title="Five", artist="Delta feat. Beta", date="0000")
    song(folder / "b/six.mp3", 500, title="Six")


@pytest.fixture(scope="module")
def varied(tmp_path_factory: pytest.TempPathFactory) -> Beet:
    """beets has imported the varied library, musicrec knows nothing yet. Sealed: copy it."""
    base = tmp_path_factory.mktemp("varied")
    make_varied(base / "music")
    beet = Beet(base / "config", base / "music")
    beet("import", "-A", "-C", "-q", beet.music)
    seal(base)
    return beet


@pytest.fixture
def own(varied: Beet, tmp_path: Path) -> Beet:
    """`beet` on a copy of the library; the music is sealed."""
    shutil.copytree(varied.base, tmp_path / "config")
    return Beet(tmp_path / "config", varied.music)


def scan(beet: Beet, *arguments: object) -> None:
    Command(beet.home)("scan", *arguments, "--tags-only")


def test_a_scan_leaves_the_same_state_whether_beets_came_first_or_not(own: Beet) -> None:
    scan(own, own.music)
    scanned = state(own)
    assert sorted(row[3] for row in scanned["ratings"]) == [3.0, 4.0, 5.0]
    own("recommend")
    assert state(own) == scanned, "beets after the scan"
    shutil.rmtree(own.home)
    own("recommend")
    assert state(own) != scanned
    scan(own, own.music)
    assert state(own) == scanned, "beets before the scan"


def test_beets_alone_gives_artists_genres_and_years_as_a_scan_does(own: Beet) -> None:
    own("modify", "-y", "-W", "-M", "title:one", "year=20061024")
    own("recommend")
    assert rows(own, "SELECT genres FROM files WHERE title = 'One'") == [('["Rock", "Pop"]',)]
    assert dict(rows(own, TITLES)) == {
        "One": 2006,
        "Two": 2006,
        "Three": 1999,
        "Four": 2001,
        "Five": None,
        "Six": None,
    }
    assert [row[1:] for row in rows(own, STATE["credits"])[:2]] == [
        (0, "Alpha", "main"),
        (1, "Guest", "main"),
    ]


def test_songs_from_beets_wait_while_their_drive_is_away(varied: Beet, tmp_path: Path) -> None:
    shutil.copytree(varied.music, tmp_path / "drive")
    beet = Beet(tmp_path / "config", tmp_path / "drive")
    beet("import", "-A", "-C", "-q", beet.music)
    beet("like", "title:two")
    scan(beet, beet.music)
    os.rename(beet.music, tmp_path / "away")
    beet.music.mkdir()  # the mount point
    musicrec = Command(beet.home)
    musicrec.fails("scan", "--tags-only")
    assert (musicrec.json("status")["offline"], musicrec.json("status")["tracks"]) == (6, 0)
    assert "is away" in musicrec.fails("recommend")
    beet.fails("recommend")
    beet.music.rmdir()
    os.rename(tmp_path / "away", beet.music)
    scan(beet)
    assert musicrec.json("status")["tracks"] == 6
    assert musicrec.json("status")["feedback"]["like"] == 1
    assert len(beet.lines("recommend")) == 6
