"""What the lists were like: their reach, their repetitions, and whether their scores came true."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data import metrics

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray, IntArray

    Float64 = NDArray[np.float64]

FEWEST_ANSWERS = 10


@dataclass(frozen=True, slots=True, repr=False)
class Exposure:
    """All places of all lists, oldest first.

    lists: int64 [s], a code a list, rising. rows: int64 [s] of the catalogue, -1 for songs that
    are gone. days: float64 [s], when. scores: float64 [s] in [0, 1], as shown; NaN unknown.
    """

    lists: IntArray
    rows: IntArray
    days: Float64
    scores: Float64


@dataclass(frozen=True, slots=True)
class Reach:
    """lists, places: how many. songs, artists: the share of the library's that were ever shown.

    repeated: the share of places that went to a song of the list before; None with one list.
    """

    lists: int
    places: int
    songs: float
    artists: float | None
    repeated: float | None


@dataclass(frozen=True, slots=True)
class Period:
    """What was said of songs after they were shown with a score, in one span of time.

    promised: their mean score; liked: the share of likes; error: the mean gap between the two in
    ten equal parts; auc: how often a liked one had the higher score. None: too few to measure.
    """

    since_day: float
    until_day: float
    answers: int
    promised: float | None = None
    liked: float | None = None
    error: float | None = None
    auc: float | None = None


def reach(shown: Exposure, songs: int, artists: IntArray) -> Reach:
    """artists: int64 [songs] codes of the library, -1 unknown."""
    there = shown.rows[shown.rows >= 0]
    named = np.unique(artists[artists >= 0])
    met = np.unique(artists[there][artists[there] >= 0])
    return Reach(
        lists=len(np.unique(shown.lists)),
        places=len(shown.rows),
        songs=len(np.unique(there)) / songs if songs else 0.0,
        artists=len(met) / len(named) if len(named) else None,
        repeated=_repeated(shown),
    )


def _repeated(shown: Exposure) -> float | None:
    lists = np.split(shown.rows, np.flatnonzero(np.diff(shown.lists)) + 1)
    again = [np.isin(now, before) for before, now in pairwise(lists)]
    return float(np.concatenate(again).mean()) if again else None


def periods(
    shown: Exposure, rows: IntArray, liked: FloatArray, days: Float64, spans: int = 4
) -> tuple[Period, ...]:
    """Clear opinions ([m] rows, 1 or 0, when), each beside the last score shown before it.

    The spans hold equally many answers, as long as there are enough for each.
    """
    chances = [_promise(shown, r, d) for r, d in zip(rows, days, strict=True)]
    promised = np.array(chances, np.float32)
    answered = np.flatnonzero(np.isfinite(promised)) if len(rows) else np.zeros(0, np.int64)
    if not len(answered):
        return ()
    answered = answered[np.argsort(days[answered], kind="stable")]
    count = int(np.clip(len(answered) // FEWEST_ANSWERS, 1, spans))
    return tuple(
        _period(promised[part], liked[part], days[part]) for part in np.array_split(answered, count)
    )


def _promise(shown: Exposure, row: int, day: float) -> float:
    before = np.flatnonzero((shown.rows == row) & (shown.days <= day))
    return float(shown.scores[before[-1]]) if len(before) else float("nan")


def _period(promised: FloatArray, liked: FloatArray, days: Float64) -> Period:
    since, until, answers = float(days.min()), float(days.max()), len(days)
    if answers < FEWEST_ANSWERS:
        return Period(since, until, answers)
    both = 0 < liked.sum() < answers
    return Period(
        since, until, answers,
        promised=float(promised.mean()),
        liked=float(liked.mean()),
        error=metrics.calibration_error(metrics.calibration(promised, liked)),
        auc=metrics.auc(promised, liked) if both else None,
    )  # fmt: skip
