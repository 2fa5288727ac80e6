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
"""A vector of 455 numbers in five rows: so pages of 4 KB are full, and one row would leave a
quarter of each empty."""
SHARE = 65_535


def vector_rows(track_id: int, vector: bytes) -> list[tuple[int, bytes]]:
    """(id, part) rows of a vector given as little-endian float32, three bytes a number.

    The lowest byte of the fraction is rounded away: what is left says 1 part in 65,000, which is
    how far two machines agree on a spectrum. The highest bytes, sign and exponent, are few that
    come again and again, so they are deflated; the others are noise.
    """
    return packed_rows(track_id, three_bytes(vector))


def packed_rows(track_id: int, numbers: NDArray[np.uint8]) -> list[tuple[int, bytes]]:
    """The same of numbers [n, 3], the lowest byte first."""
    packed = _deflated(numbers[:, 2].tobytes()) + numbers[:, :2].T.tobytes()
    return in_parts(track_id, packed, -(-len(packed) // PARTS))


def in_parts(track_id: int, packed: bytes, size: int) -> list[tuple[int, bytes]]:
    """(id, part) rows of at most `size` bytes."""
    return [(track_id * PARTS + i, packed[i * size : (i + 1) * size]) for i in range(PARTS)]


def three_bytes(vector: bytes) -> NDArray[np.uint8]:
    """Uint8 [n, 3], the lowest byte first, of little-endian float32, whose last is rounded away."""
    import numpy as np

    whole = np.frombuffer(vector, "<u4")
    rounded = np.where(_finite(whole), whole + np.uint32(0x80), whole)
    return rounded.view(np.uint8).reshape(-1, 4)[:, 1:]


def _finite(whole: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Bool: neither infinite nor NaN, and not the largest that rounding would make infinite."""
    finite: NDArray[np.bool_] = (whole & 0x7FFFFFFF) < 0x7F7FFF80
    return finite


def _deflated(octets: bytes) -> bytes:
    """A raw deflate stream, which says itself where it ends; the shorter of two ways."""
    import zlib

    streams = []
    for strategy in (zlib.Z_DEFAULT_STRATEGY, zlib.Z_HUFFMAN_ONLY):
        deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, strategy=strategy)
        streams.append(deflate.compress(octets) + deflate.flush())
    return min(streams, key=len)


def joined_vectors(parts: Sequence[bytes]) -> FloatArray:
    """Float32 [n, width] from the PARTS parts of each of n vectors of one width, in their order."""
    import zlib

    import numpy as np

    if not parts:
        return np.zeros((0, 0), dtype=np.float32)
    vectors = []
    for start in range(0, len(parts), PARTS):
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        highest = inflate.decompress(b"".join(parts[start : start + PARTS]))
        whole = np.zeros((len(highest), 4), np.uint8)
        whole[:, 3] = np.frombuffer(highest, np.uint8)
        whole[:, 1:3] = np.frombuffer(inflate.unused_data, np.uint8).reshape(2, -1).T
        vectors.append(whole.view("<f4")[:, 0])
    return np.stack(vectors)


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
