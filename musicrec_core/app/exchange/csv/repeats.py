"""What was rated twice: the same again, another rating, or two ratings under one event's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.app.exchange.csv.problems import TableProblems
    from musicrec_core.records import IntArray


def find(
    users: IntArray,
    tracks: IntArray,
    values: NDArray[np.float64],
    events: IntArray,
    lines: IntArray,
    problems: TableProblems,
) -> None:
    """Count them; all arrays are [r] in the file's order. events: a code each, 0 for none."""
    if not len(users):
        return
    pairs = users * (int(tracks.max()) + 1) + tracks
    before = _before(pairs)
    for row in np.flatnonzero(before >= 0).tolist():
        old, new, line = values[before[row]], values[row], lines[before[row]]
        if old == new:
            problems.add("repeated", int(lines[row]), f"line {line} says the same")
        else:
            sentence = f"line {line} says {old:g} of the same track, this one {new:g}"
            problems.add("contradictory", int(lines[row]), sentence)
    before = np.where(events == 0, -1, _before(events))
    for row in np.flatnonzero((before >= 0) & (pairs != pairs[before])).tolist():
        same = f"its ratingEventId is that of line {lines[before[row]]}"
        problems.add("event", int(lines[row]), same)


def _before(codes: IntArray) -> IntArray:
    """Int64 [r]: the row before each that has the same code, -1 where it is the first."""
    order = np.argsort(codes, kind="stable")
    before = np.full(len(codes), -1, np.int64)
    again = np.flatnonzero(codes[order[1:]] == codes[order[:-1]])
    before[order[again + 1]] = order[again]
    return before
