"""A library as a map: songs that sound and are tagged alike lie close to each other.

Landmarks are laid out by t-SNE (van der Maaten and Hinton, JMLR 2008) from their principal
components; every other song lies where its nearest landmarks do, so that a map stays as it is when
songs are added. Directions and far distances mean nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray

MOST_LANDMARKS = 1000
FEWEST = 4
PERPLEXITY = 20.0
PLACED_BY = 3
"""Landmarks that say where another song lies."""
_ROUNDS, _EARLY = 300, 60
_EXAGGERATION = 8.0
_SHARPNESS = 60.0  # of the cosine: how much more the nearest of the landmarks says
_BLOCK = 20_000


def laid_out(points: FloatArray) -> FloatArray:
    """Float32 [m, 2] in [-1, 1] for points float32 [m, D] of length one; the same each time."""
    count = len(points)
    if count < FEWEST:
        return np.stack([np.linspace(-0.5, 0.5, count), np.zeros(count)], axis=1).astype(np.float32)
    wanted = _affinities(points)
    at = _principal(points)
    speed, gains = np.zeros_like(at), np.ones_like(at)
    rate = max(count / _EXAGGERATION, 50.0)
    for round_ in range(_ROUNDS):
        early = round_ < _EARLY
        pull = wanted * np.float32(_EXAGGERATION) if early else wanted
        slope = _slope(pull, at)
        gains = np.where(np.sign(slope) != np.sign(speed), gains + 0.2, gains * 0.8)
        gains = np.maximum(gains, 0.01)
        speed = (0.5 if early else 0.8) * speed - rate * gains * slope
        at = at + speed
        at -= at.mean(axis=0)
    scaled: FloatArray = (at / max(float(np.abs(at).max()), 1e-6)).astype(np.float32)
    return scaled


def placed(points: FloatArray, landmarks: FloatArray, at: FloatArray) -> FloatArray:
    """Float32 [n, 2]: each of the points [n, D] beside its nearest landmarks [m, D], at [m, 2]."""
    result = np.empty((len(points), 2), np.float32)
    few = min(PLACED_BY, len(landmarks))
    for start in range(0, len(points), _BLOCK):
        near = points[start : start + _BLOCK] @ landmarks.T
        best = np.argpartition(-near, few - 1, axis=1)[:, :few]
        cosines = np.take_along_axis(near, best, axis=1)
        weights = np.exp(np.float32(_SHARPNESS) * (cosines - cosines.max(axis=1, keepdims=True)))
        weights /= weights.sum(axis=1, keepdims=True)
        result[start : start + _BLOCK] = (at[best] * weights[:, :, None]).sum(axis=1)
    return result


def trustworthiness(points: FloatArray, at: FloatArray, neighbours: int = 12) -> float:
    """How far neighbours on the map [n, 2] are neighbours in truth [n, D], 0 to 1.

    Venna and Kaski, "Neighborhood preservation in nonlinear projection methods" (ICANN 2001).
    """
    count = len(points)
    true_order = np.argsort(-(points @ points.T) - 9 * np.eye(count), axis=1, kind="stable")
    rank = np.empty_like(true_order)
    np.put_along_axis(rank, true_order, np.arange(count)[None, :].repeat(count, 0), axis=1)
    apart = ((at[:, None] - at[None]) ** 2).sum(axis=2) + 1e9 * np.eye(count)
    shown = np.argpartition(apart, neighbours - 1, axis=1)[:, :neighbours]
    excess = np.maximum(np.take_along_axis(rank, shown, axis=1) - neighbours, 0).sum()
    worst = count * neighbours * (2 * count - 3 * neighbours - 1)
    return float(1 - 2 * excess / worst)


def _affinities(points: FloatArray) -> FloatArray:
    """Float32 [m, m], summing to one: each row a Gaussian of PERPLEXITY neighbours, made even."""
    squares = np.maximum(2 - 2 * (points @ points.T), 0)
    np.fill_diagonal(squares, np.inf)
    target = np.log(min(PERPLEXITY, (len(points) - 1) / 3))
    low, high = np.full(len(points), 1e-3), np.full(len(points), 1e5)
    finite = np.where(np.isfinite(squares), squares, 0)
    shares = np.zeros_like(squares)
    for _ in range(40):
        sharp = np.sqrt(low * high)
        shares = np.exp(-sharp[:, None] * (squares - squares.min(axis=1, keepdims=True)))
        shares /= shares.sum(axis=1, keepdims=True)
        least = squares.min(axis=1)
        whole = np.exp(-sharp[:, None] * (squares - least[:, None])).sum(axis=1)
        entropy = np.log(whole) + sharp * ((shares * finite).sum(axis=1) - least)
        low = np.where(entropy > target, sharp, low)
        high = np.where(entropy > target, high, sharp)
    even: FloatArray = ((shares + shares.T) / (2 * len(points))).astype(np.float32)
    return even


def _principal(points: FloatArray) -> NDArray[np.float32]:
    """Float32 [m, 2]: the two main directions, small; signs fixed."""
    centred = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    axes = axes[:, :-3:-1]
    axes = axes * np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])])
    at = centred @ axes
    if at.shape[1] < 2:
        at = np.pad(at, ((0, 0), (0, 2 - at.shape[1])))
    small: NDArray[np.float32] = (1e-2 * at / max(float(at.std()), 1e-9)).astype(np.float32)
    return small


def _slope(wanted: FloatArray, at: FloatArray) -> FloatArray:
    """Float32 [m, 2]: of the divergence of the map's neighbourhoods from those wanted."""
    squares = (at**2).sum(axis=1)
    kernel = 1 / (1 + np.maximum(squares[:, None] + squares[None] - 2 * (at @ at.T), 0))
    np.fill_diagonal(kernel, 0)
    force = (wanted - kernel / kernel.sum()) * kernel
    slope: FloatArray = 4 * (force.sum(axis=1)[:, None] * at - force @ at)
    return slope
