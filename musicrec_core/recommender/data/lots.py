"""Lots drawn for recordings: the same for the same recording and seed, whatever else is there.

So what is decided by lot stays as it is when scores move a little, or a scan finds more songs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.records import IntArray

_STEP, _FIRST, _SECOND = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
"""Of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014)."""


def lots(track_ids: IntArray, seed: int) -> NDArray[np.float64]:
    """Float64 of the same shape, evenly spread over (0, 1)."""
    start = _mixed(np.array([seed], np.uint64) * np.uint64(_STEP))
    bits = _mixed(start + track_ids.astype(np.uint64) * np.uint64(_STEP))
    drawn: NDArray[np.float64] = ((bits >> np.uint64(12)).astype(np.float64) + 0.5) * 2.0**-52
    return drawn


def _mixed(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(_FIRST)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(_SECOND)
    return bits ^ (bits >> np.uint64(31))
