"""Exact Shapley values over groups of inputs: each group's fair share of a score.

Shapley, "A value for n-person games", 1953; on model inputs with a fixed reference: Lundberg and
Lee, "A unified approach to interpreting model predictions", NeurIPS 2017. With at most eight
groups all coalitions can be asked, so nothing is sampled and the shares add up exactly.
"""

from __future__ import annotations

from math import factorial
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray


def shares(
    logits: Callable[[FloatArray], FloatArray],
    inputs: FloatArray,
    reference: FloatArray,
    groups: tuple[str, ...],
) -> tuple[tuple[str, ...], FloatArray]:
    """Names of the G groups, and float32 [m, G] shares.

    inputs: float32 [m, K]. reference: float32 [K], inputs of an ordinary recording. groups: a
    name a column. Each row of shares sums to logits(inputs) - logits(reference).
    """
    names = tuple(dict.fromkeys(groups))
    result = np.zeros((len(inputs), len(names)), np.float32)
    differs = (inputs != reference).any(axis=0)
    columns = {g: np.array([name == g for name in groups]) for g in names}
    playing = [i for i, g in enumerate(names) if (columns[g] & differs).any()]
    worth = _worth(logits, inputs, reference, [columns[names[i]] for i in playing])
    result[:, playing] = _values(worth, len(playing)).T
    return names, result


def _worth(
    logits: Callable[[FloatArray], FloatArray],
    inputs: FloatArray,
    reference: FloatArray,
    columns: list[NDArray[np.bool_]],
) -> NDArray[np.float64]:
    """Float64 [2^G, m]: the logit when only the groups in a coalition, a bit each, are seen."""
    worth = np.empty((1 << len(columns), len(inputs)))
    for coalition in range(len(worth)):
        seen = np.zeros(len(reference), np.bool_)
        for bit, own in enumerate(columns):
            if coalition >> bit & 1:
                seen |= own
        worth[coalition] = logits(np.where(seen, inputs, reference).astype(np.float32))
    return worth


def _values(worth: NDArray[np.float64], players: int) -> NDArray[np.float64]:
    """Float64 [G, m]: each player's mean gain over all orders of joining."""
    coalitions = np.arange(1 << players)
    size = np.array([int(c).bit_count() for c in coalitions])
    chance = np.array(
        [factorial(s) * factorial(players - s - 1) / factorial(players) for s in range(players)]
    )
    values = np.empty((players, worth.shape[1]))
    for player in range(players):
        without = coalitions[coalitions >> player & 1 == 0]
        gain = worth[without | 1 << player] - worth[without]
        values[player] = chance[size[without]] @ gain
    return values
