"""What never comes into a list, why, and how to have it back."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

import pytest

from musicrec_core.app.lists.guards.seasons import SEASONS, is_on
from tests.conftest import Command
from tests.support.media import write_tone

TITLES = {"christmas": "Last Christmas", "valentine": "Be My Valentine"}


def write(folder: Path, name: str, freq: float, **tags: str) -> None:
    write_tone(folder / f"{name}.flac", seconds=4.0, freq=freq, tags=tags)


@pytest.fixture
def shelf(fresh: Command, tmp_path: Path) -> Command:
    """A library with a skit, songs of two seasons, and three plain songs."""
    music = tmp_path / "music"
    write(music, "skit", 300, artist="Ada Reed", album="Water", title="Lunch (Skit)")
    for freq, (season, title) in enumerate(TITLES.items(), 400):
        write(music, season, freq, artist="Clara Volt", album="Grid", title=title,
              genre="Synthpop")  # fmt: skip
    write(music / "loud", "anvil", 500, artist="Brute Force", album="Iron", title="Anvil",
          genre="Metal")  # fmt: skip
    write(music, "guest", 600, artist="Dora Night feat. Brute Force", album="Slow", title="Guest")
    write(music, "river", 700, artist="Ada Reed", album="Water", title="River", genre="Ambient")
    fresh("scan", music, "--tags-only")
    return fresh


def picked(command: Command) -> set[str]:
    return {Path(track["path"]).stem for track in command.json("recommend")["tracks"]}


def out_of_season() -> str:
    """One of the seasons is not on today, whichever day it is."""
    return next(season for season in TITLES if not is_on(season, time.time()))


def test_a_skit_is_not_picked_until_its_guard_is_off(shelf: Command) -> None:
    assert "skit" not in picked(shelf)
    excluded_by = shelf.json("explain", "Lunch (Skit)")["excluded_by"]
    assert "a skit" in excluded_by
    assert "--off kinds" in excluded_by
    shelf("guards", "--off", "kinds")
    assert "skit" in picked(shelf)
    shelf("guards", "--on", "kinds")
    assert "skit" not in picked(shelf)


def test_a_very_short_track_is_not_picked_but_where_all_are_short(
    fresh: Command, tmp_path: Path
) -> None:
    for freq, name in enumerate(("river", "anvil", "guest"), 400):
        write_tone(tmp_path / f"{name}.flac", seconds=8.0, freq=freq,
                   tags={"artist": name, "title": name})  # fmt: skip
    write_tone(tmp_path / "blip.flac", seconds=1.0, freq=900, tags={"artist": "X", "title": "Blip"})
    fresh("scan", tmp_path, "--tags-only")
    assert picked(fresh) == {"river", "anvil", "guest"}
    assert "--off lengths" in fresh.json("explain", "Blip")["excluded_by"]
    fresh("guards", "--off", "lengths")
    assert "blip" in picked(fresh)


def test_speech_is_picked_where_its_genre_is_asked_for(fresh: Command, tmp_path: Path) -> None:
    write(tmp_path, "talk", 300, artist="Ada Reed", title="Chapter", genre="Audiobook")
    write(tmp_path, "river", 700, artist="Ada Reed", title="River", genre="Ambient")
    fresh("scan", tmp_path, "--tags-only")
    assert picked(fresh) == {"river"}
    asked_for = fresh.json("recommend", "--tag", "audiobook")["tracks"]
    assert "talk" in {Path(track["path"]).stem for track in asked_for}


def test_a_seasonal_song_waits_for_its_season_unless_songs_like_it_are_asked_for(
    shelf: Command,
) -> None:
    season = out_of_season()
    assert season not in picked(shelf)
    assert season in shelf.json("explain", TITLES[season])["excluded_by"]
    other = next(s for s in TITLES if s != season)
    near = shelf.json("recommend", "--seed", TITLES[other])["tracks"]
    assert season in {Path(track["path"]).stem for track in near}
    shelf("guards", "--off", "seasons")
    assert season in picked(shelf)


@pytest.mark.parametrize(
    ("season", "date", "on"),
    [
        ("christmas", (2026, 12, 24), True),
        ("christmas", (2027, 1, 6), True),
        ("christmas", (2027, 1, 7), False),
        ("christmas", (2026, 11, 24), False),
        ("halloween", (2026, 10, 31), True),
        ("halloween", (2026, 11, 2), False),
        ("a season that nobody knows", (2026, 7, 1), True),
    ],
)
def test_a_season_has_its_days(season: str, date: tuple[int, int, int], on: bool) -> None:
    noon = datetime(*date, 12).astimezone().timestamp()
    assert is_on(season, noon) is on


def test_every_season_that_titles_name_has_days() -> None:
    from musicrec_core.songs.season_words import SEASONS as NAMED

    assert set(NAMED) <= set(SEASONS)


@pytest.mark.parametrize(
    ("kind", "name", "gone"),
    [
        ("artist", "brute force", {"anvil", "guest"}),
        ("album", "Water", {"river"}),
        ("genre", "metal", {"anvil"}),
    ],
)
def test_what_is_banned_is_never_picked_until_it_is_unbanned(
    shelf: Command, kind: str, name: str, gone: set[str]
) -> None:
    before = picked(shelf)
    shelf("ban", kind, name)
    assert before - picked(shelf) == gone
    (one, *_) = gone
    assert f"you banned the {kind}" in shelf.json("explain", one)["excluded_by"]
    shelf("unban", kind, name)
    assert picked(shelf) == before


def test_a_banned_folder_is_never_picked(shelf: Command, tmp_path: Path) -> None:
    shelf("ban", "folder", tmp_path / "music" / "loud")
    assert "anvil" not in picked(shelf)


def test_bans_and_switches_are_one_person_s_own(shelf: Command) -> None:
    shelf("ban", "artist", "Ada Reed", "--profile", "anna")
    shelf("guards", "--off", "kinds", "--profile", "anna")
    assert {"river"} <= picked(shelf)
    assert "skit" not in picked(shelf)


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (("guards", "--off", "opinions"), "cannot be turned off"),
        (("guards", "--off", "everything"), "there is no guard everything"),
        (("ban", "artist", " "), "an empty name is no artist"),
        (("unban", "artist", "Nobody"), "not banned"),
    ],
)
def test_what_cannot_be_done_is_said(shelf: Command, arguments: tuple[str, ...], text: str) -> None:
    assert text in shelf.fails(*arguments)


def test_a_name_that_no_song_has_is_kept_and_said(shelf: Command) -> None:
    for command in ("ban", "apart"):
        assert (
            "no song here is of the artist 'Adda Reed'"
            in shelf(command, "artist", "Adda Reed").stderr
        )
        assert not shelf(command, "artist", "Ada Reed").stderr


def test_the_last_of_two_opinions_that_contradict_each_other_counts(shelf: Command) -> None:
    shelf("rate", "1", "River")
    assert "rated it low" in shelf.json("explain", "River")["excluded_by"]
    shelf("like", "River")
    assert shelf.json("explain", "River")["excluded_by"] is None
    shelf("undo")
    assert shelf.json("explain", "River")["excluded_by"] is not None
    shelf("rate", "5", "Anvil")
    shelf("dislike", "Anvil")
    assert "disliked" in shelf.json("explain", "Anvil")["excluded_by"]
    assert [o["kind"] for o in shelf.json("explain", "Anvil")["opinions"]] == ["dislike"]


def test_an_artist_is_banned_by_the_name_that_songs_have(shelf: Command, tmp_path: Path) -> None:
    write(tmp_path / "music", "foxes", 800, artist="The Brass Foxes", title="Den")
    write(tmp_path / "music", "mixed", 900, artist="Kit", albumartist="Various Artists",
          album="Hits", title="Mixed")  # fmt: skip
    shelf("scan", tmp_path / "music", "--tags-only")
    for name, song in (("brass foxes", "foxes"), ("Various Artists", "mixed")):
        assert not shelf("ban", "artist", name).stderr
        assert song not in picked(shelf)
        shelf("unban", "artist", name.upper())
        assert song in picked(shelf)


def test_a_season_is_a_word_to_ask_for(shelf: Command) -> None:
    tracks = shelf.json("recommend", "--tag", "xmas")["tracks"]
    assert [track["title"] for track in tracks] == ["Last Christmas"]
    assert tracks[0]["reasons"][0]["text"] == "of the season, christmas"


def test_incognito_lets_nothing_count_that_is_said_outright(shelf: Command) -> None:
    shelf("incognito", "on")
    for said in (("like", "River"), ("skip", "River"), ("rate", "4", "River")):
        assert "nothing counts" in shelf.fails(*said)


def test_what_looks_at_a_whole_list_is_turned_off_too(fresh: Command, tmp_path: Path) -> None:
    for freq, title in ((800, "River"), (820, "River (Live)")):
        write(tmp_path / "music", str(freq), freq, artist="Clara Volt", title=title)
    for number, artist in enumerate(("Ada Reed", "Brute Force", "Ada Reed", "Brute Force")):
        write(tmp_path / "music", f"{number}", 300 + 50 * number, artist=artist,
              title=f"Song {number}")  # fmt: skip
    fresh("scan", tmp_path / "music", "--tags-only")

    def listed() -> list[str]:
        return [track["artist"] for track in fresh.json("recommend", "-n", "8")["tracks"]]

    assert (listed().count("Clara Volt"), len(listed())) == (1, 5)
    fresh("guards", "--off", "versions")
    assert (listed().count("Clara Volt"), len(listed())) == (2, 6)
    for name in ("windows", "yesterday"):
        assert f"{name:9} off" in fresh("guards", "--off", name).stdout
        assert len(listed()) == 6
    home = tmp_path / "other"
    exported = tmp_path / "all.jsonl"
    exported.write_text(fresh("export").stdout)
    other = Command(home)
    other("import", exported)
    states = {guard["name"]: guard["on"] for guard in other.json("guards")["guards"]}
    assert not any(states[name] for name in ("versions", "windows", "yesterday"))
    assert states["lengths"]
