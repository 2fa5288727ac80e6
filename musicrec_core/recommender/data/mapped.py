"""Large arrays that lie in a mapped file, read without holding more of them than is looked at.

The system maps 64 KB around each row that is read, so a few thousand rows from all over a file
would count as all of it in this process. What was read is therefore let go of; it stays in the
system's own cache, and the next look at it costs microseconds.
"""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray, IntArray

SMALL = 4 << 20  # bytes: what is held as it is
ROWS = 256  # taken at once, from anywhere
BLOCK = 16_384  # rows in a row


def let_go(array: NDArray[Any]) -> None:
    """Unmap the pages of an array that lies in a mapped file; nothing for one that does not."""
    owner = array
    while isinstance(owner.base, np.ndarray):
        owner = owner.base
    mapping = owner.base
    if not isinstance(mapping, mmap.mmap) or not hasattr(mmap, "MADV_DONTNEED"):
        return
    start = array.ctypes.data - owner.ctypes.data
    first = start - start % mmap.PAGESIZE
    mapping.madvise(mmap.MADV_DONTNEED, first, start + array.nbytes - first)


def taken(matrix: NDArray[Any], rows: IntArray | slice) -> NDArray[Any]:
    """matrix[rows]: int64 rows from anywhere in it, or some in a row."""
    if isinstance(rows, slice):
        copy = matrix[rows].copy()
        let_go(matrix[rows])
        return copy
    if matrix.nbytes <= SMALL or not len(rows):
        return matrix[rows]
    out = np.empty((len(rows), *matrix.shape[1:]), matrix.dtype)
    for start in range(0, len(rows), ROWS):
        part = slice(start, start + ROWS)
        out[part] = matrix[rows[part]]
        let_go(matrix)
    return out


def blocks(matrix: NDArray[Any], size: int = BLOCK) -> Iterator[tuple[slice, NDArray[Any]]]:
    """All of it in order, `size` rows at a time, and where they stand."""
    for start in range(0, len(matrix), size):
        block = matrix[start : start + size]
        yield slice(start, start + len(block)), block
        if matrix.nbytes > SMALL:
            let_go(block)


def products(matrix: FloatArray, other: FloatArray) -> FloatArray:
    """Matrix @ other: float32 [n] for a vector [d], [n, k] for [d, k]."""
    out = np.empty((len(matrix), *other.shape[1:]), np.float32)
    for part, block in blocks(matrix):
        np.matmul(block, other, out=out[part])
    return out


def column(matrix: NDArray[Any], at: int) -> NDArray[Any]:
    """matrix[:, at], a copy: in the file the numbers of a column lie far apart."""
    out = np.empty(len(matrix), matrix.dtype)
    for part, block in blocks(matrix):
        out[part] = block[:, at]
    return out
