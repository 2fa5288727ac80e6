from pathlib import Path

import numpy as np
import pytest

from musicrec_core.app.exchange.csv.tracks import TrackTable, read_tracks
from musicrec_core.errors import TableError


def read(folder: Path, *lines: str) -> TrackTable:
    path = folder / "tracks.csv"
    path.write_text("\n".join(lines) + "\n")
    return read_tracks(path)


def rows(*tempos: str) -> list[str]:
    return [f"t{i},{tempo},rock" for i, tempo in enumerate(tempos)]


def test_cells_that_are_no_numbers_are_counted_by_column_and_taken_as_unknown(
    tmp_path: Path,
) -> None:
    plain = [str(100 + i) for i in range(40)]
    table = read(tmp_path, "trackId,Tempo,Genre", *rows("inf", "nan", "", "fast", *plain))
    assert np.isnan(table.numbers[:4, 0]).all()
    by_key = {problem.kind: problem for problem in table.problems}
    assert set(by_key) == {"not finite", "not a number"}
    assert (by_key["not finite"].rows, by_key["not finite"].lines) == (2, (2, 3))
    assert "2 cells of Tempo taken as unknown (lines 2, 3)" in by_key["not finite"].text
    assert "line 5: the cell of Tempo taken as unknown: 'fast'" in by_key["not a number"].text


def test_a_column_with_many_words_is_text_and_said_to_be(tmp_path: Path) -> None:
    table = read(tmp_path, "trackId,Tempo,Genre", *rows("1", "2", "3", "slow"))
    assert "tempo" in table.texts
    assert any("column Tempo is read as text" in note for note in table.notes)


def test_constant_and_empty_columns_are_told_of(tmp_path: Path) -> None:
    table = read(tmp_path, "trackId,Same,Nothing,Energy", "a,7,,1", "b,7,,2", "c,,,3")
    assert [note.partition(": ")[2] for note in table.notes] == [
        "column Same is '7' wherever it is told, so it says nothing",
        "column Nothing is empty",
    ]


def test_odd_rows_of_tracks_are_counted_by_kind(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        "trackId,tempo,genre",
        "a,1,x",
        "a,2,y",
        ",3,z",
        "b,4",
        "c,5,x,y",
        'd,6,"z',
        "e,7,x",
    )
    assert table.ids == ("a", "b", "e")
    by_key = {problem.kind: problem.lines for problem in table.problems}
    assert by_key == {
        "repeated track": (3,),
        "track": (4,),
        "short": (5,),
        "cells": (6,),
        "quote": (7,),
    }
    assert table.numbers[:, 0].tolist() == [1, 4, 7]


def test_a_table_without_tracks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="has no tracks"):
        read(tmp_path, "trackId,tempo")


def test_decimal_commas_are_numbers_where_they_cannot_part_thousands(tmp_path: Path) -> None:
    path = tmp_path / "tracks.csv"
    path.write_text("trackId;Energy;Plays\n" + "".join(
        f"t{i};0,{i:02d}5;{i + 1},200\n" for i in range(20)
    ))  # fmt: skip
    table = read_tracks(path)
    assert table.number_names == ("energy",)
    assert table.numbers[3, 0] == pytest.approx(0.035)
    assert set(table.texts) == {"plays"}


@pytest.mark.parametrize(("scale", "start"), [(10, 1.7e9), (1, 1e15), (1e-14, 0), (1e300, 0)])
def test_the_order_of_numbers_survives_single_precision(
    tmp_path: Path, scale: float, start: float
) -> None:
    values = [start + scale * ((7 * i) % 50) for i in range(50)]
    table = read(tmp_path, "trackId,When", *(f"t{i},{v!r}" for i, v in enumerate(values)))
    assert not table.problems
    assert np.argsort(table.numbers[:, 0]).tolist() == np.argsort(values).tolist()
    assert len(np.unique(table.numbers)) == 50
