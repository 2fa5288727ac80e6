"""A block of inputs: named columns, filled for a library or for rows with parts of a past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.features.user import UserFeatures
    from musicrec_core.records import FloatArray, IntArray


@dataclass(frozen=True, slots=True, repr=False)
class MaskedRows:
    """Rows int64 [m], each with the part of the history that its inputs may depend on.

    visible: bool [m, h], the mask of each row. masks: bool [c, h], the different ones of them.
    which: int64 [m], the position of each row's mask in `masks`.
    """

    rows: IntArray
    visible: NDArray[np.bool_]
    masks: NDArray[np.bool_]
    which: IntArray


class Filler(Protocol):
    """Fills [m, columns] of a block for some rows of a library that was measured before."""

    def __call__(self, rows: IntArray | slice, out: FloatArray) -> None: ...


class InputBlock(Protocol):
    """Some columns of the inputs, all of one readable group."""

    @property
    def group(self) -> str: ...

    @property
    def columns(self) -> tuple[str, ...]: ...

    def over_library(self, features: UserFeatures) -> Filler:
        """Measure the whole library once; what comes back fills the columns of any of its rows."""
        ...

    def fill_rows(self, features: UserFeatures, part: MaskedRows, out: FloatArray) -> None:
        """Fill [m, columns] for some, each from its own part of the history."""
        ...
