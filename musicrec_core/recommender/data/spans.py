"""Lists of different lengths laid end to end: the rows of a sparse matrix, compressed.

Row i owns the entries from `starts[i]` up to `starts[i + 1]` (Saad, Iterative methods for sparse
linear systems, 2003, section 3.4).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from musicrec_core.records import IntArray


def entries(firsts: IntArray, counts: IntArray) -> tuple[IntArray, IntArray]:
    """Int64 [p] each: of m rows with so many entries from `firsts` on, the row and the place."""
    owners = np.repeat(np.arange(len(counts)), counts)
    places = np.arange(len(owners)) + np.repeat(firsts - (np.cumsum(counts) - counts), counts)
    return owners, places


def entries_of(starts: IntArray, rows: IntArray) -> tuple[IntArray, IntArray]:
    """The same of some rows, in their order, by the starts of all: position among `rows`, place."""
    firsts = starts[rows]
    return entries(firsts, starts[rows + 1] - firsts)
