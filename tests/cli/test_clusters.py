"""The kinds of music in a library, by name, wherever a list is asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import Command


@pytest.fixture
def own(scanned: Path, tmp_path: Path) -> Command:
    shutil.copytree(scanned / "home", tmp_path / "home")
    return Command(tmp_path / "home")


def test_each_kind_has_a_name_of_its_own_and_they_hold_the_library(own: Command) -> None:
    kinds = own.json("clusters")["clusters"]
    assert len({kind["name"] for kind in kinds}) == len(kinds) >= 2
    assert sum(kind["songs"] for kind in kinds) == 10
    assert sum(kind["share"] for kind in kinds) == pytest.approx(1)
    assert [kind["number"] for kind in kinds] == list(range(1, len(kinds) + 1))
    lines = own("clusters").stdout.splitlines()
    assert all(kind["name"] in line for kind, line in zip(kinds, lines, strict=True))
    assert own.json("insights")["clusters"] == kinds


@pytest.mark.parametrize("by", ["number", "name"])
def test_a_list_is_of_one_kind_alone(own: Command, by: str) -> None:
    picks = {}
    for kind in own.json("clusters")["clusters"]:
        tracks = own.json("recommend", "--cluster", f"{kind[by]}", "-n", "20")["tracks"]
        picks[kind["number"]] = {track["id"] for track in tracks}
        assert len(picks[kind["number"]]) == kind["songs"]
        described = own.json("describe", f"cluster:{kind[by]}")
        assert described["songs"] == kind["songs"]
        assert kind["name"] in described["description"]
    assert len(set().union(*picks.values())) == sum(map(len, picks.values())) == 10


def test_what_is_no_kind_is_answered_with_those_there_are(own: Command) -> None:
    error = own.fails("recommend", "--cluster", "yodel")
    assert "is no cluster" in error
    assert own.json("clusters")["clusters"][0]["name"] in error


def test_a_playlist_and_an_empty_library_have_too_few(own: Command, tmp_path: Path) -> None:
    own("playlist", "create", "Evening")
    own("playlist", "add", "Evening", "River")
    assert own.json("clusters", "--playlist", "Evening")["clusters"] == []
    assert Command(tmp_path / "empty").json("clusters")["clusters"] == []
    assert "too few" in Command(tmp_path / "empty")("clusters").stdout
