"""Where songs lie on the map by their sound, as this library's own placed artists teach it.

A ridge regression in closed form, from the mean sound of an artist's songs to the artist's place.
It speaks only where it foresees artists that were left out better than the middle of the library
does, beyond noise.
"""

from __future__ import annotations

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


def guess_places(
    sound: Vectors, vectors: Vectors, artists: NDArray[np.int64], wanted: NDArray[np.bool_]
) -> Vectors | None:
    """float32 [n, D]: where sound puts the wanted tracks, length one; NaN for all others.

    sound: float32 [n, E]; vectors: float32 [n, D], both of length one or NaN. artists: int64 [n],
    codes, -1 for nobody. None where sound tells no more than the middle of the library.
    """
    heard = np.isfinite(sound).all(axis=1) if sound.shape[1] else np.zeros(len(sound), np.bool_)
    asked = np.flatnonzero(heard & wanted)
    taught = heard & np.isfinite(vectors[:, 0]) & (artists >= 0)
    if not len(asked) or len(np.unique(artists[taught])) < FEWEST_ARTISTS:
        return None
    x = artist_means(sound[taught], artists[taught])
    y = unit(artist_means(vectors[taught], artists[taught]), unknown=0.0)
    step = -(-len(x) // MOST_ARTISTS)
    fitted = _fitted(x[::step], y[::step])
    if fitted is None:
        return None
    places = np.full_like(vectors, np.nan)
    places[asked] = unit(sound[asked] @ fitted[0] + fitted[1], unknown=np.nan)
    return places


def artist_means(rows: Vectors, artists: NDArray[np.int64]) -> Vectors:
    """float32 [a, D]: the mean of each artist's rows, by ascending code."""
    order = np.argsort(artists, kind="stable")
    _, starts, counts = np.unique(artists[order], return_index=True, return_counts=True)
    sums = np.add.reduceat(rows[order], starts, axis=0)
    return np.asarray(sums / counts[:, None], np.float32)


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
