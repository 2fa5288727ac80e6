"""A journey through the command."""

from __future__ import annotations

from tests.cli.test_recommend import titles
from tests.conftest import Command


def test_a_journey_begins_and_ends_where_it_should_and_says_how_far_it_is(
    musicrec: Command,
) -> None:
    ends = ("--seed", "River", "--seed", "Anvil")
    answer = musicrec.json("recommend", "--mode", "journey", *ends, "-n", "6")
    names = titles(answer)
    assert (names[0], names[-1], len(names)) == ("River", "Anvil", 6)
    first = [track["reasons"][0] for track in answer["tracks"]]
    assert {reason["kind"] for reason in first} == {"journey"}
    assert "begins" in first[0]["text"]
    assert "% of the way" in first[2]["text"]


def test_a_disliked_end_is_passed_by(musicrec: Command) -> None:
    musicrec("dislike", "Anvil")
    ends = ("--seed", "River", "--seed", "Anvil")
    names = titles(musicrec.json("recommend", "--mode", "journey", *ends, "-n", "5"))
    assert "Anvil" not in names
    assert names[0] == "River"


def test_a_journey_needs_two_ends(musicrec: Command) -> None:
    one = ("recommend", "--mode", "journey", "--seed", "River")
    assert "name two" in musicrec.fails(*one, status=2)
    assert "not to the same" in musicrec.fails(*one, "--seed", "River")


def test_a_journey_takes_no_other_order(musicrec: Command) -> None:
    ends = ("--seed", "River", "--seed", "Anvil")
    asked = ("recommend", "--mode", "journey", *ends, "--order", "tempo")
    assert "a journey is its own order" in musicrec.fails(*asked, status=2)
