"""Saved lists: the same all day, others the next, and files that nobody's edits are lost from."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from musicrec_core.app.context import Context
from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists.request import Dials, ListRequest
from musicrec_core.times import DAY_S
from tests.conftest import Command

GoOn = Callable[[float], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> GoOn:
    """Lets days pass in this process."""
    passed_s = 0.0
    now_s = Context.now_s

    def go_on(days: float) -> None:
        nonlocal passed_s
        passed_s += days * DAY_S

    monkeypatch.setattr(Context, "now_s", lambda self: now_s(self) + passed_s)
    return go_on


@pytest.fixture
def facade(musicrec: Command) -> MusicRec:
    return MusicRec(home=musicrec.home)


def titles(facade: MusicRec, name: str = "Daily", *, again: bool = False) -> list[str]:
    return [track.title for track in facade.saved_lists.songs(name, again=again).tracks]


def test_a_list_stays_the_same_all_day_and_is_another_the_next(
    facade: MusicRec, clock: GoOn
) -> None:
    facade.saved_lists.save("Daily", ListRequest(3))
    first = titles(facade)
    assert titles(facade) == first
    facade.feedback.record(facade.library.find("Anvil"), "like")
    assert titles(facade) == first
    clock(1)
    second = titles(facade)
    assert not set(first) & set(second)
    assert len(second) == 3
    clock(1)
    assert not set(titles(facade)) & set(second)


def test_a_song_that_was_disliked_since_gives_way_at_once(facade: MusicRec) -> None:
    facade.saved_lists.save("Daily", ListRequest(4))
    first = titles(facade)
    gone = next(title for title in first if title != "Rain")  # of which there are two
    facade.feedback.record(facade.library.find(gone), "dislike")
    now = titles(facade)
    assert len(now) == 4
    assert gone not in now
    assert [t for t in now if t in first] == [t for t in first if t != gone]


def test_where_few_songs_fit_those_of_yesterday_come_again(facade: MusicRec, clock: GoOn) -> None:
    facade.saved_lists.save("Metal", ListRequest(5, where="genre:metal"))
    made = facade.saved_lists.songs("Metal")
    assert {t.title for t in made.tracks} == {"Anvil", "Hammer", "Furnace"}
    assert [n.sentence for n in made.notices] == [
        "only 3 songs fit: of 10 in the library, the rules left 3"
    ]
    clock(1)
    assert len(titles(facade, "Metal")) == 3


def test_a_journey_is_made_whole_or_left_shorter(facade: MusicRec, clock: GoOn) -> None:
    request = ListRequest(4, seeds=("River", "Anvil"), mode="journey")
    facade.saved_lists.save("Way", request)
    first = titles(facade, "Way")
    assert (first[0], first[-1]) == ("River", "Anvil")
    gone = facade.saved_lists.songs("Way").tracks[1]
    facade.feedback.record(gone, "dislike")
    shown = [track.id for track in facade.saved_lists.songs("Way").tracks]
    assert len(shown) == 3
    assert gone.id not in shown
    clock(1)
    assert len(titles(facade, "Way")) == 4


def test_a_file_is_rewritten_in_place_only_where_it_says_something_else(
    facade: MusicRec, clock: GoOn, tmp_path: Path
) -> None:
    file = tmp_path / "daily.m3u8"
    facade.saved_lists.save("Daily", ListRequest(3), file)
    assert facade.saved_lists.refresh("Daily").written
    before = file.stat()
    assert not facade.saved_lists.refresh("Daily").written
    assert file.stat().st_ino == before.st_ino
    clock(1)
    made = facade.saved_lists.refresh("daily")
    assert (made.written, made.kept_copy) == (True, None)
    assert [line for line in file.read_text().splitlines() if not line.startswith("#")] == [
        track.path for track in made.tracks
    ]
    assert list(tmp_path.glob("*.m3u8")) == [file]


def test_what_somebody_edited_is_kept_beside_the_new_file(
    facade: MusicRec, clock: GoOn, tmp_path: Path
) -> None:
    file = tmp_path / "daily.m3u8"
    file.write_text("mine before")
    facade.saved_lists.save("Daily", ListRequest(3), file)
    first = facade.saved_lists.refresh("Daily")
    assert first.kept_copy
    assert Path(first.kept_copy).read_text() == "mine before"
    file.write_text("edited")
    facade.saved_lists.save("Daily", ListRequest(4), file)
    second = facade.saved_lists.refresh("Daily")
    assert second.kept_copy
    assert second.kept_copy != first.kept_copy
    assert Path(second.kept_copy).read_text() == "edited"
    assert len(file.read_text().splitlines()) > 4
    clock(1)
    assert facade.saved_lists.refresh("Daily").kept_copy is None


def test_lists_are_saved_shown_and_made_anew_from_the_command_line(
    musicrec: Command, tmp_path: Path
) -> None:
    file = tmp_path / "calm.m3u8"
    statement = musicrec(
        "lists", "save", "Calm", "-n", "2", "--where", "genre:ambient", "--file", file
    )
    assert statement.stdout == f"saved Calm: 2 songs, where genre:ambient, to {file}\n"
    assert "2 songs chosen, written to" in musicrec("lists", "refresh").stdout
    assert "2 songs of today already, unchanged in" in musicrec("lists", "refresh", "calm").stdout
    shown = musicrec.json("lists", "show", "CALM")
    assert len(shown["tracks"]) == 2
    assert shown["recipe"] == {"count": 2, "where": "genre:ambient"}
    again = musicrec.json("lists", "show", "Calm", "--again")
    assert again["tracks"] != shown["tracks"]
    file.write_text("edited")
    assert "somebody edited" in musicrec("lists", "refresh").stderr
    assert "did you mean one of these?\n  Calm" in musicrec.fails("lists", "show", "Kalm")
    musicrec("lists", "delete", "calm")
    assert file.exists()
    assert musicrec.json("lists", "list")["lists"] == []


@pytest.mark.parametrize(
    ("arguments", "status", "text"),
    [
        (("--where", "gener:jazz"), 1, "did you mean genre?"),
        (("--seed", "No Such Song"), 1, "no track is 'No Such Song'"),
        (("--file", "/no/such/x.m3u8"), 1, "there is no folder /no/such"),
        (("--relative",), 2, "--relative goes with --file"),
    ],
)
def test_a_list_that_could_not_be_made_is_not_saved(
    musicrec: Command, arguments: tuple[str, ...], status: int, text: str
) -> None:
    assert text in musicrec.fails("lists", "save", "X", *arguments, status=status)
    assert musicrec.json("lists", "list")["lists"] == []


def test_two_lists_never_write_one_file(musicrec: Command, tmp_path: Path) -> None:
    musicrec("lists", "save", "A", "--file", tmp_path / "a.m3u8")
    error = musicrec.fails("lists", "save", "B", "--file", tmp_path / "a.m3u8")
    assert "is written by the list A already" in error


def test_one_list_that_fails_does_not_keep_the_others_back(
    musicrec: Command, tmp_path: Path
) -> None:
    (tmp_path / "gone").mkdir()
    musicrec("lists", "save", "A", "--file", tmp_path / "gone" / "a.m3u8")
    musicrec("lists", "save", "B", "--file", tmp_path / "b.m3u8")
    (tmp_path / "gone").rmdir()
    assert "A: cannot write" in musicrec.fails("lists", "refresh")
    assert (tmp_path / "b.m3u8").exists()


def test_rules_hold_for_a_list_that_is_not_saved(musicrec: Command) -> None:
    answer = musicrec.json("recommend", "--where", "-genre:metal,techno,house")["tracks"]
    assert {track["artist"] for track in answer} == {"Ada Reed"}
    assert "cannot be read" in musicrec.fails("recommend", "--where", "year:x")


def test_saved_lists_travel_with_all_that_is_the_users(musicrec: Command, tmp_path: Path) -> None:
    musicrec("lists", "save", "Calm", "-n", "2", "--where", "genre:ambient", "--popular", "0.2",
             "--file", tmp_path / "calm.m3u8")  # fmt: skip
    (tmp_path / "all.jsonl").write_text(musicrec("export").stdout)
    other = Command(tmp_path / "other")
    assert other.json("import", tmp_path / "all.jsonl")["imported"] == 1
    assert other.json("import", tmp_path / "all.jsonl")["known"] == 1
    (saved,) = other.json("lists", "list")["lists"]
    assert saved["recipe"] == {"count": 2, "where": "genre:ambient", "dials": {"popular": 0.2}}
    row = {"type": "list", "profile": "me", "name": "x", "request": {"warp": 9}}
    (tmp_path / "bad.jsonl").write_text('{"type": "musicrec", "format": 1}\n' + json.dumps(row))
    assert "'warp' of a saved list is not known" in other.fails("import", tmp_path / "bad.jsonl")


def test_every_part_of_a_recipe_is_kept(facade: MusicRec) -> None:
    request = ListRequest(
        7, seeds=("River", "Lake"), unlike=("Anvil",), mode="similar", tag="ambient",
        where="-liked", text="calm", dials=Dials(popular=0.1, taste=0.3),
    )  # fmt: skip
    facade.saved_lists.save("All", request)
    assert facade.saved_lists.show("All").request == request
