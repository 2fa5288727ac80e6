"""Arrays in one file that is mapped into memory, so that only what is looked at is read.

Whatever is kept so can be made again: a file that is damaged, of other things or not there reads
as None. It is replaced in one step, so a process that dies leaves the old one or the new one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np

from musicrec_core.recommender.data import mapped
from musicrec_core.replacing import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

MAGIC = b"musicrec arrays 1\n"
ALIGNED = 64  # bytes: where an array begins


def write(
    path: Path, stamp: str, arrays: Mapping[str, NDArray[Any]], notes: Mapping[str, Any]
) -> None:
    """Replace the file; without room or rights for it, go on without.

    notes: what JSON can hold, kept beside the arrays.
    """
    whole = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    places, end = {}, 0
    for name, array in whole.items():
        places[name] = (array.dtype.str, array.shape, end)
        end += -(-array.nbytes // ALIGNED) * ALIGNED
    header = json.dumps({"stamp": stamp, "arrays": places, "notes": notes, "bytes": end}).encode()
    header += b" " * (-(len(MAGIC) + 8 + len(header)) % ALIGNED)
    with suppress(OSError), replacing(path) as file:
        file.write(MAGIC + len(header).to_bytes(8, "little") + header)
        for array in whole.values():
            file.write(array.reshape(-1).view(np.uint8).data)
            file.write(bytes(-array.nbytes % ALIGNED))


def read(path: Path, stamp: str) -> tuple[dict[str, NDArray[Any]], dict[str, Any]] | None:
    """Its arrays, mapped and not to be written to, and its notes; None unless of this stamp."""
    try:
        with path.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                return None
            size = int.from_bytes(file.read(8), "little")
            if size > os.fstat(file.fileno()).st_size:
                return None
            header = json.loads(file.read(size))
            if header["stamp"] != stamp:
                return None
            start = len(MAGIC) + 8 + size
            if os.fstat(file.fileno()).st_size != start + header["bytes"]:
                return None
            whole = mapped.opened(file) if header["bytes"] else np.empty(0, np.uint8)
        return {
            name: _array(whole, dtype, shape, start + at)
            for name, (dtype, shape, at) in header["arrays"].items()
        }, header["notes"]
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _array(whole: NDArray[np.uint8], dtype: str, shape: list[int], at: int) -> NDArray[Any]:
    kind = np.dtype(dtype)
    count = int(np.prod(shape, dtype=np.int64))
    if not count:
        return np.empty(shape, kind)
    # A plain array over the mapping: np.memmap would make every slice of it slow.
    plain = np.frombuffer(whole, kind, count, at)
    return plain.reshape(shape)
