"""How vectors lay in databases of before: three bytes a number, one number after the other.

The steps that made and left that layout need it as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from musicrec_core.store.measured.packing import PARTS, in_parts, three_bytes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def vector_rows(track_id: int, vector: bytes) -> list[tuple[int, bytes]]:
    """(id, part) rows of a vector given as little-endian float32."""
    size = -(-len(vector) // 4 // PARTS) * 3
    return in_parts(track_id, three_bytes(vector).tobytes(), size)


def numbers(parts: Sequence[bytes]) -> NDArray[np.uint8]:
    """Uint8 [n, 3] from the parts of one vector in their order."""
    import numpy as np

    return np.frombuffer(b"".join(parts), np.uint8).reshape(-1, 3)
