"""What a person plays at a time of the day and the week more than at others, where that is so.

Where plays lie in sound and style is regressed on sines and cosines of hour and weekday (ridge
regression; the encoding makes midnight a neighbour of eleven in the evening, and Sunday of Monday).
It counts only where the newest plays, which the regression did not see, lie nearer to what it says
than to the middle of all plays, plainly beyond chance between days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray, IntArray

HARMONICS = (1, 2)
"""Waves in a day, and in a week."""
FEWEST_PLAYS, FEWEST_DAYS = 100, 10
"""In all, and among those held out."""
HELD_OUT = 0.3
PRIOR_PLAYS = 600.0
"""Ridge: so many plays of no habit stand beside the real ones."""
SURE = 2.0
"""Standard errors between days by which the habit must foretell the newest plays better."""


@dataclass(frozen=True, slots=True, repr=False)
class Habit:
    """slopes: float32 [F, D], how the middle of what is played moves with the time.

    gain: share of the spread of the newest plays that it foretold; deviations: of that, above 0.
    """

    slopes: FloatArray
    gain: float
    deviations: float

    @property
    def helps(self) -> bool:
        """Whether it foretold plays that it had not seen."""
        return self.deviations >= SURE

    def direction(self, hour: float, weekday: int) -> FloatArray:
        """Float32 [D]: where what is played then lies, from the middle of all that is played."""
        moved: FloatArray = cyclic(np.array([hour]), np.array([weekday]))[0] @ self.slopes
        return moved


def cyclic(hours: FloatArray, weekdays: IntArray | FloatArray) -> FloatArray:
    """Float32 [e, F]: sines and cosines of hours in [0, 24) and weekdays from 0, Monday, to 6."""
    angles = [
        2 * np.pi * waves * turn
        for turn in (hours / np.float32(24), weekdays / np.float32(7))
        for waves in HARMONICS
    ]
    return np.stack([f(angle) for angle in angles for f in (np.sin, np.cos)], 1).astype(np.float32)


def habit_of(
    points: FloatArray, hours: FloatArray, weekdays: IntArray, days: IntArray
) -> Habit | None:
    """What e plays say, the oldest first; None where there are too few of them to tell.

    points: float32 [e, D], where each lies. hours, weekdays: as in `cyclic`. days: int64 [e], the
    day of each: plays of one day are no independent witnesses.
    """
    first = round(len(points) * (1 - HELD_OUT))
    newest = days[first:]
    if len(points) < FEWEST_PLAYS or len(np.unique(newest)) < FEWEST_DAYS:
        return None
    times = cyclic(hours, weekdays)
    middle, slopes = _fitted(points[:first], times[:first])
    away = points[first:] - middle
    moved = (times[first:] - times[:first].mean(axis=0)) @ slopes
    gains = (away**2).sum(axis=1) - ((away - moved) ** 2).sum(axis=1)
    _, day = np.unique(newest, return_inverse=True)
    sums = np.bincount(day, gains)
    error = float(np.sqrt((sums**2).sum()))
    total = float(sums.sum())
    _, slopes = _fitted(points, times)
    return Habit(slopes, total / float((away**2).sum()), total / max(error, 1e-9))


def _fitted(points: FloatArray, times: FloatArray) -> tuple[FloatArray, FloatArray]:
    """The middle of the plays, float32 [D], and the slopes [F, D] of a ridge regression."""
    middle = points.mean(axis=0)
    centred = times - times.mean(axis=0)
    system = centred.T @ centred + PRIOR_PLAYS / 2 * np.eye(times.shape[1], dtype=np.float32)
    slopes: FloatArray = np.linalg.solve(system, centred.T @ (points - middle)).astype(np.float32)
    return middle, slopes
