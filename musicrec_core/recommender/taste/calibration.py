"""From logits to probabilities and ratings: two numbers each, fitted on held-out rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.taste.forward import sigmoid

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray

FEWEST_RATINGS = 8


def slope_and_shift(
    logits: FloatArray,
    targets: FloatArray,
    weights: FloatArray,
    *,
    expected_slope: float = 1.0,
    doubt: float = 0.5,
) -> tuple[float, float]:
    """Logistic calibration (Platt, 1999) whose slope is drawn to `expected_slope`.

    `doubt` is the standard deviation of that belief; the shift's is 3. The slope is kept from
    turning the order of songs around.
    """
    design = np.stack([logits, np.ones(len(logits))], axis=1).astype(np.float64)
    prior = np.array([1 / doubt**2, 1 / 9])
    centre = np.array([expected_slope, 0.0])
    solution = centre.copy()
    for _ in range(30):
        probability = sigmoid(design @ solution).astype(np.float64)
        curve = weights * np.maximum(probability * (1 - probability), 1e-6)
        hessian = (design * curve[:, None]).T @ design + np.diag(prior)
        gradient = design.T @ (weights * (targets - probability)) - prior * (solution - centre)
        step = np.linalg.solve(hessian, gradient)
        solution = solution + np.clip(step, -1, 1)
        if float(np.abs(step).max()) < 1e-7:
            break
    return float(max(solution[0], 0.05)), float(solution[1])


def rating_line(learned: FloatArray, ratings: FloatArray) -> tuple[float, float] | None:
    """(intercept, slope) from a number in [0, 1] to the rating; None with too few ratings.

    By least squares, drawn to 1 + 4 * learned as if by five more ratings.
    """
    rated = np.isfinite(ratings)
    if int(rated.sum()) < FEWEST_RATINGS:
        return None
    design = np.stack([np.ones(int(rated.sum())), learned[rated]], axis=1).astype(np.float64)
    centre = np.array([1.0, 4.0])
    gap = ratings[rated] - design @ centre
    solution = centre + np.linalg.solve(design.T @ design + 5 * np.eye(2) / 4, design.T @ gap)
    return float(solution[0]), float(max(solution[1], 0.0))
