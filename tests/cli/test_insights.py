"""insights and the life of models through the commands."""

from __future__ import annotations

import json

import numpy as np
import pytest

from musicrec_core.app.facade import MusicRec
from musicrec_core.recommender.models import card
from tests.conftest import Command
from tests.support.media import write_tone
from tests.support.models import described

KEYS = {
    "songs", "analysed", "model", "drift", "clusters", "profile", "reach", "periods", "opinions",
    "accuracy", "popularity",
}  # fmt: skip
LIKED = ("River", "Lake", "Ada Reed - Rain", "Pulse", "Signal")
DISLIKED = ("Anvil", "Hammer", "Furnace", "Relay", "Dora Night - Rain")


def give_opinions(musicrec: Command) -> None:
    with MusicRec(home=musicrec.home) as inside:
        for query in LIKED:
            inside.feedback.record(inside.library.find(query), "like")
        for query in DISLIKED:
            inside.feedback.record(inside.library.find(query), "dislike")


def test_an_empty_home_is_told_what_to_do(fresh: Command) -> None:
    assert "scan" in fresh("insights").stdout
    answer = fresh.json("insights")
    assert set(answer) == KEYS
    assert (answer["songs"], answer["clusters"], answer["drift"]["drifted"]) == (0, [], False)


def test_a_library_without_feedback_has_nothing_to_compare_with(musicrec: Command) -> None:
    text = musicrec("insights").stdout
    assert "nothing to compare with yet" in " ".join(text.split())
    assert "nothing said yet" in text
    assert all(len(line) <= 80 for line in text.splitlines())
    assert musicrec.json("insights")["reach"] is None


def test_a_few_likes_are_no_taste(musicrec: Command) -> None:
    for query in LIKED[:4]:
        musicrec("like", query)
    assert musicrec.json("insights")["profile"]["attributes"] == {}
    assert "too few songs are liked so far" in musicrec("insights").stdout
    musicrec("like", LIKED[4])
    assert musicrec.json("insights")["profile"]["attributes"]
    assert "the middle of your likes" in musicrec("insights").stdout


def test_taste_lists_and_answers_are_shown_beside_accuracy(musicrec: Command) -> None:
    musicrec("recommend")
    give_opinions(musicrec)
    answer = musicrec.json("insights")
    assert set(answer) == KEYS
    assert answer["profile"]["feedback"]["like"] == 5
    assert answer["profile"]["tags"][0] == ["ambient", 3]
    assert answer["reach"]["lists"] == 1
    assert 0 < answer["reach"]["songs"] <= 1
    (period,) = answer["periods"]
    assert period["answers"] == 10
    assert 0 <= period["promised"] <= 1
    assert period["liked"] == pytest.approx(0.5)
    assert {"library", "listed", "lift"} == set(answer["popularity"])
    text = musicrec("insights").stdout
    assert "ambient 3" in text
    assert all(len(line) <= 80 for line in text.splitlines())


def test_retraining_says_what_was_decided_and_what_the_dislikes_changed(musicrec: Command) -> None:
    give_opinions(musicrec)
    report = musicrec.json("retrain")
    assert report["reason"].count(".") >= 1
    likes, dislikes = report["influences"]
    assert (likes["said"], likes["count"]) == ("likes", 5)
    assert dislikes["sentence"].startswith("Your 5 dislikes changed")
    lost = {track["title"] for track in dislikes["lost"]}
    assert lost <= {"Anvil", "Hammer", "Furnace", "Relay", "Rain"}
    assert len(lost) >= 4  # without the dislikes, they would be in a list of all ten songs
    assert set(report["fading"]) == {"half_life_days", "reason"}
    drift = musicrec.json("insights")["drift"]
    assert drift["since_s"] > 0
    assert "Too little is new" in drift["sentence"]


def test_new_songs_of_another_kind_are_noticed(musicrec: Command, tmp_path) -> None:
    """Years of the songs at training 1970 to 1979, of those that came later 2015 to 2023."""
    more = tmp_path / "more"
    for i in range(32):
        tags = {"artist": f"Old {i}", "title": f"Then {i}", "date": str(1970 + i % 10)}
        write_tone(more / f"then{i}.flac", seconds=0.5, freq=300 + i, tags=tags)
    musicrec("scan", more, "--tags-only")
    give_opinions(musicrec)
    musicrec("retrain")
    for i in range(32):
        tags = {"artist": f"New {i}", "title": f"Now {i}", "date": str(2015 + i % 9)}
        write_tone(more / f"now{i}.flac", seconds=0.5, freq=500 + i, tags=tags)
    musicrec("scan", more, "--tags-only")
    drift = musicrec.json("insights")["drift"]
    assert drift["drifted"]
    assert drift["matters"]
    assert "year" in drift["sentence"]
    shift = {s["attribute"]: s for s in drift["library"]}["year"]
    assert shift["drifted"]
    assert shift["psi"] > 0.25
    assert shift["p_corrected"] < 0.05
    assert "! year" in musicrec("insights").stdout


