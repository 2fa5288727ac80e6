"""Large arrays in a mapped file: read as they are, and let go of."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from musicrec_core.app import array_file
from musicrec_core.recommender.data import mapped

N, D = 600_000, 16


@pytest.fixture
def in_file(tmp_path: Path) -> tuple[np.ndarray, np.ndarray]:
    """The same matrix in memory and as a plain array over a mapped file."""
    matrix = np.random.default_rng(0).normal(size=(N, D)).astype(np.float32)
    path = tmp_path / "matrix"
    array_file.write(path, "stamp", {"matrix": matrix}, {})
    stored = array_file.read(path, "stamp")
    assert stored
    return matrix, stored[0]["matrix"]


def test_rows_products_and_columns_are_those_of_the_matrix(
    in_file: tuple[np.ndarray, np.ndarray],
) -> None:
    matrix, there = in_file
    rows = np.random.default_rng(1).integers(0, N, 3_000)
    for one in (matrix, there):
        np.testing.assert_array_equal(mapped.taken(one, rows), matrix[rows])
        np.testing.assert_array_equal(mapped.taken(one, slice(7, 90)), matrix[7:90])
        np.testing.assert_array_equal(mapped.column(one, 3), matrix[:, 3])
        np.testing.assert_allclose(mapped.products(one, matrix[5]), matrix @ matrix[5], atol=1e-4)
        np.testing.assert_allclose(
            mapped.products(one, matrix[:3].T), matrix @ matrix[:3].T, atol=1e-4
        )
        np.testing.assert_allclose(
            mapped.greatest_products(one, matrix[:9].T), (matrix @ matrix[:9].T).max(axis=1),
            atol=1e-4,
        )  # fmt: skip
        parts = [part for part, _ in mapped.blocks(one, 7_000)]
        assert [row for part in parts for row in range(N)[part]] == list(range(N))
    assert not len(mapped.taken(there, rows[:0]))


def test_what_was_read_of_a_file_is_let_go_of(in_file: tuple[np.ndarray, np.ndarray]) -> None:
    if not Path("/proc/self/smaps").exists():
        pytest.skip("only Linux says what is resident of a file")
    _, there = in_file
    float(there.sum())
    assert _resident_kb() * 1024 >= there.nbytes
    for look in (
        lambda: mapped.products(there, there[0]),
        lambda: mapped.column(there, 0),
        lambda: mapped.taken(there, np.arange(0, N, 20)),
        lambda: mapped.taken(there, slice(None)),
    ):
        look()
        assert _resident_kb() * 1024 < there.nbytes / 8


def _resident_kb() -> int:
    """Of the file of the fixture, in this process."""
    lines = Path("/proc/self/smaps").read_text(encoding="utf-8").splitlines()
    at = next(i for i, line in enumerate(lines) if line.endswith("/matrix"))
    return int(next(line for line in lines[at:] if line.startswith("Rss:")).split()[1])
