"""Scores as they are shown: spread over one library, so that what differs can be told apart.

The chance of a like runs together at 0.99 for all that a well-known taste likes. What is shown is
the same order on the library's own scale: 0.5 is the ordinary song (the median), and its logit goes
by the spread of the upper half, 0.73 being one deviation above. While little is known scores lie
close together, and are not spread further than the model itself does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray

_EDGE = 1e-7  # probabilities nearer to 0 or 1 are not told apart
_UPPER = 0.95
_UPPER_DEVIATIONS = 1.645  # at which a normal distribution has that share below
_LEAST_SPREAD = 1.0


@dataclass(frozen=True, slots=True)
class ScoreScale:
    """One library's: its middle and spread, in logits of the chance of a like."""

    middle: float = 0.0
    spread: float = 1.0

    @classmethod
    def of(cls, chances: FloatArray) -> ScoreScale:
        """From the chances [n], in [0, 1], of all recordings."""
        if not len(chances):
            return cls()
        middle, upper = np.quantile(_logits(chances), (0.5, _UPPER))
        spread = float(upper - middle) / _UPPER_DEVIATIONS
        return cls(float(middle), max(spread, _LEAST_SPREAD))

    def shown(self, chances: FloatArray) -> FloatArray:
        """Float32 of the same shape, in (0, 1), rising with the chances."""
        steps = (_logits(chances) - self.middle) / self.spread
        scores: FloatArray = (1 / (1 + np.exp(-steps))).astype(np.float32)
        return scores


def _logits(chances: FloatArray) -> FloatArray:
    clipped = np.clip(np.asarray(chances, np.float64), _EDGE, 1 - _EDGE)
    logits: FloatArray = np.log(clipped / (1 - clipped))
    return logits
