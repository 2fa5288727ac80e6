"""What is kept in mapped files is what was written, or nothing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from musicrec_core.app import array_file

ARRAYS = {
    "ids": np.arange(7, dtype=np.int64),
    "points": np.random.default_rng(0).normal(size=(7, 3)).astype(np.float32),
    "none": np.empty((0, 4), np.float32),
    "flags": np.array([True, False, True]),
    "columns": np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3)),
}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "folder" / "kept.arrays"
    array_file.write(path, "stamp 1", ARRAYS, {"names": ["ä", "b"]})
    return path


def test_arrays_and_notes_come_back(kept: Path) -> None:
    stored = array_file.read(kept, "stamp 1")
    assert stored is not None
    arrays, notes = stored
    assert notes == {"names": ["ä", "b"]}
    assert arrays.keys() == ARRAYS.keys()
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(arrays[name], array)
        assert arrays[name].dtype == array.dtype


def test_those_of_another_stamp_do_not(kept: Path) -> None:
    assert array_file.read(kept, "stamp 2") is None


@pytest.mark.parametrize("left", [0, 5, 30, 200, -1])
def test_a_file_that_was_cut_short_reads_as_nothing(kept: Path, left: int) -> None:
    kept.write_bytes(kept.read_bytes()[:left])
    assert array_file.read(kept, "stamp 1") is None


def test_a_file_of_other_things_reads_as_nothing(kept: Path) -> None:
    kept.write_bytes(b"PK" + kept.read_bytes())
    assert array_file.read(kept, "stamp 1") is None


def test_where_nothing_can_be_written_nothing_is_raised(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    array_file.write(tmp_path / "file" / "kept.arrays", "1", ARRAYS, {})
    assert array_file.read(tmp_path / "file" / "kept.arrays", "1") is None


def test_a_replaced_file_leaves_nothing_beside_it(kept: Path) -> None:
    array_file.write(kept, "stamp 2", ARRAYS, {})
    assert [path.name for path in kept.parent.iterdir()] == ["kept.arrays"]
