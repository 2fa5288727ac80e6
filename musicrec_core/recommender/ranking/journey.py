"""A path of songs from one to another whose steps are short and even.

Each place of the path has a target on the great circle between the ends (Shoemake, "Animating
rotation with quaternion curves", SIGGRAPH 1985) and candidates near it, each song a candidate of
one place alone. Of all paths through them the one with the least sum of powers of steps is found by
dynamic programming (Viterbi, 1967): a power makes one long step dearer than two short ones. The
nearest song to each target, one by one, zigzags around the line instead of following it.
benchmarks/lists/journey.py measures all three.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.features.points import BLOCK, Points
from musicrec_core.recommender.ranking.candidates import may_be_shown
from musicrec_core.recommender.ranking.list_rules import RankedRow, Rules

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.records import FloatArray, IntArray

CANDIDATES = 64  # of each place
POWER = 3.0
"""Of the squared steps: the higher, the evener the steps, and the longer the way."""
MOST_TRIES = 40  # at keeping an artist from coming too often
_TASTE = 0.1  # how much of a squared step the whole range of scores is worth
_SAME_ARTIST = 0.5  # of a squared step: two songs of one artist beside each other


@dataclass(frozen=True, slots=True)
class _Place:
    """Candidates of one place of a path: rows int64 [k], their points float32 [k, D]."""

    rows: IntArray
    points: FloatArray


def journey(
    catalogue: Catalogue,
    history: History,
    stops: Sequence[int],
    scores: FloatArray,
    count: int,
    *,
    allowed: NDArray[np.bool_] | None = None,
    versions: IntArray | None = None,
    rules: Rules | None = None,
) -> tuple[RankedRow, ...]:
    """At most `count` songs, from the first of the stops by way of the others to the last.

    Stops are rows of which sound or culture is known, `count` at most; one that may not be shown is
    passed by. Fewer than `count` where the library has no more songs.
    """
    rules = rules or Rules()
    showable = may_be_shown(catalogue, history, allowed)
    codes = np.arange(len(catalogue)) if versions is None else versions
    free = showable & np.isfinite(scores) & ~np.isin(codes, codes[list(stops)])
    is_placed = np.zeros(len(catalogue), np.bool_)
    is_placed[Points.of(catalogue).known_rows()] = True
    free &= is_placed
    passed_by = int((~showable[list(stops)]).sum())
    count = min(count + passed_by, len(np.unique(codes[free])) + len(stops))
    places = _places(catalogue, stops, codes, free, count)
    path = _path(catalogue, places, scores, rules)
    return tuple(RankedRow(row, float(scores[row]), ()) for row in path if showable[row])


def targets(points: FloatArray, count: int) -> tuple[FloatArray, IntArray]:
    """(float32 [count, D] of length one, evenly spread from stop to stop; places of the stops).

    points: float32 [s, D], the stops'.
    """
    at = np.round(np.linspace(0, count - 1, len(points))).astype(np.int64)
    result = np.empty((count, points.shape[1]), np.float32)
    result[at] = points
    for k, (start, end) in enumerate(pairwise(at)):
        angle = float(np.arccos(np.clip(points[k] @ points[k + 1], -1, 1)))
        for place in range(start + 1, end):
            share = (place - start) / (end - start)
            if angle < 1e-3 or angle > np.pi - 1e-3:
                mixed = (1 - share) * points[k] + share * points[k + 1]
            else:
                mixed = np.sin((1 - share) * angle) * points[k]
                mixed = mixed + np.sin(share * angle) * points[k + 1]
            result[place] = mixed / max(float(np.linalg.norm(mixed)), 1e-6)
    return result, at


def _places(
    catalogue: Catalogue,
    stops: Sequence[int],
    codes: IntArray,
    free: NDArray[np.bool_],
    count: int,
) -> list[_Place]:
    """Candidates of each place, the nearest to its target, dealt out in turns."""
    points = Points.of(catalogue)
    aims, at = targets(points.at(np.array(stops, np.int64)), count)
    rows = np.flatnonzero(free)
    between = [i for i in range(count) if i not in set(at.tolist())]
    each = min(CANDIDATES, len(np.unique(codes[rows])) // max(1, len(between)))
    nearest = _nearest(points, rows, aims[between], each * len(between))
    dealt = dict(zip(between, _dealt(nearest, codes, each), strict=True))
    dealt |= {int(place): [int(stop)] for place, stop in zip(at, stops, strict=True)}
    return [
        _Place(own, points.at(own))
        for own in (np.array(dealt[place], np.int64) for place in range(count))
    ]


def _dealt(nearest: Sequence[IntArray], codes: IntArray, each: int) -> list[list[int]]:
    """To each place, in turns, the nearest row whose song was not dealt yet."""
    queues = [iter(order.tolist()) for order in nearest]
    dealt: list[list[int]] = [[] for _ in queues]
    taken = set[int]()
    for _ in range(each):
        for queue, own in zip(queues, dealt, strict=True):
            row = next((row for row in queue if int(codes[row]) not in taken), None)
            if row is not None:
                taken.add(int(codes[row]))
                own.append(row)
    return dealt


def _nearest(points: Points, rows: IntArray, aims: FloatArray, depth: int) -> list[IntArray]:
    """For each target the rows nearest to it, the nearest first; at least `depth` if there are."""
    blocks = (rows[start : start + BLOCK] for start in range(0, len(rows), BLOCK))
    near = [points.at(block) @ aims.T for block in blocks]
    cosines = np.concatenate([np.zeros((0, len(aims)), np.float32), *near])
    # Recordings of one song are dealt once, so some more are needed than places times each.
    depth = min(len(rows), 2 * depth + CANDIDATES)
    result = []
    for own in cosines.T:
        best = np.arange(len(rows))
        if depth < len(rows):
            best = np.argpartition(-own, depth - 1)[:depth]
        result.append(rows[best[np.argsort(-own[best], kind="stable")]])
    return result


def _path(
    catalogue: Catalogue, places: list[_Place], scores: FloatArray, rules: Rules
) -> list[int]:
    """The cheapest path in which no artist comes more often than the rules say, if there is one."""
    first = path = _cheapest(catalogue, places, scores)
    for _ in range(MOST_TRIES):
        artists = catalogue.artists[path]
        names, counts = np.unique(artists[artists >= 0], return_counts=True)
        full = names[counts > rules.per_artist]
        if not len(full):
            return path
        kept = {row for name in full for row in np.array(path)[artists == name][: rules.per_artist]}
        places = [_without(catalogue, place, full, kept) for place in places]
        if not all(len(place.rows) for place in places):
            return first
        path = _cheapest(catalogue, places, scores)
    return path


def _without(catalogue: Catalogue, place: _Place, artists: IntArray, kept: set[int]) -> _Place:
    """A place less the songs of some artists, but for those kept; a stop stays."""
    if len(place.rows) == 1:
        return place
    stays = ~np.isin(catalogue.artists[place.rows], artists) | np.isin(place.rows, list(kept))
    return _Place(place.rows[stays], place.points[stays])


def _cheapest(catalogue: Catalogue, places: list[_Place], scores: FloatArray) -> list[int]:
    cost = np.zeros(len(places[0].rows))
    back: list[NDArray[np.int64]] = []
    for before, here in pairwise(places):
        steps = (2 - 2 * (before.points @ here.points.T)) ** POWER
        owners = catalogue.artists[before.rows][:, None]
        alike = (owners == catalogue.artists[here.rows]) & (owners >= 0)
        total = cost[:, None] + steps + _SAME_ARTIST * alike
        back.append(total.argmin(axis=0))
        cost = total.min(axis=0) - _TASTE * scores[here.rows]
    at = int(cost.argmin())
    chosen = [at]
    for pointers in reversed(back):
        at = int(pointers[at])
        chosen.append(at)
    return [int(p.rows[k]) for p, k in zip(places, reversed(chosen), strict=True)]
