from pathlib import Path

import numpy as np
import pytest

from musicrec_core.app.exchange.csv.problems import TableProblem
from musicrec_core.app.exchange.csv.ratings import RatingTable, read_ratings
from musicrec_core.errors import TableError

HEADER = "ratingEventId,ts,userId,trackId,sessionId,Rating"
GOOD = "e1,100,ann,t1,s,4"


def read(folder: Path, *rows: str, encoding: str = "utf-8") -> RatingTable:
    path = folder / "ratings.csv"
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding=encoding, errors="surrogateescape")
    return read_ratings(path)


def kinds(table: RatingTable) -> dict[str, TableProblem]:
    return {problem.kind: problem for problem in table.problems}


def test_good_rows_are_taken_without_a_word(tmp_path: Path) -> None:
    table = read(tmp_path, GOOD, "e2,2020-01-01,bob,t2,s,1.5", "e3,,bob,t1,s,5", "")
    assert len(table) == 3
    assert table.problems == ()
    assert table.left_out == ()
    assert (table.user_ids, table.track_ids) == (("ann", "bob"), ("t1", "t2"))
    assert table.times_s[:2].tolist() == [100.0, 1577836800.0]
    assert table.values.tolist() == [4, 1.5, 5]


@pytest.mark.parametrize(
    ("row", "kind", "why"),
    [
        ("e,1,,t1,s,4", "user", "userId ''"),
        ("e,1,a\x07b,t1,s,4", "user", "userId"),
        ("e,1," + "x" * 65 + ",t1,s,4", "user", "64 characters"),
        ("e,1,ann,,s,4", "track", "trackId is empty"),
        ("e,1,ann,t1,s,nine", "rating", "'nine' is not a number"),
        ("e,1,ann,t1,s,nan", "rating", "'nan' is not a number"),
        ("e,1,ann,t1,s,inf", "rating", "'inf' is not a number"),
        ("e,1,ann,t1,s,0", "rating", "0 is not from 1 to 5"),
        ("e,1,ann,t1,s", "rating", "Rating ''"),
        ("e,1,ann,Earth, Wind,s,4", "cells", "it has 7 cells, the header 6"),
        ("e,1,ann,t\x001,s,4", "nul", "NUL"),
        ('e,1,ann,"t1,s,4', "quote", "never closed"),
        ("e,1,ann," + "x" * 140_000 + ",s,4", "field", "field larger"),
    ],
)
def test_a_bad_row_is_named_and_costs_only_itself(
    tmp_path: Path, row: str, kind: str, why: str
) -> None:
    table = read(tmp_path, row, GOOD)
    assert len(table) == 1
    assert list(kinds(table)) == [kind]
    problem = kinds(table)[kind]
    assert (problem.rows, problem.lines, problem.fate) == (1, (2,), "left out")
    assert why in problem.text
    assert "line 2: left out" in problem.text
    assert table.left_out == ((2, problem.example),)


def test_many_bad_rows_are_counted_and_the_first_three_named(tmp_path: Path) -> None:
    table = read(tmp_path, *["e,1,ann,t1,s,-7"] * 5, GOOD)
    problem = kinds(table)["rating"]
    assert (problem.rows, problem.lines) == (5, (2, 3, 4))
    assert "5 rows left out (lines 2, 3, 4, ...); line 2: Rating -7" in problem.text
    assert len(table.left_out) == 5


def test_an_unclosed_quote_swallows_no_other_row(tmp_path: Path) -> None:
    rows = [f"e,1,ann,t{i},s,4" for i in range(200)]
    table = read(tmp_path, 'x,1,ann,"t,s,4', *rows)
    assert len(table) == 200
    assert kinds(table)["quote"].lines == (2,)
    assert table.lines[0] == 3


def test_quotes_and_line_breaks_within_them_are_ordinary(tmp_path: Path) -> None:
    table = read(tmp_path, 'e,1,ann,"a ""b"", c",s,4', 'e2,1,ann,"two\nlines",s,4', "e3,1,a,t,s,1")
    assert table.track_ids == ('a "b", c', "two\nlines", "t")
    assert table.lines.tolist() == [2, 3, 5]
    assert table.problems == ()


