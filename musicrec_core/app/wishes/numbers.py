"""Constraints on numbers: year, tempo, energy, length."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.wishes.judgement import Constraint, Judgement
from musicrec_core.language.records import Range
from musicrec_core.recommender.ranking import z_scores

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray

STEADY = 0.04
"""A tempo in beats a minute is met by its double and its half as well, as people tap either."""
_SIGNS: Mapping[str, int] = {"fast": 1, "slow": -1, "high": 1, "low": -1, "long": 1, "short": -1}


def year(constraint: Constraint) -> Judgement:
    """Within the years; a song whose year is unknown does not meet it."""
    years = constraint.column("year")
    if not np.isfinite(years).any():
        return constraint.unjudged("the years of your songs are")
    rows = within(years, _span(constraint.chip.value))
    return Judgement(rows=rows, tell=lambda row: f"from {years[row]:.0f}" if rows[row] else None)


def tempo(constraint: Constraint) -> Judgement:
    """Within the beats a minute, or faster or slower than other songs."""
    beats = constraint.column("tempo_bpm")
    if not np.isfinite(beats).any():
        return constraint.unjudged("the tempo of your songs is")
    if isinstance(constraint.chip.value, Range):
        rows = _at_tempo(beats, constraint.chip.value)
        return Judgement(rows=rows, tell=_number(beats, rows, "{:.0f} beats a minute"))
    return _ordered(constraint, beats, "{:.0f} beats a minute")


def energy(constraint: Constraint) -> Judgement:
    """By arousal as heard, which agrees with what people call energy better than onsets do."""
    arousal = constraint.column("arousal")
    if not np.isfinite(arousal).any():
        return constraint.unjudged("how your songs sound is")
    return _ordered(constraint, arousal, "")


def length(constraint: Constraint) -> Judgement:
    """Within the seconds, or shorter or longer than other songs."""
    seconds = constraint.column("duration_s")
    if not np.isfinite(seconds).any():
        return constraint.unjudged("the length of your songs is")
    if isinstance(constraint.chip.value, Range):
        rows = within(seconds, constraint.chip.value)
        return Judgement(rows=rows, tell=lambda row: _clock(seconds[row]) if rows[row] else None)
    return _ordered(constraint, seconds, "")


def within(values: FloatArray, limits: Range) -> NDArray[np.bool_]:
    """Bool [n]: from start to end, both included; never where unknown."""
    rows = np.isfinite(values)
    if limits.start is not None:
        rows &= values >= limits.start
    if limits.end is not None:
        rows &= values <= limits.end
    return rows


def _span(value: str | Range) -> Range:
    """The years of "1994", "1990s" or "1990-1999"."""
    if isinstance(value, Range):
        return value
    first, _, last = value.replace("–", "-").partition("-")
    start, end = int(first.rstrip("s")), int((last or first).rstrip("s"))
    return Range(start, end + 9 if (last or first).endswith("s") else end)


def _at_tempo(beats: FloatArray, limits: Range) -> NDArray[np.bool_]:
    rows = np.zeros(len(beats), np.bool_)
    low = None if limits.start is None else limits.start * (1 - STEADY)
    high = None if limits.end is None else limits.end * (1 + STEADY)
    both = limits.start is not None and limits.end is not None
    for octave in (1.0, 2.0, 0.5) if both else (1.0,):
        heard = beats * np.float32(octave)
        rows |= np.isfinite(heard) & (
            (heard >= (low or 0)) & (heard <= (np.inf if high is None else high))
        )
    return rows


def _ordered(constraint: Constraint, values: FloatArray, words: str) -> Judgement:
    """More, less or about the middle of a number; compared with examples where there are some."""
    sign = _SIGNS.get(constraint.word, 0)
    fit = z_scores(values)
    fit = -np.abs(fit) if sign == 0 else np.float32(sign) * fit
    rows = None
    own = values[constraint.examples]
    if constraint.chip.relative and sign and np.isfinite(own).any():
        # "slower" than what was just heard: on that side of it, whatever the library is like.
        rows = np.isfinite(values) & (sign * (values - np.nanmedian(own)) > 0)
    return Judgement(fit, rows, _number(values, np.isfinite(values), words))


def _number(values: FloatArray, rows: NDArray[np.bool_], words: str) -> Callable[[int], str | None]:
    return lambda row: words.format(values[row]) if words and rows[row] else None


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(float(seconds)), 60)
    return f"{minutes}:{rest:02d} long"
