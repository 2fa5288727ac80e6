"""Arrays in one file that is mapped into memory, so that only what is looked at is read.

Whatever is kept so can be made again: a file that is damaged, of other things or not there reads
as None. It is replaced in one step, so a process that dies leaves the old one or the new one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, BinaryIO

import numpy as np

from musicrec_core.recommender.data import mapped
from musicrec_core.replacing import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

MAGIC = b"musicrec arrays 2\n"
ALIGNED = 4096  # bytes: where an array begins
_LENGTH = 8  # bytes at the end of the file, which say how long the header before them is


class ArrayWriter:
    """A file in the making: arrays one after the other, then what they are.

    Arrays of `room` are filled through the mapping and need no memory of their own.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._places: dict[str, tuple[str, tuple[int, ...], int]] = {}
        self._end = len(MAGIC)
        file.write(MAGIC)

    def put(self, name: str, array: NDArray[Any]) -> None:
        """Raises OSError where there is no room for it."""
        whole = np.ascontiguousarray(array)
        self._file.seek(self._place(name, whole.dtype, whole.shape))
        self._file.write(whole.reshape(-1).view(np.uint8).data)
        self._end = self._file.tell()

    def room(self, name: str, dtype: str, shape: tuple[int, ...]) -> NDArray[Any]:
        """An array of the file, to be filled. Raises OSError where there is no room for it."""
        kind = np.dtype(dtype)
        size = int(np.prod(shape, dtype=np.int64)) * kind.itemsize
        start = self._place(name, kind, shape)
        if not size:
            return np.empty(shape, kind)
        self._file.flush()
        self._reserve(start, size)
        self._end = start + size
        return _array(mapped.opened(self._file, start, size), kind, list(shape), 0)

    def finish(self, stamp: str, notes: Mapping[str, Any]) -> None:
        """Say what it is; nothing is written after that."""
        whole = {"stamp": stamp, "arrays": self._places, "notes": notes, "bytes": self._end}
        header = json.dumps(whole).encode()
        self._file.seek(self._end)
        self._file.write(header + len(header).to_bytes(_LENGTH, "little"))

    def _place(self, name: str, kind: np.dtype[Any], shape: tuple[int, ...]) -> int:
        start = -(-self._end // ALIGNED) * ALIGNED
        self._places[name] = (kind.str, shape, start)
        return start

    def _reserve(self, start: int, size: int) -> None:
        """On the disk too: a mapping for which there is no room when it is filled ends all."""
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(self._file.fileno(), start, size)
            return
        self._file.seek(start)
        for left in range(size, 0, -ALIGNED * 1024):
            self._file.write(bytes(min(left, ALIGNED * 1024)))
        self._file.flush()


@contextmanager
def writing(path: Path) -> Iterator[ArrayWriter]:
    """A file that takes the place of the one there when the block has ended; raises OSError."""
    with replacing(path) as file:
        yield ArrayWriter(file)


def write(
    path: Path, stamp: str, arrays: Mapping[str, NDArray[Any]], notes: Mapping[str, Any]
) -> None:
    """Replace the file; without room or rights for it, go on without.

    notes: what JSON can hold, kept beside the arrays.
    """
    with suppress(OSError), writing(path) as made:
        for name, array in arrays.items():
            made.put(name, array)
        made.finish(stamp, notes)


def read(path: Path, stamp: str) -> tuple[dict[str, NDArray[Any]], dict[str, Any]] | None:
    """Its arrays, mapped and not to be written to, and its notes; None unless of this stamp."""
    try:
        with path.open("rb") as file:
            header = _header(file)
            if header is None or header["stamp"] != stamp:
                return None
            whole = mapped.opened(file)
        return {
            name: _array(whole, np.dtype(dtype), shape, start)
            for name, (dtype, shape, start) in header["arrays"].items()
        }, header["notes"]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def stamp_of(path: Path) -> str | None:
    """The stamp of what is kept there; None where there is nothing."""
    try:
        with path.open("rb") as file:
            header = _header(file)
            return None if header is None else str(header["stamp"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _header(file: BinaryIO) -> dict[str, Any] | None:
    """None for a file of other things, or a part of one."""
    if file.read(len(MAGIC)) != MAGIC:
        return None
    end = os.fstat(file.fileno()).st_size - _LENGTH
    file.seek(max(end, 0))
    size = int.from_bytes(file.read(_LENGTH), "little")
    if not 0 < size <= end - len(MAGIC):
        return None
    file.seek(end - size)
    header: dict[str, Any] = json.loads(file.read(size))
    return header if header["bytes"] == end - size else None


def _array(
    whole: NDArray[np.uint8], kind: np.dtype[Any], shape: list[int], start: int
) -> NDArray[Any]:
    count = int(np.prod(shape, dtype=np.int64))
    if not count:
        return np.empty(shape, kind)
    # A plain array over the mapping: np.memmap would make every slice of it slow.
    plain: NDArray[Any] = np.frombuffer(whole, kind, count, start)
    return plain.reshape(shape)
