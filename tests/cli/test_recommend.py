"""recommend, explain and feedback through the commands."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from musicrec_core import paths
from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists import shown_log
from musicrec_core.app.lists.request import ListRequest
from musicrec_core.store import Store
from tests.conftest import Command


def titles(document: dict[str, list[dict[str, str]]]) -> list[str]:
    return [track["title"] for track in document["tracks"]]


def test_every_pick_has_a_score_and_a_reason_before_any_feedback(musicrec: Command) -> None:
    answer = musicrec.json("recommend", "-n", "5")
    assert set(answer) >= {"model", "tracks"}
    assert len(answer["tracks"]) == 5
    for track in answer["tracks"]:
        assert set(track) == {
            "path", "id", "title", "artist", "album", "score", "rating", "reasons", "explore",
        }  # fmt: skip
        assert 0 <= track["score"] <= 1
        assert track["rating"] is None
        assert track["reasons"]
        for reason in track["reasons"]:
            assert set(reason) == {"text", "weight", "kind"}


def test_asking_for_more_than_there_is_gives_all(musicrec: Command) -> None:
    run = musicrec("recommend", "-n", "500", "--json")
    assert len(json.loads(run.stdout)["tracks"]) == 10
    assert "only 10 songs" in run.stderr


def test_a_like_changes_the_scores_at_once(musicrec: Command) -> None:
    before = musicrec.json("explain", "Lake")["score"]
    musicrec("like", "River")
    assert musicrec.json("explain", "Lake")["score"] > before


def test_likes_lift_the_artist_above_the_others(musicrec: Command) -> None:
    musicrec("like", "Anvil")
    musicrec("dislike", "River")
    ranked = musicrec.json("recommend", "-n", "9")["tracks"]
    place = {t["title"]: i for i, t in enumerate(ranked) if not t["explore"]}
    scores = {t["title"]: t["score"] for t in ranked}
    assert scores["Hammer"] > scores["Lake"]
    assert "Hammer" in place


def test_a_disliked_song_stays_away_until_undone(musicrec: Command) -> None:
    musicrec("dislike", "River")
    musicrec("like", "Lake")
    assert "River" not in titles(musicrec.json("recommend", "-n", "50"))
    assert "River" not in titles(musicrec.json("recommend", "-n", "50", "--seed", "Lake"))
    assert "disliked" in musicrec.json("explain", "River")["excluded_by"]
    assert musicrec.json("undo")["undone"] == "like"
    assert musicrec.json("undo")["undone"] == "dislike"
    assert "River" in titles(musicrec.json("recommend", "-n", "50"))
    assert musicrec.json("explain", "River")["excluded_by"] is None


def test_undo_without_feedback_says_so(musicrec: Command) -> None:
    assert musicrec.fails("undo") == "musicrec: there is nothing to undo\n"


def test_status_counts_events_in_force_by_kind(musicrec: Command) -> None:
    musicrec("like", "River")
    musicrec("dislike", "Anvil")
    musicrec("rate", "4", "Pulse")
    musicrec("skip", "Signal")
    musicrec("undo")
    assert musicrec.json("status")["feedback"] == {
        "like": 1, "dislike": 1, "rating": 1, "skip": 0, "play": 0,
    }  # fmt: skip


def test_a_reason_names_the_liked_song_behind_it(musicrec: Command) -> None:
    musicrec("like", "Anvil")
    reasons = musicrec.json("explain", "Hammer")["reasons"]
    assert any("Anvil" in r["text"] and r["weight"] > 0 for r in reasons)


def test_a_reason_says_what_was_done_to_the_song_behind_it(musicrec: Command) -> None:
    for query in ("Anvil", "Furnace"):
        musicrec("skip", query)
    musicrec("rate", "5", "Pulse")
    texts = [
        r["text"] for t in ("Hammer", "Signal") for r in musicrec.json("explain", t)["reasons"]
    ]
    assert not [text for text in texts if "liked" in text]
    assert [text for text in texts if "which you skipped" in text or "which you rated 5" in text]


def test_nothing_bad_is_said_of_an_artist_of_whom_nothing_was_said(musicrec: Command) -> None:
    musicrec("like", "River")
    musicrec("like", "Ada Reed - Rain")
    for query in ("Anvil", "Pulse", "Dora Night - Rain"):
        answer = musicrec.json("explain", query)["reasons"]
        assert not [r for r in answer if "turned down a song" in r["text"]]


def test_profiles_do_not_mix(musicrec: Command) -> None:
    musicrec("like", "River", "--profile", "ann")
    musicrec("--profile", "bob", "dislike", "River")
    assert musicrec.json("status", "--profile", "ann")["feedback"]["like"] == 1
    assert musicrec.json("status")["feedback"]["like"] == 0
    assert "River" in titles(musicrec.json("recommend", "-n", "50", "--profile", "ann"))
    assert "River" not in titles(musicrec.json("recommend", "-n", "50", "--profile", "bob"))


def test_a_profile_that_looks_mistyped_is_asked_about(musicrec: Command) -> None:
    assert "new profile" not in musicrec("like", "River", "--profile", "jonathan").stderr
    assert "there is one called 'jonathan'" in musicrec("status", "--profile", "jonatan").stderr
    assert not musicrec("status", "--profile", "kim").stderr


def test_a_playlist_that_cannot_be_written_is_refused_before_the_work(
    musicrec: Command, tmp_path: Path
) -> None:
    assert "it is a folder" in musicrec.fails("recommend", "--m3u", tmp_path)
    assert "there is no folder" in musicrec.fails("recommend", "--m3u", tmp_path / "a" / "b.m3u")


def test_nobody_is_held_to_have_seen_the_far_end_of_a_list(
    musicrec: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown_log, "MOST_SEEN", 3)
    with MusicRec(home=musicrec.home) as opened:
        assert len(opened.lists.recommend(ListRequest(8)).picks) == 8
    with closing(Store(paths.database(musicrec.home))) as store:
        assert len(store.feedback.shown("default")) == 3


def test_a_seed_brings_its_own_kind_first(musicrec: Command) -> None:
    answer = musicrec.json("recommend", "--seed", "Brute Force - Anvil", "-n", "2")
    assert {t["artist"] for t in answer["tracks"]} == {"Brute Force"}
    assert all(t["reasons"] for t in answer["tracks"])


def test_an_artist_as_seed_stands_for_its_songs(musicrec: Command) -> None:
    answer = musicrec.json("recommend", "--seed", "clara volt", "-n", "3")
    assert "Clara Volt" not in {t["artist"] for t in answer["tracks"]}


def test_a_tag_limits_the_picks(musicrec: Command) -> None:
    answer = musicrec.json("recommend", "--tag", "Techno")
    assert set(titles(answer)) == {"Pulse", "Signal"}


def test_an_unknown_tag_is_met_with_the_nearest_one_and_a_word(musicrec: Command) -> None:
    run = musicrec("recommend", "--tag", "heavy metall", "--json")
    assert {t["artist"] for t in json.loads(run.stdout)["tracks"]} == {"Brute Force"}
    assert "heavy metall" in run.stderr
    assert "'metal'" in run.stderr


def test_a_tag_of_known_words_is_understood(musicrec: Command) -> None:
    run = musicrec("recommend", "--tag", "brutal death metal", "--json")
    assert {t["artist"] for t in json.loads(run.stdout)["tracks"]} == {"Brute Force"}
    assert "'metal'" in run.stderr


def test_a_tag_that_means_nothing_is_refused(musicrec: Command) -> None:
    message = musicrec.fails("recommend", "--tag", "zzzqqq", "--json")
    assert message == "musicrec: no song is tagged 'zzzqqq', nor does any known tag resemble it\n"


def test_a_mistyped_tag_is_met_with_what_was_perhaps_meant(musicrec: Command) -> None:
    message = musicrec.fails("recommend", "--tag", "tehcno").splitlines()
    assert message[0].endswith("did you mean one of these?")
    assert message[1] == "  techno"


def test_the_playlist_holds_the_picks_in_order(musicrec: Command, tmp_path: Path) -> None:
    target = tmp_path / "picks.m3u8"
    answer = musicrec.json("recommend", "-n", "4", "--m3u", target)
    lines = target.read_text().splitlines()
    assert lines[0] == "#EXTM3U"
    assert lines[2::2] == [track["path"] for track in answer["tracks"]]
    assert musicrec("recommend", "-n", "4", "--paths").stdout.splitlines() == lines[2::2]


def test_an_ambiguous_query_lists_its_matches(musicrec: Command) -> None:
    error = musicrec.fails("like", "rain", "--json")
    assert error.count("\n") == 1
    assert musicrec.fails("like", "rain").count("\n") == 3
    assert "Ada Reed - Rain" in error
    assert "Dora Night - Rain" in error
    assert musicrec.json("like", "Dora Night - Rain")["track"]["artist"] == "Dora Night"


def test_an_unknown_query_offers_what_is_near(musicrec: Command) -> None:
    error = musicrec.fails("like", "hamer")
    assert error.startswith("musicrec: no track is 'hamer'")
    assert "Hammer" in error


@pytest.mark.parametrize("query", ["", "   ", "/no/such/file.mp3", "999999"])
def test_a_query_for_nothing_is_an_error(musicrec: Command, query: str) -> None:
    assert musicrec.fails("explain", query).startswith("musicrec: ")


@pytest.mark.parametrize(
    "arguments",
    [("rate", "6", "River"), ("rate", "x", "River"), ("recommend", "-n", "0"), ("like",), ("no",)],
)
def test_wrong_usage_exits_with_2(musicrec: Command, arguments: tuple[str, ...]) -> None:
    assert musicrec.fails(*arguments, status=2)


def test_recommend_without_a_library_says_what_to_do(fresh: Command) -> None:
    assert "musicrec scan" in fresh.fails("recommend", "--json")


def test_a_song_can_be_liked_moved_and_then_analysed(fresh: Command, tmp_path: Path) -> None:
    from tests.conftest import make_music

    folder = make_music(tmp_path / "music")
    fresh("scan", folder, "--tags-only")
    fresh("like", "River")
    shutil.move(folder / "calm/river.flac", folder / "river.flac")
    fresh("scan", "--jobs", "1")
    assert fresh.json("status")["feedback"]["like"] == 1
    assert fresh.json("explain", folder / "river.flac")["track"]["title"] == "River"


def test_typing_mistakes_in_search_are_forgiven(musicrec: Command) -> None:
    assert titles(musicrec.json("search", "hamer"))[0] == "Hammer"
    assert set(titles(musicrec.json("search", "claar votl"))) == {"Pulse", "Signal", "Relay"}
    assert titles(musicrec.json("search", "zzzzqqq")) == []


def test_doctor_finds_a_healthy_installation_well(musicrec: Command) -> None:
    checks = {check["name"]: check for check in musicrec.json("doctor")["checks"]}
    assert checks["database"]["ok"]
    assert checks["taste model"]["ok"]
    assert checks["decoders"]["ok"]


@pytest.mark.parametrize(
    "title", ["Чёрный Чай", "사랑해", "がんばれ", "Ωδή", "हिन्दी गीत", "Straße", "???", '12" mix']
)
def test_a_song_is_found_by_its_exact_title_in_any_script(
    fresh: Command, tmp_path: Path, title: str
) -> None:
    from tests.support.media import write_tone

    write_tone(tmp_path / "m/a.flac", seconds=0.5, tags={"title": title, "artist": "A"})
    fresh("scan", tmp_path / "m", "--tags-only")
    assert fresh.json("explain", title)["track"]["title"] == title


def test_a_song_without_tags_is_found_by_its_file_name(fresh: Command, tmp_path: Path) -> None:
    from tests.support.media import write_tone

    write_tone(tmp_path / "m/no tags here.flac", seconds=0.5)
    fresh("scan", tmp_path / "m", "--tags-only")
    assert fresh.json("like", "No tags here")["track"]["title"] == "no tags here"
    assert titles(fresh.json("search", "tags")) == ["no tags here"]


@pytest.mark.parametrize("text", ['"', "'", "*", "AND", "a:b", "(", "^"])
def test_no_sign_breaks_a_search(musicrec: Command, text: str) -> None:
    assert isinstance(musicrec.json("search", text)["tracks"], list)


def test_saying_the_same_twice_is_undone_once(musicrec: Command) -> None:
    first = musicrec.json("dislike", "River")
    again = musicrec.json("dislike", "River")
    assert first["feedback_id"] == again["feedback_id"]
    musicrec("undo")
    assert musicrec.json("explain", "River")["excluded_by"] is None


def test_a_dial_that_is_no_number_is_wrong_usage(musicrec: Command) -> None:
    run = musicrec("recommend", "--popular", "nan", status=2)
    assert "is not a number" in run.stderr


def test_songs_that_an_earlier_version_listened_to_are_said_to_be_heard_anew(
    musicrec: Command,
) -> None:
    assert "listened to anew" not in musicrec("recommend").stderr
    with closing(Store(paths.database(musicrec.home))) as store, store.atomic():
        store.counters.touch()
    with closing(sqlite3.connect(paths.database(musicrec.home))) as database, database:
        database.execute("UPDATE features SET version = version - 1")
        database.execute("DELETE FROM heard")
    assert "listened to anew: musicrec scan" in musicrec("recommend").stderr


def test_a_list_for_you_leans_as_it_was_set_unless_a_dial_is_given(musicrec: Command) -> None:
    def explored(*options: str) -> int:
        return sum(
            pick["explore"] for pick in musicrec.json("recommend", "-n", "4", *options)["tracks"]
        )

    asked = explored("--explore", "0.5")
    assert explored() < asked
    with MusicRec(home=musicrec.home) as core:
        core.lists.set_own_dial("explore", 0.5)
    assert explored() == asked
    assert explored("--explore", "0") == 0
    assert explored("--seed", "Pulse") == explored("--seed", "Pulse", "--explore", "0.1")
    musicrec("lists", "save", "Mine")
    assert musicrec.json("lists", "show", "Mine")["recipe"]["dials"] == {"explore": 0.5}
