"""What a list may be near to, and what it may be far from."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_recommend import titles
from tests.conftest import Command


def test_favourites_are_a_seed(musicrec: Command) -> None:
    assert "no favourites yet" in musicrec.fails("recommend", "--seed", "favourites")
    musicrec("like", "River")
    musicrec("rate", "5", "Lake")
    musicrec("dislike", "Anvil")
    answer = titles(musicrec.json("recommend", "--seed", "favourites", "-n", "3"))
    assert answer[0] == "Rain"
    assert not {"River", "Lake", "Anvil"} & set(answer)


def test_a_playlist_file_and_a_playlist_are_seeds(musicrec: Command, tmp_path: Path) -> None:
    file = tmp_path / "calm.m3u8"
    musicrec("recommend", "--seed", "River", "-n", "1", "--m3u", file, "--playlist", "Calm")
    first = titles(musicrec.json("recommend", "--seed", "River", "-n", "1"))
    for seed in (str(file), "playlist:Calm"):
        answer = titles(musicrec.json("recommend", "--seed", seed, "-n", "3"))
        assert answer
        assert first[0] not in answer


def test_unlike_takes_songs_and_what_is_near_to_them_out(musicrec: Command) -> None:
    seeds = ("--seed", "River", "--seed", "Anvil")
    answer = titles(musicrec.json("recommend", *seeds, "--unlike", "Hammer", "-n", "4"))
    assert "Hammer" not in answer
    assert titles(musicrec.json("recommend", *seeds, "-n", "2")) != answer[:2]
    assert set(titles(musicrec.json("recommend", "--unlike", "Brute Force"))).isdisjoint(
        {"Anvil", "Hammer", "Furnace"}
    )
    assert "no track" in musicrec.fails("recommend", "--unlike", "Nobody at all")


def test_dissimilar_is_far_from_the_seeds_and_says_so(musicrec: Command) -> None:
    answer = musicrec.json("recommend", "--mode", "dissimilar", "--seed", "Ada Reed", "-n", "2")
    assert answer["tracks"]
    assert all(track["artist"] != "Ada Reed" for track in answer["tracks"])
    assert all("further from your seeds" in t["reasons"][0]["text"] for t in answer["tracks"])
    assert "no favourites" in musicrec.fails("recommend", "--mode", "dissimilar")
    musicrec("like", "River")
    far = musicrec.json("recommend", "--mode", "dissimilar", "-n", "1")["tracks"]
    assert "further from what you like" in far[0]["reasons"][0]["text"]


def test_a_mode_that_its_seeds_contradict_is_wrong_usage(musicrec: Command) -> None:
    assert "similar to what?" in musicrec.fails("recommend", "--mode", "similar", status=2)
    wrong = musicrec.fails("recommend", "--mode", "for-you", "--seed", "River", status=2)
    assert "no seeds" in wrong


def test_a_short_list_says_what_left_no_more(musicrec: Command) -> None:
    musicrec("ban", "artist", "Brute Force")
    run = musicrec("recommend", "--tag", "metal", "-n", "50")
    assert "no song fits" in run.stderr
    assert "of 10 in the library, guards left 7" in run.stderr
    for artist in ("Ada Reed", "Clara Volt", "Dora Night"):
        musicrec("ban", "artist", artist)
    assert "guards left none" in musicrec("recommend").stderr
    assert musicrec.json("recommend", "--seed", "River")["tracks"] == []


def test_an_artist_and_an_unknown_tag_give_songs_and_a_word_about_it(musicrec: Command) -> None:
    answer = musicrec.json("recommend", "--seed", "Clara Volt", "--tag", "deep house", "-n", "3")
    assert answer["tracks"]
    assert any("deep house" in note for note in answer["notes"])
