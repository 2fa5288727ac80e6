"""The endless queue through the command."""

from __future__ import annotations

from tests.cli.test_recommend import titles
from tests.conftest import Command


def test_a_radio_plays_near_its_seed_and_says_why(musicrec: Command) -> None:
    answer = musicrec.json("radio", "--seed", "River", "-n", "3")
    assert len(set(titles(answer))) == 3
    assert "River" not in titles(musicrec.json("radio", "--seed", "River", "-n", "10"))
    assert any("River" in reason["text"] for reason in answer["tracks"][0]["reasons"])


def test_a_playlist_goes_on_without_repeats_until_the_library_ends(musicrec: Command) -> None:
    first = titles(musicrec.json("radio", "--seed", "River", "--playlist", "Queue", "-n", "4"))
    second = titles(musicrec.json("radio", "--seed", "River", "--playlist", "Queue", "-n", "40"))
    shown = musicrec.json("playlist", "show", "Queue")
    assert [track["title"] for track in shown["tracks"]] == [*first, *second]
    run = musicrec("radio", "--seed", "River", "--playlist", "Queue")
    assert "no song fits" in run.stderr


def test_a_skip_in_the_session_is_named_and_counts_for_it_alone(musicrec: Command) -> None:
    answer = musicrec.json("radio", "--seed", "Clara Volt", "--skipped", "Anvil", "-n", "9")
    texts = [r["text"] for track in answer["tracks"] for r in track["reasons"]]
    assert any("which you skipped in this session" in text for text in texts)
    assert musicrec.json("status")["feedback"]["skip"] == 0


def test_a_radio_without_seeds_plays_from_favourites_or_scores(musicrec: Command) -> None:
    assert len(musicrec.json("radio", "-n", "3")["tracks"]) == 3
    musicrec("like", "River")
    answer = musicrec.json("radio", "-n", "3")
    assert any("River" in r["text"] for r in answer["tracks"][0]["reasons"])
