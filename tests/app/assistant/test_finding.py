"""Which song is meant, asked as people ask, in a library of covers and versions."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.app.assistant import finding
from musicrec_core.app.facade import MusicRec
from tests.conftest import Command
from tests.support.media import write_tone
from tests.support.shared import seal

# artist, title
SONGS = (
    ("The Lanterns", "Harbour Lights", "Tides"),
    ("Mira Solano", "Harbour Lights", "Covers"),
    ("Joss Wilder", "Harbour Lights (Live)", "On Stage"),
    ("Mira Solano", "Glass Orchard (Live)", "On Stage"),
    ("Mira Solano", "Glass Orchard", "Gardens"),
    ("Mira Solano", "Glass Orchard (Remastered 2009)", "Best of"),
    ("Joss Wilder", "Road to Nowhere", "Maps"),
    ("Joss Wilder", "Stand by Me", "Maps"),
    ("Joss Wilder", "Velvet Engine (Live)", "On Stage"),
    ("Ana", "Rain", "Ana"),
    ("Straße", "Übermut", "Straße"),
)


@pytest.fixture(scope="module")
def shelves(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that has read the tags of these songs."""
    folder = tmp_path_factory.mktemp("finding")
    for number, (artist, title, album) in enumerate(SONGS):
        tags = {"artist": artist, "title": title, "album": album}
        write_tone(folder / "music" / f"{number}.flac", seconds=1.0, freq=200 + number, tags=tags)
    Command(folder / "home")("scan", "--tags-only", folder / "music")
    Command(folder / "home")("recommend", "-n", "1")  # describes versions
    return seal(folder)


@pytest.fixture
def listener(shelves: Path, tmp_path: Path) -> Command:
    shutil.copytree(shelves / "home", tmp_path / "home")
    return Command(tmp_path / "home")


def added(listener: Command, text: str) -> str:
    """Artist and title of the one song that was added."""
    answer = listener.json("ask", f"add {text}")
    (track,) = answer["tracks"]
    assert [change["kind"] for change in answer["changed"]] == ["add"]
    return f"{track['artist']}: {track['title']}"


def refused(listener: Command, text: str) -> Any:
    answer = json.loads(listener("ask", f"add {text}", "--json", status=1).stdout)
    assert answer["changed"] == []
    return answer


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Harbour Lights by The Lanterns", "The Lanterns: Harbour Lights"),
        ("harbour lights by lanterns", "The Lanterns: Harbour Lights"),
        ("Harbor Lights by Mira Solano", "Mira Solano: Harbour Lights"),
        ("Harbour Lights by Mira Solanp", "Mira Solano: Harbour Lights"),
        ("Mira Solano - Harbour Ligths", "Mira Solano: Harbour Lights"),
        ("Glass Orchard", "Mira Solano: Glass Orchard"),
        ("Glas Orchard", "Mira Solano: Glass Orchard"),
        ("Glass Orchard (Live)", "Mira Solano: Glass Orchard (Live)"),
        ("Velvet Engine by Joss Wilder", "Joss Wilder: Velvet Engine (Live)"),
        ("Road to Nowhere", "Joss Wilder: Road to Nowhere"),
        ("Stand by Me", "Joss Wilder: Stand by Me"),
        ("Stand by Me by Joss Widler", "Joss Wilder: Stand by Me"),
        ("Ubermut by Strasse", "Straße: Übermut"),
    ],
)
def test_the_song_that_is_meant_is_found(listener: Command, text: str, meant: str) -> None:
    assert added(listener, text) == meant


def test_covers_are_choices_in_which_one_is_pointed_at(listener: Command) -> None:
    answer = refused(listener, "Harbour Lights")
    assert {track["artist"] for track in answer["choices"]} == {"The Lanterns", "Mira Solano"}
    second = answer["choices"][1]
    assert second["artist"] in listener("ask", "add the second").stdout


def test_of_versions_the_one_that_was_judged_is_meant(listener: Command) -> None:
    (live,) = [t for t in listener.json("search", "Glass Orchard live")["tracks"]
               if "Live" in t["title"]][:1]  # fmt: skip
    listener("like", live["id"])
    assert added(listener, "Glass Orchard by Mira Solano") == "Mira Solano: Glass Orchard"
    assert added(listener, "Glass Orchard live by Mira Solano").endswith("(Live)")


def test_as_many_are_added_as_there_are(listener: Command) -> None:
    answer = listener.json("ask", "add five live versions to Gym")
    assert {"(Live)" in track["title"] for track in answer["tracks"]} == {True}
    assert len(answer["tracks"]) == 3
    assert "3 songs meet all of it" in answer["reply"]


@pytest.mark.parametrize(
    "text", ["the song Train", "Midnight Harbour by The Lanterns", "Rain by Somebody"]
)
def test_what_is_not_there_is_said_to_be_absent_and_nothing_is_guessed(
    listener: Command, text: str
) -> None:
    assert "is not in your library" in refused(listener, text)["reply"]


def test_the_nearest_are_offered(listener: Command) -> None:
    answer = refused(listener, "Harbour Nights and Lights by The Lanterns")
    assert answer["choices"][0]["title"] == "Harbour Lights"
    assert "with The Lanterns - Harbour Lights" in listener("ask", "add the first").stdout


@pytest.fixture(scope="module")
def opened(shelves: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MusicRec]:
    home = tmp_path_factory.mktemp("opened") / "home"
    shutil.copytree(shelves / "home", home)
    with MusicRec(home=home) as musicrec:
        yield musicrec


@given(title=st.text(max_size=40), artist=st.none() | st.text(max_size=20))
def test_any_names_have_an_answer(opened: MusicRec, title: str, artist: str | None) -> None:
    match = finding.song(opened._context, title, artist)
    assert len(match.near) <= finding.NEAREST
    assert not (match.tracks and match.near)
