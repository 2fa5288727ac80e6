"""Wishes in words, as the command line takes them: one at a time, and many from a file."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.support.media import write_tone
from tests.support.shared import seal

# artist, title, album, genre, year
SONGS = (
    ("Nina Hill", "Blue Room", "Rooms", "Jazz", "1958"),
    ("Nina Hill", "Green Room", "Rooms", "Jazz", "1959"),
    ("Nina Hill", "Blue Room (Live)", "On Stage", "Jazz", "1965"),
    ("Olaf Strand", "Frozen Lake", "North", "Ambient", "2003"),
    ("Olaf Strand", "Slow Thaw", "North", "Ambient", "2003"),
    ("The Rivets", "Hammer Down", "Workshop", "Punk", "1979"),
    ("The Rivets", "Christmas in the Workshop", "Workshop", "Punk", "1979"),
    ("Pia Voss", "Paper Boats", "Harbour", "Pop", "1994"),
    ("Pia Voss", "Paper Boats (Club Remix)", "Harbour Remixes", "Pop", "1995"),
    ("Sister Tide", "Undertow", "Ebb", "Jazz", "1994"),
)


@pytest.fixture(scope="module")
def tagged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that has read the tags of ten songs and listened to none."""
    folder = tmp_path_factory.mktemp("wishes")
    for number, (artist, title, album, genre, year) in enumerate(SONGS):
        tags = {"artist": artist, "title": title, "album": album, "genre": genre, "date": year}
        write_tone(folder / "music" / f"{number}.flac", seconds=1.0, freq=200 + number, tags=tags)
    Command(folder / "home")("scan", "--tags-only", folder / "music")
    return seal(folder)


@pytest.fixture
def listener(tagged: Path, tmp_path: Path) -> Command:
    shutil.copytree(tagged / "home", tmp_path / "home")
    return Command(tmp_path / "home")


def _titles(listener: Command, wish: str, count: int) -> list[str]:
    answer = listener.json("recommend", "--text", wish, "-n", count)
    return [track["title"] for track in answer["tracks"]]


@pytest.mark.parametrize(
    ("wish", "wanted"),
    [
        ("jazz from the 50s", {"Blue Room", "Green Room"}),
        ("something from 1994", {"Paper Boats", "Undertow"}),
        ("jazz, no live versions, before 1960", {"Blue Room", "Green Room"}),
        ("ambient", {"Frozen Lake", "Slow Thaw"}),
        ("songs by olaf strand", {"Frozen Lake", "Slow Thaw"}),
        ("christmas songs", {"Christmas in the Workshop"}),
        ("a remix by Pia Voss", {"Paper Boats (Club Remix)"}),
        ("Undertow by Sister Tide", {"Undertow"}),
    ],
)
def test_a_wish_is_met_first(listener: Command, wish: str, wanted: set[str]) -> None:
    assert set(_titles(listener, wish, len(wanted))) == wanted


def test_what_is_excluded_never_comes(listener: Command) -> None:
    titles = _titles(listener, "anything but jazz, not Olaf Strand", 10)
    assert titles
    assert not {"Blue Room", "Green Room", "Undertow", "Frozen Lake", "Slow Thaw"} & set(titles)


def test_like_an_artist_is_not_by_that_artist(listener: Command) -> None:
    titles = _titles(listener, "something like Nina Hill", 3)
    assert not {"Blue Room", "Green Room", "Blue Room (Live)"} & set(titles)
    assert titles[0] == "Undertow"


def test_what_nothing_meets_is_said_and_the_nearest_come(listener: Command) -> None:
    answer = listener.json("recommend", "--text", "jazz from the 80s", "-n", "2")
    assert "0 songs meet all of it; the others come nearest" in answer["notes"]
    assert {track["album"] for track in answer["tracks"]} <= {"Rooms", "On Stage", "Ebb"}


def test_what_was_not_understood_or_cannot_count_is_said(listener: Command) -> None:
    notes = listener.json("recommend", "--text", "something by Zorbo Quint, very fast")["notes"]
    assert any("'Zorbo Quint' is not in your library" in note for note in notes)
    assert any("the tempo of your songs" in note for note in notes)
    notes = listener.json("recommend", "--text", "qwrt zzkl")["notes"]
    assert any("was not understood" in note for note in notes)


def test_reasons_say_what_is_true_of_the_song(listener: Command) -> None:
    answer = listener.json("recommend", "--text", "jazz from the 50s", "-n", "2")
    for track in answer["tracks"]:
        texts = [reason["text"] for reason in track["reasons"]]
        assert any("tagged jazz" in text for text in texts)
        assert {"from 1958", "from 1959"} & set(texts)


def test_what_was_understood_is_shown(listener: Command) -> None:
    shown = listener("recommend", "--text", "jazz, no live versions").stdout
    assert shown.startswith("understood: genre: jazz; not version: live")


