"""Songs by several artists count for each of them; a name that only looks like several is one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.support.media import write_tone

CREDITS: dict[str, str | list[str]] = {
    "alone": "Alpha",
    "semicolon": "Alpha; Guest",
    "featured": "Alpha feat. Guest",
    "values": ["Alpha", "Guest"],
    "ampersand": "Alpha & Guest",
    "versus": "Alpha vs. Guest",
    "times": "Alpha x Guest",
    "kanji": "Alpha、Guest",
    "with": "Alpha with Guest",
    "earth": "Earth, Wind & Fire",
    "power": "AC/DC",
    "duo": "Simon & Garfunkel",
    "tyler": "Tyler, The Creator",
    "four": "Crosby, Stills, Nash & Young",
    "bob": "Bob Marley",
    "wailers": "Bob Marley & The Wailers",
}
WITH_ALPHA = {name for name, artist in CREDITS.items() if "Alpha" in artist} | {"title"}
WHOLE = ("earth", "power", "duo", "tyler", "four")


def song(path: Path, number: int, title: str, artist: str | list[str]) -> Path:
    tags = {"title": title, "artist": artist, "album": f"Of {path.stem}"}
    return write_tone(path, seconds=1, freq=300 + 30 * number, tags=tags)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """A library that has scanned one song of each credit, and one with a guest in its title."""
    base = tmp_path_factory.mktemp("artists")
    for number, (name, artist) in enumerate(CREDITS.items()):
        song(base / "music" / f"{name}.flac", number, f"Song {name}", artist)
    song(base / "music" / "title.flac", 40, "Song title (feat. Alpha)", "Other")
    command = Command(base / "home")
    command("scan", base / "music", "--tags-only")
    return command


def credits_in(home: Command) -> dict[str, list[tuple[str, str]]]:
    """Of every file, the artists and their roles."""
    tracks = map(json.loads, home("export", "--tracks").stdout.splitlines())
    return {
        Path(track["path"]).stem: [(a["name"], a["role"]) for a in track["artists"]]
        for track in tracks
    }


def picks(home: Command, *arguments: str) -> set[str]:
    tracks = home.json("recommend", "-n", "50", *arguments)["tracks"]
    return {Path(track["path"]).stem for track in tracks}


def test_the_cap_of_two_an_artist_counts_every_song_of_theirs(home: Command) -> None:
    assert len(picks(home, "-n", "4") & WITH_ALPHA) <= 2


def test_an_artist_is_a_seed_however_the_songs_credit_others(home: Command) -> None:
    assert not picks(home, "--seed", "Alpha") & WITH_ALPHA
    assert not picks(home, "--seed", "Guest") & (WITH_ALPHA - {"alone", "title"})
    assert "alone" in picks(home, "--seed", "Guest")
    assert not picks(home, "--seed", "Bob Marley") & {"bob", "wailers"}
    home.fails("recommend", "--seed", "Nobody")


def test_a_name_that_looks_like_several_is_one(home: Command) -> None:
    artists = credits_in(home)
    for name in WHOLE:
        assert artists[name] == [(CREDITS[name], "main")]
    for part in ("Wind", "DC"):
        assert home.json("search", f"{part} Alpha")["tracks"] == []


def test_a_dislike_of_an_artists_song_lowers_those_with_others(
    home: Command, tmp_path: Path
) -> None:
    shutil.copytree(home.home, tmp_path / "home")
    own = Command(tmp_path / "home")
    own("dislike", "Song alone")
    after = scores(own)
    theirs = {after[name] for name in WITH_ALPHA - {"alone", "title"}}
    assert max(theirs) < min(after[name] for name in ("bob", "wailers", *WHOLE))


@pytest.fixture(scope="module")
def duet(tmp_path_factory: pytest.TempPathFactory) -> Command:
    """Zed alone, Alpha alone, both together in every way; enough others to compare with."""
    base = tmp_path_factory.mktemp("duet")
    songs: dict[str, str | list[str]] = {f"alpha {i}": "Alpha" for i in range(6)}
    songs |= {f"zed {i}": "Zed" for i in range(3)} | {f"other {i}": f"Other {i}" for i in range(8)}
    songs |= {"both": "Zed & Alpha", "guest": "Zed feat. Alpha", "values": ["Zed", "Alpha"]}
    for number, (name, artist) in enumerate(songs.items()):
        song(base / "music" / f"{name}.flac", number, f"Song {name}", artist)
    command = Command(base / "home")
    command("scan", base / "music", "--tags-only")
    return command


TOGETHER = ("both", "guest", "values")


@pytest.mark.parametrize(("kind", "sign"), [("dislike", -1), ("like", 1)])
def test_an_opinion_of_an_artist_reaches_songs_that_another_leads(
    duet: Command, tmp_path: Path, kind: str, sign: int
) -> None:
    shutil.copytree(duet.home, tmp_path / "home")
    own = Command(tmp_path / "home")
    for number in range(4):
        own(kind, f"Song alpha {number}")
    after = scores(own)
    for name in TOGETHER:
        assert sign * after[name] > sign * after["zed 0"]
        why = [reason["text"] for reason in own.json("explain", f"Song {name}")["reasons"]]
        assert any(
            text.startswith("by an artist of Alpha - Song alpha")
            or text == f"you {kind}d a song by one of its artists"
            for text in why
        ), why
    # As much as of a song that Alpha leads, or less: half of the artists were not spoken of.
    assert all(sign * after[name] <= sign * after["alpha 5"] for name in TOGETHER)


def test_what_was_said_of_a_duet_reaches_both(duet: Command, tmp_path: Path) -> None:
    shutil.copytree(duet.home, tmp_path / "home")
    own = Command(tmp_path / "home")
    own("dislike", "Song both")
    after = scores(own)
    assert after["alpha 0"] < after["other 0"]
    assert after["zed 0"] < after["other 0"]


def scores(home: Command) -> dict[str, float]:
    tracks = home.json("recommend", "-n", "50", "--explore", "0")["tracks"]
    return {Path(track["path"]).stem: track["score"] for track in tracks}


def test_who_is_an_artist_alone_may_show_in_a_later_scan(fresh: Command, tmp_path: Path) -> None:
    folder = tmp_path / "music"
    song(folder / "duo.flac", 1, "Song", "Uno & Duo")
    song(folder / "guest.flac", 2, "Other Song (with Duo)", "Somebody")
    fresh("scan", folder, "--tags-only")
    assert credits_in(fresh) == {
        "duo": [("Uno & Duo", "main")],
        "guest": [("Somebody", "main")],
    }
    song(folder / "alone.flac", 3, "Third Song", "Uno")
    fresh("scan", folder, "--tags-only")
    artists = credits_in(fresh)
    assert artists["duo"] == [("Uno", "main"), ("Duo", "main")]
    assert artists["guest"] == [("Somebody", "main"), ("Duo", "featured")]
