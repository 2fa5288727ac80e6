"""Similarities taken from a library's centre, in standard deviations over the library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray, IntArray


SHARPNESS = 1.2  # of the soft nearest neighbour, per standard deviation
_SAMPLE = 4096
FARTHEST = 15.0  # deviations; keeps the exponential finite


@dataclass(frozen=True, slots=True)
class Ground:
    """What is ordinary in a library: mean float64 [d] and covariance [d, d], the lean counted."""

    middle: NDArray[np.float64]
    spread: NDArray[np.float64]

    @classmethod
    def of(cls, sample: FloatArray) -> Ground:
        """Of some points [s, d]."""
        middle = sample.mean(axis=0, dtype=np.float64) if len(sample) else np.zeros(sample.shape[1])
        centred = sample - middle
        return cls(middle, centred.T @ centred / max(1, len(sample)))


def leaning(points: FloatArray, lean: FloatArray | None, rows: IntArray | slice) -> FloatArray:
    """Float32 [m, d + 1]: points and their lean; [m, d] where none leans."""
    if lean is None:
        return points[rows]
    return np.concatenate([points[rows], lean[rows, None]], axis=1)


def sampled(is_known: NDArray[np.bool_]) -> IntArray:
    """Some thousands of the known rows, evenly."""
    rows: IntArray = np.flatnonzero(is_known)
    return rows[:: max(1, len(rows) // _SAMPLE)]


@dataclass(frozen=True, slots=True)
class Bandwidth:
    """What puts similarities to h past points in standard deviations over the library.

    goal: float32 [d, h], past points less the library's middle. offset: float32 [h], the
    similarity of that middle. lean: what a point's lean counts for. farthest: what no similarity
    exceeds.
    """

    goal: FloatArray
    offset: FloatArray
    lean: FloatArray
    farthest: float = FARTHEST

    @classmethod
    def of(
        cls, goal: NDArray[np.float64], middle: NDArray[np.float64], depth: int, sharpness: float
    ) -> Bandwidth:
        """goal: float64 [d, h] in deviations, with a last row where points lean; middle [d]."""
        goal = goal * sharpness
        offset = (middle @ goal).astype(np.float32)
        lean = goal[depth:].sum(axis=0).astype(np.float32)
        return cls(goal[:depth].astype(np.float32), offset, lean, FARTHEST * sharpness)

    def similarities(
        self, points: FloatArray, lean: FloatArray | None, room: FloatArray | None = None
    ) -> FloatArray:
        """Float32 [m, h] of points [m, d] and their lean [m]; written to `room` if given."""
        z: FloatArray = np.matmul(points, self.goal, out=room)
        z -= self.offset
        if lean is not None:
            z += lean[:, None] * self.lean
        np.minimum(z, np.float32(self.farthest), out=z)
        return z