ODD = {
    "empty": "",
    "blank": " ",
    "long": "ab " * 5_000,
    "sql": "'; DROP TABLE files --",
    "operators": "AND NEAR(",
    "emoji": "\N{OPTICAL DISC}",
    "control": "\x1b[2J",
    "endless word": "x" * 100_000,
    "other scripts": "\u9759\u304b\u306a\u97f3\u697d",
}


@pytest.mark.parametrize("wish", ODD.values(), ids=ODD)
def test_any_text_has_an_answer(listener: Command, wish: str) -> None:
    assert listener.json("recommend", "--text", wish, "-n", "1")["tracks"]


def _batch(listener: Command, tmp_path: Path, *requests: object) -> list[dict[str, object]]:
    lines = [r if isinstance(r, str) else json.dumps(r) for r in requests]
    file = tmp_path / "requests.jsonl"
    file.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    answers = listener("recommend", "--batch", file, "--json", "-n", "3").stdout.splitlines()
    assert len(answers) == len(requests)
    return [json.loads(answer) for answer in answers]


def test_a_line_is_answered_by_a_line_whatever_it_holds(listener: Command, tmp_path: Path) -> None:
    good, blank, broken, odd, typed = _batch(
        listener, tmp_path, {"text": "ambient", "n": 1}, "", "{", {"colour": "red"}, {"seeds": 3}
    )
    assert [path["path"][-6:] for path in good["tracks"]] in (["3.flac"], ["4.flac"])  # type: ignore[index]
    assert len(blank["tracks"]) == 3  # type: ignore[arg-type]
    assert broken["tracks"] == odd["tracks"] == typed["tracks"] == []
    assert odd["notes"] == ["'colour' is no key of a request"]


def test_a_talk_goes_on_from_what_was_said(listener: Command, tmp_path: Path) -> None:
    turns = [{"user": "jazz please", "system": "Here is Blue Room by Nina Hill."}]
    (answer,) = _batch(listener, tmp_path, {"text": "from the 90s", "history": turns, "n": 1})
    assert [t["path"][-6:] for t in answer["tracks"]] == ["9.flac"]  # type: ignore[index]
    (again,) = _batch(listener, tmp_path, {"text": "another one", "history": turns})
    assert not any(t["path"].endswith("0.flac") for t in again["tracks"])  # type: ignore[attr-defined]


def test_opinions_count_for_their_request_only(
    listener: Command, tagged: Path, tmp_path: Path
) -> None:
    path = str(tagged / "music" / "5.flac")
    before, supposed, after = _batch(
        listener, tmp_path, {"n": 10}, {"disliked": [path], "n": 10}, {"n": 10}
    )
    assert path not in [t["path"] for t in supposed["tracks"]]  # type: ignore[attr-defined]
    assert before == after
    assert listener.json("status")["feedback"]["dislike"] == 0


def test_of_two_versions_the_plain_one_comes_until_the_other_is_liked(listener: Command) -> None:
    def titles() -> set[str]:
        return {track["title"] for track in listener.json("recommend", "-n", "10")["tracks"]}

    assert "Blue Room" in titles()
    assert not {"Blue Room (Live)", "Paper Boats (Club Remix)"} & titles()
    assert "Blue Room" in listener.json("explain", "Blue Room (Live)")["excluded_by"]
    listener("like", "Blue Room (Live)")
    assert "Blue Room (Live)" in titles()
    assert "Blue Room" not in titles()
    assert listener.json("explain", "Blue Room (Live)")["excluded_by"] is None


def test_what_was_in_a_list_does_not_come_again_for_so_many_days(listener: Command) -> None:
    first = listener.json("recommend", "-n", "4")["tracks"]
    again = listener.json("recommend", "-n", "4", "--no-repeat-days", "7")["tracks"]
    assert [t["path"] for t in first] == [t["path"] for t in again]  # the same day
    _age(listener.home, days=2)
    later = listener.json("recommend", "-n", "10", "--no-repeat-days", "7")
    assert not {t["path"] for t in first} & {t["path"] for t in later["tracks"]}
    assert any("what was shown lately left" in note for note in later["notes"])
    _age(listener.home, days=9)
    assert len(listener.json("recommend", "-n", "10", "--no-repeat-days", "7")["tracks"]) == 8


def _age(home: Path, days: int) -> None:
    """As if the lists of this home had been made so many days earlier."""
    (database,) = home.glob("*.db")
    with sqlite3.connect(database) as conn:
        conn.execute("UPDATE shown SET at_s = at_s - ?", (days * 86_400,))
    conn.close()


def test_dials_that_cannot_count_say_so(listener: Command) -> None:
    notes = listener.json("recommend", "--close", "1", "--familiar", "0")["notes"]
    assert any("nothing was liked yet" in note for note in notes)
    notes = listener.json("recommend", "--seed", "Blue Room", "--diverse", "0")["notes"]
    assert any("count in lists for you only: diverse" in note for note in notes)


