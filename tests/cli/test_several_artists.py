"""Songs by several artists count for each of them; a name that only looks like several is one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Command
from tests.support.media import write_tone

CREDITS: dict[str, str | list[str]] = {
    "alone": "Alpha",
    "semicolon": "Alpha; Guest",
    "featured": "Alpha feat. Guest",
    "values": ["Alpha", "Guest"],
    "earth": "Earth, Wind & Fire",
    "power": "AC/DC",
}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """A library that has scanned one song of each credit."""
    base = tmp_path_factory.mktemp("artists")
    for number, (name, artist) in enumerate(CREDITS.items()):
        tags = {"title": f"Song {name}", "artist": artist, "album": f"Of {name}"}
        path = base / "music" / f"{name}.flac"
        write_tone(path, seconds=4, freq=300 + 70 * number, tags=tags)
    command = Command(base / "home")
    command("scan", base / "music", "--jobs", "1")
    return command


def picks(home: Command, *arguments: str) -> set[str]:
    tracks = home.json("recommend", "-n", "50", *arguments)["tracks"]
    return {Path(track["path"]).stem for track in tracks}


def test_the_cap_of_two_an_artist_counts_every_song_of_theirs(home: Command) -> None:
    assert len(picks(home, "-n", "4") & {"alone", "semicolon", "featured", "values"}) == 2


def test_an_artist_is_a_seed_however_the_songs_credit_others(home: Command) -> None:
    for artist in ("Alpha", "Guest"):
        assert not picks(home, "--seed", artist) & {"semicolon", "featured", "values"}
    home.fails("recommend", "--seed", "Nobody")


def test_a_name_that_looks_like_several_is_one(home: Command) -> None:
    assert {"earth", "power"} <= picks(home)
    for part in ("Wind", "DC"):
        assert home.json("search", f"{part} Alpha")["tracks"] == []
