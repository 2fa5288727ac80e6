"""retrain, evaluate, models, export and import through the commands."""

from __future__ import annotations

import csv
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import Command

METRICS = {"auc", "ndcg@10", "logloss", "rmse"}
LIKED = ("River", "Lake", "Ada Reed - Rain", "Pulse", "Signal")
DISLIKED = ("Anvil", "Hammer", "Furnace", "Relay", "Dora Night - Rain")


def give_opinions(musicrec: Command) -> None:
    for query in LIKED:
        musicrec("like", query)
    for query in DISLIKED:
        musicrec("dislike", query)


def write_tables(folder: Path, users: int = 2, tracks: int = 80) -> tuple[Path, Path]:
    """People who like fast songs unless they are loud; eight songs an artist."""
    rng = np.random.default_rng(0)
    tempo, energy = rng.normal(120, 20, tracks), rng.random(tracks)
    with (folder / "tracks.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["trackId", "tempo", "energy", "genre", "artist"])
        for i in range(tracks):
            cell = "" if i % 9 == 0 else f"{tempo[i]:.2f}"
            writer.writerow([f"t{i}", cell, f"{energy[i]:.3f}", "ab"[i % 2], f"a{i // 8}"])
    with (folder / "ratings.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["ratingEventId", "ts", "userId", "trackId", "sessionId", "Rating"])
        for user in range(users):
            for i in range(tracks):
                liked = (tempo[i] > 120) != (energy[i] > 0.8)
                rating = rng.choice([4, 5] if liked else [1, 2, 3])
                writer.writerow([f"{user}-{i}", 1.5e9 + i, f"u{user}", f"t{i}", "s", rating])
    return folder / "tracks.csv", folder / "ratings.csv"


@pytest.mark.parametrize("statement", [(), LIKED[:2]])
def test_too_little_feedback_is_no_failure(musicrec: Command, statement: tuple[str, ...]) -> None:
    for query in statement:
        musicrec("like", query)
    report = musicrec.json("retrain")
    assert report["promoted"] is False
    assert report["reason"]
    for name in ("candidate", "current"):
        assert report["metrics"][name] == dict.fromkeys(METRICS)
    assert len(report["metrics"]["baselines"]) >= 2


def test_enough_feedback_is_compared_with_the_current_model_and_baselines(
    musicrec: Command,
) -> None:
    give_opinions(musicrec)
    report = musicrec.json("retrain")
    assert report["feedback"] == 10
    scores = report["metrics"]
    for metrics in (scores["candidate"], scores["current"], *scores["baselines"].values()):
        assert set(metrics) == METRICS
        assert 0 <= metrics["auc"] <= 1
    models = musicrec.json("models", "list")["models"]
    (current,) = [model for model in models if model["current"]]
    assert current["version"] == report["version"]
    assert (current["kind"] == "personal") == report["promoted"]
    bundled = models[0]["version"]
    assert musicrec.json("models", "use", bundled)["current"]
    assert musicrec.json("status")["model"]["version"] == bundled
    assert "no model version" in musicrec.fails("models", "show", "p9999")


def test_training_waits_until_songs_heard_by_an_earlier_version_are_heard_anew(
    musicrec: Command,
) -> None:
    give_opinions(musicrec)
    with closing(sqlite3.connect(musicrec.home / "musicrec.db")) as database:
        database.execute("UPDATE features SET version = version - 1")
        database.commit()
    suggestion = musicrec.json("status")["suggestion"]
    assert suggestion.startswith("10 songs were listened to by an earlier version")
    report = musicrec.json("retrain")
    assert report["promoted"] is False
    sentence = suggestion.removesuffix(": musicrec scan")
    assert report["reason"] == f"{sentence}: scan first, then retrain."
    musicrec("scan", "--jobs", "1")
    assert musicrec.json("status")["suggestion"] is None
    assert musicrec.json("retrain")["metrics"]["candidate"]["auc"] is not None


def test_training_says_in_plain_words_what_came_of_it_before_any_figure(musicrec: Command) -> None:
    give_opinions(musicrec)
    first, *rest = musicrec("retrain").stdout.splitlines()
    assert "foretells your likes and dislikes" in first
    assert "%" not in first
    assert any(line.startswith("How it was measured:") for line in rest)


def test_a_version_is_shown_so_that_one_can_read_it(musicrec: Command) -> None:
    lines = musicrec("models", "show", "bundled").stdout.splitlines()
    facts = dict(line.split(maxsplit=1) for line in lines)
    assert facts["version"].endswith(", in use")
    assert facts["kind"] == "bundled taste"
    assert facts["evidence"] == "counts for half after 1500 days"


def test_tables_are_evaluated_per_user_beside_baselines(fresh: Command, tmp_path: Path) -> None:
    tracks, ratings = write_tables(tmp_path)
    out = tmp_path / "predictions.csv"
    answer = fresh.json(
        "evaluate", "--tracks", tracks, "--ratings", ratings, "--group-by", "artist",
        "--folds", "2", "--predictions-out", out,
    )  # fmt: skip
    assert (answer["users"], answer["folds"]) == (2, 2)
    assert set(answer["mean"]) == METRICS
    assert answer["mean"]["auc"] > 0.6
    assert {"logistic_regression", "gradient_boosting", "nearest_liked"} <= set(answer["baselines"])
    assert all(set(metrics) == METRICS for metrics in answer["baselines"].values())
    with out.open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 160
    folds: dict[str, set[str]] = {}
    for row in rows:
        folds.setdefault(f"a{int(row['trackId'][1:]) // 8}", set()).add(row["fold"])
    assert all(len(of_artist) == 1 for of_artist in folds.values())


def test_bad_rows_of_a_table_are_named_and_left_out(fresh: Command, tmp_path: Path) -> None:
    tracks, ratings = write_tables(tmp_path, users=1, tracks=40)
    with ratings.open("a") as file:
        file.write("x,1,u0,t1,s,nine\nx,1,u0,nowhere,s,4\nx,1,,t2,s,4\n")
    run = fresh("evaluate", "--tracks", tracks, "--ratings", ratings, "--folds", "2", "--json")
    assert json.loads(run.stdout)["users"] == 1
    assert "Rating 'nine' is not a number" in run.stderr
    assert "nowhere" in run.stderr
    assert "userId" in run.stderr


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "userId,trackId,Rating\n"])
def test_a_table_that_says_nothing_is_one_clear_line(
    fresh: Command, tmp_path: Path, content: str
) -> None:
    tracks, _ = write_tables(tmp_path)
    (tmp_path / "bad.csv").write_text(content)
    error = fresh.fails("evaluate", "--tracks", tracks, "--ratings", tmp_path / "bad.csv")
    assert error.startswith("musicrec: ")