def test_an_activity_of_ones_own_is_a_wish_with_a_name(listener: Command) -> None:
    listener("activities", "Ironing", "jazz from the 50s")
    assert listener.json("activities")["activities"][0]["name"] == "Ironing"
    picks = listener.json("recommend", "--activity", "ironing", "-n", "2")["tracks"]
    assert {track["title"] for track in picks} == {"Blue Room", "Green Room"}
    listener("activities", "ironing", "--remove")
    assert "no activity 'ironing'" in listener.fails("recommend", "--activity", "ironing")
    assert "running" in listener.fails("recommend", "--activity", "runing")


def test_every_bundled_activity_is_understood(listener: Command, tmp_path: Path) -> None:
    names = [one["name"] for one in listener.json("activities")["activities"]]
    requests = [{"activity": name, "n": 1} for name in names]
    for name, answer in zip(names, _batch(listener, tmp_path, *requests), strict=True):
        assert answer["chips"], name


def test_a_mood_goes_with_what_else_is_asked(listener: Command) -> None:
    answer = listener.json("recommend", "--mood", "calm", "--text", "ambient", "-n", "2")
    assert {track["title"] for track in answer["tracks"]} == {"Frozen Lake", "Slow Thaw"}
    assert [chip["kind"] for chip in answer["chips"]] == ["genre", "mood"]


def test_only_what_it_is_to_be_among_is_picked(listener: Command) -> None:
    titles = {t["title"] for t in listener.json("recommend", "--among", "Pia Voss")["tracks"]}
    assert titles == {"Paper Boats"}
    listener("playlist", "add", "mine", "Undertow", "Frozen Lake")
    picks = listener.json("recommend", "--among", "playlist:mine", "--text", "jazz")["tracks"]
    assert [track["title"] for track in picks] == ["Undertow", "Frozen Lake"]


def test_a_small_library_is_not_emptied_by_what_is_excluded(musicrec: Command) -> None:
    titles = {
        track["title"]
        for track in musicrec.json("recommend", "--text", "something calm, no metal")["tracks"]
    }
    assert titles
    assert not {"Anvil", "Hammer", "Furnace"} & titles


def test_a_name_of_song_and_album_is_what_the_words_say(listener: Command) -> None:
    assert _titles(listener, "that song Undertow", 1) == ["Undertow"]
    assert set(_titles(listener, "songs from the album Rooms", 2)) == {"Blue Room", "Green Room"}


def test_a_talk_is_about_the_song_whose_names_were_said_in_it(
    listener: Command, tmp_path: Path
) -> None:
    turns = [{"user": "it was on the album Harbour", "system": "How about Undertow?"}]
    requests = (
        {"text": "Papre Boats it was called", "history": turns, "n": 1},
        {"text": "you know, paper boats club remix", "n": 1},
        {"text": "christmas in the workshop, that one", "n": 1},
        {"text": "the singer is Nian Hill", "n": 2},
    )
    plain, remix, whole, by = _batch(listener, tmp_path, *requests)
    assert [t["path"][-6:] for t in plain["tracks"]] == ["7.flac"]  # type: ignore[index]
    assert [t["path"][-6:] for t in remix["tracks"]] == ["8.flac"]  # type: ignore[index]
    assert [t["path"][-6:] for t in whole["tracks"]] == ["6.flac"]  # type: ignore[index]
    assert {t["path"][-6] for t in by["tracks"]} <= {"0", "1", "2"}  # type: ignore[index]


def test_what_is_not_wanted_is_not_read_as_the_nearest_tag_there_is(
    listener: Command, tmp_path: Path
) -> None:
    """No song is tagged calm, and another tag is the nearest: that one is not excluded."""
    for word in ("calm", "polka", "gangsta rap"):
        (answer,) = _batch(
            listener, tmp_path, {"text": f"nothing {word} please, no {word}", "n": 9}
        )
        assert not [note for note in answer["notes"] if "nearest tag" in note]  # type: ignore[attr-defined]
        assert answer["tracks"]


def test_every_option_of_a_list_is_a_key_of_a_request(listener: Command, tmp_path: Path) -> None:
    options = {
        "seed": ["Blue Room"], "unlike": ["Hammer Down"], "mode": "similar", "popular": 0.4,
        "familiar": 0.6, "close": 0.9, "diverse": 0.1, "explore": 0, "order": "rising",
        "no-repeat-days": 1, "any_time": True, "where": "genre:jazz", "among": ["Nina Hill"],
    }  # fmt: skip
    good, days, order, time = _batch(
        listener, tmp_path, options, {"no_repeat_days": "x"}, {"order": "up"}, {"any_time": 1}
    )
    assert good["tracks"]
    assert days["notes"] == ["'no_repeat_days' is a number of days from 0 to 3650"]
    assert order["notes"] == ["'order' is one of score, rising, falling, wave, tempo, key, smooth"]
    assert time["notes"] == ["'any_time' is true or false"]
