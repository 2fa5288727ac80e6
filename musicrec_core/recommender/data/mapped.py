"""Large arrays that lie in a mapped file, read without holding more of them than is looked at.

The system maps up to a megabyte around each row that is looked at, so a thousand rows from all over
a file would count as all of it in this process. Rows are therefore read beside the mapping, and
what was looked at from end to end is let go of: it stays in the system's own cache.
"""

from __future__ import annotations

import mmap
import os
from typing import TYPE_CHECKING, Any, BinaryIO
from weakref import WeakKeyDictionary, finalize

import numpy as np
from numpy.lib.array_utils import byte_bounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray, IntArray

SMALL = 32 << 20  # bytes: what is held as it is
BLOCK = 32_768  # rows at a time
IN_CACHE = 2_048
"""Rows of which products with a few hundred others stay in the processor's cache."""
DENSE = 16
"""Of so many rows in a row at least one is wanted: then they are read by the mapping."""
_DESCRIPTORS: WeakKeyDictionary[mmap.mmap, int] = WeakKeyDictionary()


def opened(file: BinaryIO, start: int = 0, size: int | None = None) -> NDArray[np.uint8]:
    """All of a file that is not empty as bytes, mapped and not to be written to.

    With a size, so many bytes of it from `start`, a multiple of the page, to be written to.
    """
    if size is not None:
        return np.memmap(file, np.uint8, "r+", start, (size,))
    mapping = np.memmap(file, np.uint8, "r")
    if isinstance(mapping.base, mmap.mmap):
        descriptor = _DESCRIPTORS[mapping.base] = os.dup(file.fileno())
        finalize(mapping.base, os.close, descriptor)
    return mapping


def _place(array: NDArray[Any]) -> tuple[mmap.mmap, int] | None:
    """The mapping that an array lies in, and at which byte; None where it lies in memory."""
    owner = array
    while isinstance(owner.base, np.ndarray):
        owner = owner.base
    if not isinstance(owner.base, mmap.mmap):
        return None
    return owner.base, byte_bounds(array)[0] - byte_bounds(owner)[0]


def let_go(array: NDArray[Any]) -> None:
    """Unmap the pages of an array that lies in a mapped file; nothing for one that does not."""
    place = _place(array)
    if place is not None and hasattr(mmap, "MADV_DONTNEED"):
        mapping, start = place
        first = start - start % mmap.PAGESIZE
        mapping.madvise(mmap.MADV_DONTNEED, first, start + array.nbytes - first)


def taken(matrix: NDArray[Any], rows: IntArray | slice) -> NDArray[Any]:
    """matrix[rows]: int64 rows from anywhere in it, or some in a row."""
    place = _place(matrix) if matrix.nbytes > SMALL and matrix.flags.c_contiguous else None
    if place is None or not hasattr(os, "preadv"):
        return matrix[rows]
    mapping, start = place
    descriptor, size = _DESCRIPTORS.get(mapping), matrix.strides[0]
    if isinstance(rows, slice):
        copy = matrix[rows].copy()
        let_go(matrix)
        return copy
    out = np.empty((len(rows), *matrix.shape[1:]), matrix.dtype)
    if descriptor is None or len(rows) * DENSE > _span(rows):
        for first in range(0, len(rows), BLOCK):
            out[first : first + BLOCK] = matrix[rows[first : first + BLOCK]]
            let_go(matrix)
        return out
    room = out.reshape(-1).view(np.uint8).data
    for at, row in enumerate(rows.tolist()):
        os.preadv(descriptor, [room[at * size : (at + 1) * size]], start + row * size)
    return out


def _span(rows: IntArray) -> int:
    return int(rows.max()) - int(rows.min()) if len(rows) else 0


def blocks(matrix: NDArray[Any], size: int = BLOCK) -> Iterator[tuple[slice, NDArray[Any]]]:
    """All of it in order, `size` rows at a time, and where they stand."""
    for start in range(0, len(matrix), size):
        block = matrix[start : start + size]
        yield slice(start, start + len(block)), block
        if matrix.nbytes > SMALL:
            let_go(matrix)


def products(matrix: FloatArray, other: FloatArray) -> FloatArray:
    """Matrix @ other: float32 [n] for a vector [d], [n, k] for [d, k]."""
    out = np.empty((len(matrix), *other.shape[1:]), np.float32)
    for part, block in blocks(matrix):
        np.matmul(block, other, out=out[part])
    return out


def greatest_products(matrix: FloatArray, other: FloatArray) -> FloatArray:
    """Float32 [n]: the greatest of each row of matrix @ other [d, k], without holding them all."""
    out = np.empty(len(matrix), np.float32)
    for part, block in blocks(matrix, IN_CACHE):
        (block @ other).max(axis=1, out=out[part])
    return out


def column(matrix: NDArray[Any], at: int) -> NDArray[Any]:
    """matrix[:, at], a copy: in the file the numbers of a column lie far apart."""
    out = np.empty(len(matrix), matrix.dtype)
    for part, block in blocks(matrix):
        out[part] = block[:, at]
    return out