def test_feedback_travels_to_another_home_and_back(musicrec: Command, tmp_path: Path) -> None:
    musicrec("like", "River")
    musicrec("rate", "2", "Anvil")
    musicrec("undo")
    musicrec("dislike", "Pulse", "--profile", "bob")
    musicrec("export", "-o", tmp_path / "all.jsonl")
    other = Command(tmp_path / "other")
    report = other.json("import", tmp_path / "all.jsonl")
    assert (report["imported"], report["unmatched"], report["bad"]) == (4, 4, [])
    assert other.json("import", tmp_path / "all.jsonl")["imported"] == 0
    assert other.json("status")["feedback"]["like"] == 1
    assert other.json("status")["feedback"]["rating"] == 0
    assert other.json("status", "--profile", "bob")["feedback"]["dislike"] == 1


def test_a_backup_taken_back_elsewhere_can_be_backed_up_again_whole(
    musicrec: Command, tmp_path: Path
) -> None:
    musicrec("like", "River")
    musicrec("dislike", "Pulse", "--profile", "bob")
    backup = musicrec("export").stdout
    (tmp_path / "backup.jsonl").write_text(backup)
    other = Command(tmp_path / "other")
    other("import", tmp_path / "backup.jsonl")
    assert other("export").stdout == backup
    assert other.json("scan", "--tags-only")["new"] == 10  # the folders are known again
    assert other("export").stdout == backup
    assert other.json("status")["feedback"]["like"] == 1


def test_an_export_without_tracks_is_json_lines_with_json_too(musicrec: Command) -> None:
    musicrec("like", "River")
    assert musicrec("export", "--json").stdout == musicrec("export").stdout
    output = " ".join(musicrec("export", "--help").stdout.split())
    assert "--json With --tracks, one JSON document; all else is JSON lines already." in output


def test_a_damaged_line_costs_only_itself(musicrec: Command, tmp_path: Path) -> None:
    musicrec("like", "River")
    lines = musicrec("export").stdout.splitlines()
    huge = lines[-1].replace('"at_s": ', '"at_s": ' + "9" * 400)
    (tmp_path / "in").write_text("\n".join(["{", "[]", huge, '{"type": "x"}', *lines]))
    other = Command(tmp_path / "other")
    report = other.json("import", tmp_path / "in")
    assert (report["imported"], len(report["bad"])) == (1, 4)
    (tmp_path / "junk").write_text("junk")
    assert "is no musicrec export" in other.fails("import", tmp_path / "junk")


def test_ratings_of_library_files_become_feedback(
    musicrec: Command, scanned: Path, tmp_path: Path
) -> None:
    river = scanned / "music/calm/river.flac"
    table = tmp_path / "ratings.csv"
    table.write_text(f"userId,trackId,Rating\nann,{river},5\nann,elsewhere,4\nann,{river},nine\n")
    report = musicrec.json("import", "--ratings", table)
    assert (report["imported"], report["unmatched"], len(report["bad"])) == (1, 1, 2)
    assert musicrec.json("import", "--ratings", table)["known"] == 1
    assert musicrec.json("status")["feedback"]["rating"] == 1


def test_every_track_is_exported_with_what_is_heard_of_it(musicrec: Command) -> None:
    tracks = musicrec.json("export", "--tracks", "--embeddings")["tracks"]
    assert len(tracks) == 10
    for track in tracks:
        assert 0 <= track["arousal"] <= 1
        assert 0 <= track["valence"] <= 1
        assert len(track["moods"]) >= 40
        assert len(track["genres"]) >= 12
        assert {"calm/peaceful", "happy"} <= set(track["moods"])
        assert {"pop/rock", "r&b", "jazz"} <= set(track["genres"])
        assert np.linalg.norm(track["embedding"]) == pytest.approx(1.0, abs=1e-3)
        assert "tempo_bpm" in track["attributes"]


def test_a_tampered_model_is_refused_and_the_bundled_one_takes_over(musicrec: Command) -> None:
    give_opinions(musicrec)
    folder = musicrec.home / "models/default"
    folder.mkdir(parents=True)
    (folder / "p0001.safetensors").write_bytes(b"not a model")
    (folder / "p0001.json").write_text("{}")
    (folder / "current.json").write_text('{"version": "p0001"}')
    run = musicrec("recommend", "-n", "3", "--json")
    assert len(json.loads(run.stdout)["tracks"]) == 3
    assert "uses the bundled model" in run.stderr
    assert musicrec.fails("models", "use", "p0001").startswith("musicrec: ")
