"""Where songs lie on the map by their sound, as this library's own placed artists teach it.

A ridge regression in closed form, from the mean sound of an artist's songs to the artist's place.
It speaks only where it foresees artists that were left out better than the middle of the library
does, beyond noise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.culture.map import unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

PENALTIES = (0.3, 1.0, 3.0, 10.0, 30.0)  # sound comes at length one
FEWEST_ARTISTS = 30
MOST_ARTISTS = 4_000  # more teach little more, and take time
BEYOND_NOISE = 3.0  # standard errors
ROWS_AT_ONCE = 65_536


@dataclass(frozen=True, slots=True)
class Repeated:
    """float32 [n, D] of which many rows are alike: values [p, D], and at, int64 [n], which."""

    values: Vectors
    at: NDArray[np.int64]

    def __getitem__(self, rows: NDArray[np.int64]) -> Vectors:
        return self.values[self.at[rows]]


def anywhere(vectors: Vectors | Repeated) -> NDArray[np.bool_]:
    """Bool [n]: which have a place."""
    if isinstance(vectors, Repeated):
        has_place: NDArray[np.bool_] = anywhere(vectors.values)[vectors.at]
        return has_place
    return np.isfinite(vectors[:, 0])


@dataclass(frozen=True, slots=True)
class SoundPlaces:
    """Where sound puts the tracks that are `asked`, bool [n]; weights [E, D], offset [D]."""

    asked: NDArray[np.bool_]
    weights: Vectors
    offset: Vectors

    def of(self, sound: Vectors) -> Vectors:
        """float32 [m, D], length one, of float32 [m, E]; NaN where it is the middle of all."""
        return unit(sound @ self.weights + self.offset, unknown=np.nan)


def guess_places(
    sound: Vectors,
    vectors: Vectors | Repeated,
    artists: NDArray[np.int64],
    wanted: NDArray[np.bool_],
) -> SoundPlaces | None:
    """Where sound puts the wanted tracks that were heard.

    sound: float32 [n, E]; vectors: float32 [n, D], both of length one or NaN. artists: int64 [n],
    codes, -1 for nobody. None where sound tells no more than the middle of the library.
    """
    heard = _heard(sound)
    taught = np.flatnonzero(heard & anywhere(vectors) & (artists >= 0))
    if not (heard & wanted).any() or len(np.unique(artists[taught])) < FEWEST_ARTISTS:
        return None
    x = artist_means(sound, artists, taught)
    y = unit(artist_means(vectors, artists, taught), unknown=0.0)
    step = -(-len(x) // MOST_ARTISTS)
    fitted = _fitted(x[::step], y[::step])
    return None if fitted is None else SoundPlaces(heard & wanted, *fitted)


def _heard(sound: Vectors) -> NDArray[np.bool_]:
    heard = np.zeros(len(sound), np.bool_)
    if sound.shape[1]:
        for start in range(0, len(sound), ROWS_AT_ONCE):
            part = slice(start, start + ROWS_AT_ONCE)
            heard[part] = np.isfinite(sound[part]).all(axis=1)
    return heard


def artist_means(
    vectors: Vectors | Repeated, artists: NDArray[np.int64], rows: NDArray[np.int64]
) -> Vectors:
    """float32 [a, D]: the mean of the vectors of each artist's `rows`, by ascending code."""
    order = rows[np.argsort(artists[rows], kind="stable")]
    _, starts, counts = np.unique(artists[order], return_index=True, return_counts=True)
    ends = starts + counts
    sums, first = [vectors[rows[:0]]], 0
    while first < len(starts):  # whole artists, so many rows at a time
        last = max(first + 1, int(np.searchsorted(ends, starts[first] + ROWS_AT_ONCE, "right")))
        some = vectors[order[starts[first] : ends[last - 1]]]
        sums.append(np.add.reduceat(some, starts[first:last] - starts[first], axis=0))
        first = last
    return np.asarray(np.concatenate(sums) / counts[:, None], np.float32)


def _fitted(x: Vectors, y: Vectors) -> tuple[Vectors, Vectors] | None:
    """Weights [E, D] and offset [D]; None where artists left out are not foreseen.

    Leaving one out of a ridge regression has a closed form (Allen 1974), so each penalty costs one
    product, and each artist is judged by all others.
    """
    middle, centre = y.mean(axis=0), x.mean(axis=0)
    values, axes = np.linalg.eigh((x - centre).T @ (x - centre))
    turned = (x - centre) @ axes
    goal = turned.T @ (y - middle)
    best: tuple[float, Vectors, Vectors] | None = None
    for penalty in PENALTIES:
        scale = 1 / (np.maximum(values, 0) + np.float32(penalty))
        leverage = (turned**2) @ scale + 1 / len(x)
        weights = scale[:, None] * goal
        left_out = y - (y - middle - turned @ weights) / (1 - leverage)[:, None]
        error = float(((left_out - y) ** 2).mean())
        if best is None or error < best[0]:
            best = error, left_out, axes @ weights
    assert best is not None
    others = (y.sum(axis=0) - y) / (len(y) - 1)
    gain = ((unit(best[1], 0.0) - unit(others, 0.0)) * y).sum(axis=1)
    if gain.mean() <= BEYOND_NOISE * gain.std() / len(gain) ** 0.5:
        return None
    return best[2], middle - centre @ best[2]