def test_short_rows_that_say_enough_are_taken_and_told_of(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text("userId,trackId,Rating,ts\nann,t1,4\nann,t2,4,1,,\n")
    table = read_ratings(path)
    assert len(table) == 2
    assert kinds(table)["short"].lines == (2,)
    assert "3 cells, the header 4" in kinds(table)["short"].text


def test_the_same_said_twice_and_contradictions_are_counted(tmp_path: Path) -> None:
    again, turned = "e1,100,ann,t1,s,4", "e9,50,ann,t1,s,1"
    table = read(tmp_path, GOOD, again, turned, "e5,100,bob,t1,s,1")
    assert kinds(table)["repeated"].rows == 1
    assert "line 2 says the same" in kinds(table)["repeated"].text
    assert kinds(table)["contradictory"].lines == (4,)
    assert "line 3 says 4 of the same track, this one 1" in kinds(table)["contradictory"].text
    assert "event" not in kinds(table)


def test_the_latest_of_several_ratings_counts(tmp_path: Path) -> None:
    by_time = read(tmp_path, "a,300,ann,t1,s,5", "b,200,ann,t1,s,1", "c,100,ann,t2,s,2")
    assert by_time.lines[by_time.latest()].tolist() == [2, 4]
    untimed = read(tmp_path, "a,,ann,t1,s,5", "b,,ann,t1,s,1")
    assert untimed.values[untimed.latest()].tolist() == [1]
    mixed = read(tmp_path, "a,,ann,t1,s,5", "b,9e9,ann,t1,s,1")
    assert mixed.values[mixed.latest()].tolist() == [5]


def test_one_event_id_for_two_ratings_is_told_of_and_both_are_taken(tmp_path: Path) -> None:
    table = read(tmp_path, GOOD, "e1,100,ann,t2,s,5", ",1,ann,t3,s,4", ",1,ann,t4,s,4")
    assert len(table.latest()) == 4
    assert kinds(table)["event"].rows == 1
    assert "ratingEventId is that of line 2" in kinds(table)["event"].text


def test_bytes_that_are_not_utf_8_are_kept_and_told_of(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_bytes(
        f"{HEADER}\ne,1,ann,Beyonc".encode() + b"\xe9,s,4\ne,1,ann,Bj\xc3\xb6rk,s,4\n"
    )
    table = read_ratings(tmp_path / "ratings.csv")
    assert table.track_ids == ("Beyonc\udce9", "Björk")
    assert kinds(table)["encoding"].lines == (2,)
    assert "not in UTF-8" in kinds(table)["encoding"].text
    kinds(table)["encoding"].text.encode()  # prints anywhere


def test_utf_16_is_read_where_it_says_so_and_named_where_not(tmp_path: Path) -> None:
    assert len(read(tmp_path, GOOD, encoding="utf-16")) == 1
    with pytest.raises(TableError, match="UTF-16"):
        read(tmp_path, GOOD, encoding="utf-16-le")


def test_what_is_no_table_is_refused_by_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    for content, message in [
        ("", "is empty"),
        ("\n\n", "is empty"),
        (HEADER + "\n", "no row below"),
        ("user,trackId\na,b\n", r"no column userId, Rating; it has user, trackId"),
        ("userId,trackId,Rating,userid\n", "names a column twice: userId, userid"),
    ]:
        path.write_text(content)
        with pytest.raises(TableError, match=message):
            read_ratings(path)
    with pytest.raises(TableError, match="cannot read"):
        read_ratings(tmp_path / "nowhere.csv")


def test_semicolons_and_tabs_are_understood(tmp_path: Path) -> None:
    for mark in ";\t":
        path = tmp_path / "ratings.csv"
        path.write_text(mark.join(["USERID", "trackid", "rating"]) + "\n" + mark.join("ab4") + "\n")
        assert len(read_ratings(path)) == 1


def test_a_rating_is_kept_where_its_time_cannot_be_read(tmp_path: Path) -> None:
    table = read(tmp_path, "e,inf,ann,t1,s,4", "e2,yesterday,ann,t2,s,4", GOOD.replace("t1", "t3"))
    assert np.isnan(table.times_s).tolist() == [True, True, False]
    problem = kinds(table)["time"]
    assert (problem.rows, problem.fate) == (2, "taken, at an unknown time")
    assert table.left_out == ()


def test_a_line_that_names_the_separator_is_no_header(tmp_path: Path) -> None:
    path = tmp_path / "ratings.csv"
    path.write_text("sep=|\nuserId|trackId|Rating\nann|t1|4,5\nann|t2|six\n")
    table = read_ratings(path)
    assert (table.track_ids[0], table.values.tolist(), table.lines.tolist()) == ("t1", [4.5], [3])
    assert kinds(table)["rating"].lines == (4,)


@pytest.mark.parametrize(
    ("given", "scale", "stars"),
    [
        (["0,5", "4,5", "5"], 5, [1, 4.5, 5]),
        (["1", "3", "2"], 5, [1, 3, 2]),
        (["7", "10", "2", "4"], 10, [3.5, 5, 1, 2]),
        (["80", "20", "100"], 100, [4, 1, 5]),
        (["255", "51", "204"], 255, [5, 1, 4]),
        (["0.2", "1", "0.6"], 1, [1, 5, 3]),
        ([*["4"] * 30, "44"], 5, [4] * 30),
        ([*["8", "9", "6"] * 10, "1000"], 10, [4, 4.5, 3] * 10),
    ],
)
def test_the_scale_is_told_from_the_whole_table_and_said(
    tmp_path: Path, given: list[str], scale: float, stars: list[float]
) -> None:
    path = tmp_path / "ratings.csv"
    rows = [f"ann;t{i};{cell}" for i, cell in enumerate(given)]
    path.write_text("\n".join(["userId;trackId;Rating", *rows]) + "\n")
    table = read_ratings(path)
    assert (table.scale, table.values.tolist()) == (scale, pytest.approx(stars))
    assert [f"parts of {scale}" in note for note in table.notes] == [True] * (scale != 5)
    assert read_ratings(path, scale=scale).notes == ()


@pytest.mark.parametrize(
    ("text", "stars"),
    [
        *(("4/5", 4), ("8/10", 4), ("90 / 100", 4.5), ("80%", 4), ("4 stars", 4), ("1 star", 1)),
        *(("★★★★☆", 4), ("★★½", 2.5), ("*****", 5), ("3.5/5", 3.5), ("5%", 1)),
    ],
)
def test_a_rating_may_say_its_own_scale(tmp_path: Path, text: str, stars: float) -> None:
    table = read(tmp_path, f"e1,1,ann,t1,s,{text}", "e2,1,ann,t2,s,3")
    assert table.values.tolist() == [stars, 3]
    assert table.problems == ()


@pytest.mark.parametrize("text", ["6/5", "0/5", "4/", "/5", "%", "many stars", "4/0", "101%"])
def test_a_share_of_more_than_all_or_of_none_is_no_rating(tmp_path: Path, text: str) -> None:
    assert len(read(tmp_path, f"e1,1,ann,t1,s,{text}", GOOD)) == 1