def personal_model(musicrec: Command) -> str:
    """The bundled network kept as a personal version."""
    with MusicRec(home=musicrec.home) as inside:
        registry = inside._context.registry
        return registry.add(registry.bundled(), described(feedback=10)).version


def test_a_model_made_for_other_ears_is_set_aside_and_retraining_makes_another(
    musicrec: Command,
) -> None:
    give_opinions(musicrec)
    version = personal_model(musicrec)
    assert musicrec.json("recommend", "-n", "1")["model"] == version
    path = musicrec.home / f"models/default/{version}.json"
    described = json.loads(path.read_text())
    described["meta"]["made_for"] = "the ears of last year"
    path.write_text(json.dumps(described))

    run = musicrec("recommend", "-n", "3", "--json")
    output = json.loads(run.stdout)
    assert len(output["tracks"]) == 3
    assert output["model"].startswith("bundled")
    assert f"{version} was trained for an earlier version" in run.stderr
    assert "uses the bundled model" in run.stderr
    status = musicrec.json("status")
    assert status["model"]["kind"] == "bundled"
    assert "retrain" in status["suggestion"]
    assert status["feedback"]["like"] == 5
    assert "set aside" in musicrec.fails("models", "use", version)
    assert musicrec.json("retrain")["metrics"]["candidate"]["auc"] is not None


def test_old_versions_are_pruned_only_when_asked(musicrec: Command) -> None:
    versions = [personal_model(musicrec) for _ in range(4)]
    listed = musicrec.json("models", "prune", "--keep", "1", "--dry")
    assert (listed["deleted"], listed["dry"]) == (versions[:3], True)
    musicrec.fails("models", "prune", "--keep", "1")  # nobody there to answer
    assert len(musicrec.json("models", "list")["models"]) == 5
    assert musicrec.json("models", "prune", "--keep", "1", "--yes")["deleted"] == versions[:3]
    assert len(musicrec.json("models", "list")["models"]) == 2
    parent = musicrec.home / f"models/default/{versions[2]}.safetensors"
    assert not parent.exists()
    assert card.read_meta(parent)["reason"] == "It is better."
    assert "nothing to delete" in musicrec("models", "prune", "--keep", "1").stdout


def test_enough_new_feedback_is_a_hint_to_learn(musicrec: Command) -> None:
    give_opinions(musicrec)
    assert "retrain" not in musicrec("recommend", "-n", "1").stderr
    with MusicRec(home=musicrec.home) as inside:
        tracks = [inside.library.find(query) for query in LIKED + DISLIKED]
        for track in tracks:
            inside.feedback.record(track, "rating", value=float(np.clip(track.id % 5 + 1, 1, 5)))
    assert "20 new opinions" in musicrec("recommend", "-n", "1").stderr
    assert "20 new opinions" in musicrec.json("status")["suggestion"]


def test_the_dial_for_popularity_is_neutral_by_default(musicrec: Command) -> None:
    plain = musicrec.json("recommend", "-n", "5")["tracks"]
    neutral = musicrec.json("recommend", "-n", "5", "--popular", "0.5")["tracks"]
    assert [t["id"] for t in plain] == [t["id"] for t in neutral]
    assert len(musicrec.json("recommend", "-n", "5", "--popular", "1")["tracks"]) == 5
    musicrec.fails("recommend", "--popular", "2", status=2)


def test_the_listeners_of_an_artist_are_shown_where_they_are_known(
    fresh: Command, tmp_path
) -> None:
    for freq, artist in ((300, "Radiohead"), (400, "Nobody Heard Of Them")):
        tags = {"artist": artist, "title": f"Song of {artist}"}
        write_tone(tmp_path / f"music/{artist}.flac", seconds=0.5, freq=freq, tags=tags)
    fresh("scan", tmp_path / "music", "--tags-only")
    answer = {t["artist"]: t["listeners"] for t in fresh.json("search", "song")["tracks"]}
    assert answer["Radiohead"] > 100
    assert answer["Nobody Heard Of Them"] is None
    track = fresh.json("explain", "Song of Radiohead")["track"]
    assert track["listeners"] == answer["Radiohead"]


def test_periods_of_one_day_are_told_apart_by_the_hour() -> None:
    from musicrec_core.recommender.insights.exposure import Period
    from musicrec_tui.cli.insights.insights import _days

    day = 20_000.0
    assert _days(Period(day + 0.1, day + 0.2, 9)) != _days(Period(day + 0.3, day + 0.4, 9))
    assert " to " in _days(Period(day, day + 9, 9))
