"""Numbers as bytes: how vectors lie in the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray

# numpy takes longer to import than most questions take to answer, so only those that read vectors
# import it.

PARTS = 5
"""A vector of 455 numbers in five rows: so pages of 4 KB are full, and one row would leave a half
of each empty."""
SHARE = 65_535


def vector_rows(track_id: int, vector: bytes) -> list[tuple[int, bytes]]:
    """(id, part) rows of a vector given as little-endian float32, three bytes a number.

    The lowest byte of the fraction is rounded away: what is left says 1 part in 65,000, which is
    how far two machines agree on a spectrum.
    """
    import numpy as np

    whole = np.frombuffer(vector, "<u4")
    rounded = np.where(_finite(whole), whole + np.uint32(0x80), whole)
    packed = rounded.view("u1").reshape(-1, 4)[:, 1:].tobytes()
    size = -(-len(whole) // PARTS) * 3
    return [(track_id * PARTS + i, packed[i * size : (i + 1) * size]) for i in range(PARTS)]


def _finite(whole: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Bool: neither infinite nor NaN, and not the largest that rounding would make infinite."""
    finite: NDArray[np.bool_] = (whole & 0x7FFFFFFF) < 0x7F7FFF80
    return finite


def joined_vectors(parts: Sequence[bytes]) -> FloatArray:
    """Float32 [n, width] from the PARTS parts of each of n vectors of one width, in their order."""
    import numpy as np

    if not parts:
        return np.zeros((0, 0), dtype=np.float32)
    packed = np.frombuffer(b"".join(parts), "u1").reshape(-1, 3)
    whole = np.zeros((len(packed), 4), "u1")
    whole[:, 1:] = packed
    return whole.view("<f4").reshape(len(parts) // PARTS, -1)


def as_shares(probabilities: bytes) -> bytes:
    """Probabilities in [0, 1], little-endian float32, as two bytes each."""
    import numpy as np

    return shares(np.frombuffer(probabilities, "<f4")).tobytes()


def shares(probabilities: FloatArray) -> NDArray[np.uint16]:
    """Probabilities in [0, 1] as whole numbers up to SHARE."""
    import numpy as np

    whole: NDArray[np.uint16] = np.rint(
        np.clip(np.nan_to_num(probabilities), 0, 1).astype(np.float64) * SHARE
    ).astype("<u2")
    return whole


def probabilities(whole: NDArray[np.uint16]) -> FloatArray:
    """Float32 of the same shape, from `shares`."""
    import numpy as np

    unpacked: FloatArray = whole.astype(np.float32) / np.float32(SHARE)
    return unpacked


def rows_of_probabilities(blobs: Sequence[bytes]) -> FloatArray:
    """Float32 [n, width] from n rows of `shares`."""
    import numpy as np

    if not blobs:
        return np.zeros((0, 0), dtype=np.float32)
    return probabilities(np.frombuffer(b"".join(blobs), "<u2").reshape(len(blobs), -1))
