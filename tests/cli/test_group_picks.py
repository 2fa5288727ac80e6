"""Albums and artists as answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Command
from tests.support.media import write_tone


def of(musicrec: Command, kind: str, *arguments: object) -> list[dict[str, Any]]:
    picks: list[dict[str, Any]] = musicrec.json("recommend", f"--{kind}", *arguments)[kind]
    return picks


def test_albums_come_whole_and_in_their_order_each_with_why(musicrec: Command) -> None:
    albums = of(musicrec, "albums")
    assert albums
    for album in albums:
        assert album["songs"] == len(album["tracks"]) >= 3
        assert {track["album"] for track in album["tracks"]} == {album["name"]}
        assert "songs" in album["reasons"][0]["text"]
    paths = musicrec("recommend", "--albums", "--paths").stdout.splitlines()
    assert paths == [track["path"] for album in albums for track in album["tracks"]]


def test_a_liked_artist_comes_first_and_a_banned_one_never(musicrec: Command) -> None:
    musicrec("like", "River")
    first = of(musicrec, "artists")[0]
    assert first["name"] == "Ada Reed"
    assert any("you liked 1 of its songs" in reason["text"] for reason in first["reasons"])
    musicrec("ban", "artist", "Ada Reed")
    assert "Ada Reed" not in {artist["name"] for artist in of(musicrec, "artists")}
    assert not any(album["artist"] == "Ada Reed" for album in of(musicrec, "albums"))


def test_a_disliked_song_is_not_played_and_counts_against_its_album(musicrec: Command) -> None:
    before = {album["name"]: album for album in of(musicrec, "albums")}
    name, album = next(iter(before.items()))
    bad = album["tracks"][0]["path"]
    musicrec("dislike", bad)
    after = {one["name"]: one for one in of(musicrec, "albums")}[name]
    assert bad not in {track["path"] for track in after["tracks"]}
    assert after["score"] < album["score"]
    assert any("you disliked 1" in reason["text"] for reason in after["reasons"])


def test_albums_are_what_their_owner_thinks_of_as_one(fresh: Command, tmp_path: Path) -> None:
    songs = [  # folder, artist, album
        *(("hits", f"Singer {i}", "Hits of the Year") for i in range(4)),
        *((f"double/CD {i // 3 + 1}", "Ada Reed", "Water") for i in range(6)),
        *(("all", "Brute Force", "Greatest Hits") for _ in range(3)),
        *(("all", "Clara Volt", "Greatest Hits") for _ in range(3)),
        *(("guests", "Dora Night" + " feat. Ada Reed" * (i == 1), "Slow") for i in range(3)),
    ]
    for i, (folder, artist, album) in enumerate(songs):
        write_tone(tmp_path / folder / f"{i}.flac", seconds=3.0, freq=300 + 25 * i,
                   tags={"artist": artist, "album": album, "title": f"Song {i}"})  # fmt: skip
    fresh("scan", tmp_path, "--tags-only")
    albums = of(fresh, "albums", "-n", 20)
    assert sorted((album["name"], album["artist"], album["songs"]) for album in albums) == [
        ("Greatest Hits", "Brute Force", 3),
        ("Greatest Hits", "Clara Volt", 3),
        ("Hits of the Year", "", 4),
        ("Slow", "Dora Night", 3),
        ("Water", "Ada Reed", 6),
    ]


def test_neither_a_seed_nor_its_own_album_is_an_answer(musicrec: Command) -> None:
    names = [artist["name"] for artist in of(musicrec, "artists", "--seed", "River")]
    assert "Ada Reed" not in names
    assert names


def test_albums_can_be_kept_as_a_playlist_and_a_file(musicrec: Command, tmp_path: Path) -> None:
    tracks = of(musicrec, "albums", "-n", "1", "--playlist", "Album",
                "--m3u", tmp_path / "a.m3u8")[0]["tracks"]  # fmt: skip
    kept = musicrec.json("playlist", "show", "Album")["tracks"]
    assert [track["path"] for track in kept] == [track["path"] for track in tracks]
    assert tracks[0]["path"] in (tmp_path / "a.m3u8").read_text()


@pytest.mark.parametrize(
    ("arguments", "status", "text"),
    [
        (("--albums", "--artists"), 2, "exclude each other"),
        (("--albums", "--mode", "dissimilar"), 1, "albums are ranked"),
        (("--artists", "--order", "key"), 1, "artists are ranked"),
    ],
)
def test_what_makes_no_sense_together_is_refused(
    musicrec: Command, arguments: tuple[str, ...], status: int, text: str
) -> None:
    assert text in musicrec.fails("recommend", *arguments, status=status)


def test_an_artist_of_one_song_is_told_in_the_singular(fresh: Command, tmp_path: Path) -> None:
    write_tone(tmp_path / "only.flac", seconds=3.0, freq=440, tags={"artist": "X", "title": "One"})
    fresh("scan", tmp_path, "--tags-only")
    (artist,) = of(fresh, "artists")
    assert artist["reasons"][0]["text"].startswith("its one song is among")


def test_too_few_albums_say_why(musicrec: Command) -> None:
    run = musicrec("recommend", "--albums", "--where", "genre:nosuch", "--json")
    assert (
        "no album fits (an album has 3 songs or more): of 10 in the library, the rules left none"
        in (run.stderr)
    )
