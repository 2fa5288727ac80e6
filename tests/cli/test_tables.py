"""Tables through `evaluate` and `import`: what is odd is counted and named, never fatal."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import Command

TRACKS = 24


@pytest.fixture
def tables(tmp_path: Path) -> tuple[Path, Path]:
    """Two users who like what is fast."""
    tempo = np.random.default_rng(0).normal(120, 20, TRACKS)
    tracks, ratings = tmp_path / "tracks.csv", tmp_path / "ratings.csv"
    rows = [f"t{i},{tempo[i]:.1f},a{i // 3}" for i in range(TRACKS)]
    tracks.write_text("\n".join(["trackId,Tempo,artist", *rows]) + "\n")
    items = [
        f"{u},t{i},{5 if tempo[i] > 120 else 1}" for u in ("ann", "bob") for i in range(TRACKS)
    ]
    ratings.write_text("\n".join(["userId,trackId,Rating", *items]) + "\n")
    return tracks, ratings


def add(path: Path, *rows: str) -> None:
    with path.open("a") as file:
        file.writelines(row + "\n" for row in rows)


def evaluated(command: Command, tables: tuple[Path, Path]) -> tuple[dict, str]:
    run = command(
        "evaluate", "--tracks", tables[0], "--ratings", tables[1], "--folds", "2", "--json"
    )
    return json.loads(run.stdout), run.stderr


def test_problems_of_both_tables_are_counted_in_json_and_said_on_stderr(
    fresh: Command, tables: tuple[Path, Path]
) -> None:
    add(tables[0], "t90,inf,a9", "t91,fast", "t0,1,a0")
    add(tables[1], "ann,t1,nine", "ann,t1,ten", "ann,nowhere,4", "bob,t0,3", "bob,t1")
    evaluation, statement = evaluated(fresh, tables)
    problems = {(p["kind"], p["column"]): p for p in evaluation["problems"]}
    assert {kind: p["rows"] for (kind, _), p in problems.items()} == {
        "not finite": 1, "not a number": 1, "short": 1, "repeated track": 1,
        "rating": 3, "unknown track": 1, "contradictory": 1,
    }  # fmt: skip
    assert problems["rating", None]["lines"] == [50, 51, 54]
    assert problems["not finite", "Tempo"]["lines"] == [26]
    for problem in evaluation["problems"]:
        assert problem["text"] in evaluation["notes"]
        assert problem["text"] in statement
    assert evaluation["users"] == 2


def test_why_something_is_null_is_said(fresh: Command, tables: tuple[Path, Path]) -> None:
    only_likes = [row for row in tables[1].read_text().splitlines() if not row.endswith(",1")]
    tables[1].write_text("\n".join([*only_likes, "eve,t1,5"]) + "\n")
    evaluation, statement = evaluated(fresh, tables)
    assert evaluation["mean"]["auc"] is None
    assert "3 of 3 users (such as 'ann') have no rating of 1 or 2" in statement
    assert "AUC, nDCG and logloss cannot be measured" in statement
    assert "user 'eve' has a single rating" in statement


def test_a_single_rating_in_all_is_one_clear_line(
    fresh: Command, tables: tuple[Path, Path]
) -> None:
    tables[1].write_text("userId,trackId,Rating\nann,t1,5\n")
    error = fresh.fails("evaluate", "--tracks", tables[0], "--ratings", tables[1])
    assert "one group" in error
    assert error.count("\n") == 1


def test_a_rating_given_twice_is_imported_once_and_the_last_word_counts(
    musicrec: Command, scanned: Path, tmp_path: Path
) -> None:
    river, anvil = scanned / "music/calm/river.flac", scanned / "music/loud/anvil.m4a"
    table = tmp_path / "ratings.csv"
    table.write_text(
        "ratingEventId,ts,userId,trackId,sessionId,Rating\n"
        f"1,200,ann,{river},s,5\n1,200,ann,{river},s,5\n2,100,ann,{river},s,1\n"
        f"3,,ann,{anvil},s,2\n4,,ann,{anvil},s,4\n5,,ann,{anvil},s,2\n6,1,ann,{anvil},s,six\n"
    )
    report = musicrec.json("import", "--ratings", table)
    kinds = {problem["kind"]: problem["rows"] for problem in report["problems"]}
    assert kinds == {"rating": 1, "repeated": 1, "contradictory": 3}
    assert report["imported"] + report["known"] + len(report["bad"]) == 7
    assert musicrec.json("status")["feedback"]["rating"] == 2
    lines = [json.loads(line) for line in musicrec("export").stdout.splitlines()]
    items = [(line["path"], line["value"]) for line in lines if line["type"] == "feedback"]
    assert (str(river), 5.0) in items
    assert [value for path, value in items if path == str(anvil)] == [2.0]
    assert musicrec.json("import", "--ratings", table)["imported"] == 0


def test_rows_left_out_of_an_import_are_named_by_kind(
    musicrec: Command, scanned: Path, tmp_path: Path
) -> None:
    river = scanned / "music/calm/river.flac"
    tracks, ratings = tmp_path / "tracks.csv", tmp_path / "ratings.csv"
    tracks.write_text(f"trackId\n{river}\nt1\n")
    ratings.write_text(f"userId,trackId,Rating\nann,{river},4\nann,t1,4\n")
    add(ratings, "ann,nowhere,4", "ann,nowhere2,4", "ann,t1,4,5")
    run = musicrec("import", "--tracks", tracks, "--ratings", ratings)
    assert "1 imported, 0 already there, 4 bad rows" in run.stdout
    assert "line 3: left out: track 't1' is no song of the library" in run.stderr
    assert "2 rows left out (lines 4, 5); line 4: track 'nowhere' is not in" in run.stderr
    assert "line 6: left out: it has 4 cells, the header 3" in run.stderr


def test_ratings_of_no_song_in_the_library_are_refused_and_leave_nothing(
    fresh: Command, tables: tuple[Path, Path]
) -> None:
    error = fresh("import", "--ratings", tables[1], status=1).stderr
    assert "48 rows left out" in error
    assert "no rating in" in error
    assert "feedback" not in [
        json.loads(line)["type"] for line in fresh("export").stdout.splitlines()
    ]


def test_songs_are_named_by_address_composition_or_case_where_one_file_is_meant(
    musicrec: Command, scanned: Path, tmp_path: Path
) -> None:
    river, anvil = scanned / "music/calm/river.flac", scanned / "music/loud/anvil.m4a"
    table = tmp_path / "ratings.csv"
    table.write_text(
        f"userId,trackId,Rating,ts\nann,{river.as_uri()},9,99999999999999\n"
        f"ann,{str(anvil).upper()},4,\n"
    )
    report = musicrec.json("import", "--ratings", table)
    assert (report["imported"], report["unmatched"], len(report["notes"])) == (2, 0, 1)
    assert "parts of 10" in report["notes"][0]
    output = [json.loads(line) for line in musicrec("export").stdout.splitlines()]
    values = {line["path"]: line["value"] for line in output if line["type"] == "feedback"}
    assert (values[str(river)], values[str(anvil)]) == (4.5, 2.0)
    again = musicrec.json("import", "--ratings", table, "--scale", "10")
    assert (again["imported"], again["known"], again["notes"]) == (0, 2, [])
    assert "no rating" not in musicrec("like", "River").stderr


def test_a_list_longer_than_the_library_is_the_library(musicrec: Command) -> None:
    tracks = musicrec.json("recommend", "-n", "1000")["tracks"]
    assert len({track["id"] for track in tracks}) == len(tracks) == 10
