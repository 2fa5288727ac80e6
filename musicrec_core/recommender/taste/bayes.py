"""Bayesian logistic regression around an offset: what little feedback can support.

The posterior is Laplace's; how far the weights may stray from zero is the evidence's choice
(MacKay, "The evidence framework applied to classification networks", 1992). It is written as a
block without hidden layers whose members are draws from the posterior, so that its uncertainty
reads like any ensemble's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.taste.forward import Block, sigmoid
from musicrec_core.recommender.taste.piecewise_linear import Knots

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray

PRECISIONS = 10.0 ** np.arange(0.5, 5.1, 0.5)
INTERCEPT_PRECISION = 0.1
BINS = 8
STEPS = 25


@dataclass(frozen=True, slots=True)
class FittedLinear:
    """The block, and for each row its logit without that row (approximate leave-one-out)."""

    block: Block
    left_out_logits: FloatArray
    precision: float


@dataclass(frozen=True, slots=True)
class _Posterior:
    mean: NDArray[np.float64]
    hessian: NDArray[np.float64]
    evidence: float
    precision: float


def fit_linear(
    inputs: FloatArray,
    targets: FloatArray,
    weights: FloatArray,
    offsets: FloatArray,
    *,
    members: int = 16,
    seed: int = 0,
) -> FittedLinear:
    """Inputs [m, K] with targets in {0, 1}, weights and offsets [m]."""
    knots = Knots.of(inputs, BINS)
    design = _design(knots, inputs)
    posteriors = [_posterior(design, targets, weights, offsets, p) for p in PRECISIONS]
    best = max(posteriors, key=lambda posterior: posterior.evidence + _belief(posterior, knots))
    return FittedLinear(
        _block(knots, best, members, seed),
        _left_out(design, targets, weights, offsets, best),
        best.precision,
    )


def _belief(posterior: _Posterior, knots: Knots) -> float:
    """The log belief in a precision: that all inputs together move a logit by about one.

    A normal in decades around it, half a decade wide, without which a handful of opinions would
    choose for themselves how sure to be.
    """
    decades = np.log10(posterior.precision / len(knots.at))
    return float(-0.5 * (decades / 0.5) ** 2)


def _design(knots: Knots, inputs: FloatArray) -> NDArray[np.float64]:
    """[m, K + 1]: normal scores, zero where missing, and ones."""
    places = knots.positions(inputs)
    index = np.arange(knots.at.shape[1])
    scores = [
        np.interp(np.nan_to_num(place), index, normal) * np.isfinite(place)
        for place, normal in zip(places.T, knots.normal, strict=True)
    ]
    return np.stack([*scores, np.ones(len(inputs))], axis=1)


def _posterior(
    design: NDArray[np.float64],
    targets: FloatArray,
    weights: FloatArray,
    offsets: FloatArray,
    precision: float,
) -> _Posterior:
    """Newton's method to the mode; the evidence is that of the Laplace approximation."""
    prior = np.full(design.shape[1], precision)
    prior[-1] = INTERCEPT_PRECISION
    mean = np.zeros(design.shape[1])
    for _ in range(STEPS):
        probability = sigmoid(offsets + design @ mean).astype(np.float64)
        curve = weights * np.maximum(probability * (1 - probability), 1e-6)
        hessian = (design * curve[:, None]).T @ design + np.diag(prior)
        gradient = design.T @ (weights * (targets - probability)) - prior * mean
        step = np.linalg.solve(hessian, gradient)
        mean = mean + step * min(1.0, 3.0 / max(float(np.abs(step).max()), 1e-12))
        if float(np.abs(step).max()) < 1e-6:
            break
    logits = offsets + design @ mean
    likelihood = float((weights * (targets * logits - np.logaddexp(0, logits))).sum())
    _, volume = np.linalg.slogdet(hessian)
    evidence = likelihood - 0.5 * float(prior @ mean**2) + 0.5 * float(np.log(prior).sum() - volume)
    return _Posterior(mean, hessian, evidence, precision)


def _left_out(
    design: NDArray[np.float64],
    targets: FloatArray,
    weights: FloatArray,
    offsets: FloatArray,
    posterior: _Posterior,
) -> FloatArray:
    """Each row's logit had it not been seen, by one Newton step back from the mode."""
    logits = offsets + design @ posterior.mean
    probability = sigmoid(logits).astype(np.float64)
    leverage = np.einsum("ij,ji->i", design, np.linalg.solve(posterior.hessian, design.T)) * weights
    room = np.maximum(1 - leverage * probability * (1 - probability), 0.05)
    left_out: FloatArray = (logits - leverage / room * (targets - probability)).astype(np.float32)
    return left_out


def _block(knots: Knots, posterior: _Posterior, members: int, seed: int) -> Block:
    """Draws come in pairs mirrored at the mean, so that the members' mean is the posterior's."""
    half = np.random.default_rng(seed).normal(size=(len(posterior.mean), members // 2))
    away = np.linalg.solve(np.linalg.cholesky(posterior.hessian).T, half).T
    draws = posterior.mean + np.concatenate([away, -away])
    missing = np.zeros((len(knots.at), 1), np.float32)
    return Block(
        columns=np.arange(len(knots.at)),
        knots=knots.at,
        tables=np.concatenate([knots.normal, missing], axis=1)[..., None],
        weights=(draws[:, :-1, None].astype(np.float32),),
        biases=(draws[:, -1:].astype(np.float32),),
    )
