"""How well songs find their own by nearness: their album, and their artist's other albums."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.model_records import RetrievalMetrics
from musicrec_core.recommender.evaluation.gate import Verdict

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray, IntArray

RESAMPLES = 2000
INTERVAL = (0.01, 0.99)
"""Wider than usual: the artists of a fold compete with each other, which a bootstrap over them does
not see. With 95 % it promoted 8 % of ears taught by random tags, see benchmarks ears_gate."""
COSINE_DECIMALS = 5
"""Cosines that differ by less are tied: the last digits of a float32 product are the processor's,
and they follow the row's place in the library, where songs of one artist lie together."""


@dataclass(frozen=True, slots=True)
class RetrievalPrecision:
    """One round: artists int64 [n] of the held-out songs, and what `precision_of` says of them."""

    artists: IntArray
    before: FloatArray
    after: FloatArray


def precision_of(near: FloatArray, artists: IntArray, albums: IntArray) -> FloatArray:
    """Average precision [n, 2] of each song's search, by nearness to `near` [n, E] rows.

    First for the other songs of its album, then for songs on its artist's other albums, where the
    own album is left out: it may sound alike only because it was recorded together. An album is
    what one artist has on it, so that a compilation is none. NaN where there is nothing to find.
    """
    precision = np.full((len(near), 2), np.nan, dtype=np.float32)
    for row in range(len(near)):
        by_artist = artists == artists[row]
        on_album = by_artist & (albums == albums[row]) & (albums[row] >= 0)
        others = np.ones(len(near), dtype=np.bool_)
        others[row] = False
        similar = np.round(near @ near[row], COSINE_DECIMALS)
        precision[row, 0] = average_precision(similar[others], on_album[others])
        if albums[row] >= 0:
            others &= ~on_album
        precision[row, 1] = average_precision(similar[others], by_artist[others])
    return precision


def average_precision(similar: FloatArray, wanted: NDArray[np.bool_]) -> float:
    """Mean precision at the place of each wanted one, ties in their order.

    NaN where none or all are wanted.
    """
    if not wanted.any() or wanted.all():
        return np.nan
    places = np.flatnonzero(wanted[np.argsort(-similar, kind="stable")]) + 1
    return float(np.mean(np.arange(1, len(places) + 1) / places))


def compared(
    rounds: Sequence[RetrievalPrecision], seed: int
) -> tuple[Verdict, RetrievalMetrics, RetrievalMetrics]:
    """The verdict on the gain, and the precision before and after, as means over artists.

    The interval is a paired bootstrap over artists (Efron, Tibshirani, 1993). A gain on one of the
    two at the other's expense is none.
    """
    before, after = (_by_artist(rounds, name) for name in ("before", "after"))
    both = np.stack([before, after])
    gains = _mean(after - before, axis=1)
    gains = gains[np.isfinite(gains)]
    draws = np.random.default_rng(seed).integers(0, len(gains), (RESAMPLES, len(gains)))
    low, high = np.quantile(gains[draws].mean(axis=1), INTERVAL)
    means = _mean(both, axis=1)
    if np.nanmin(means[1] - means[0]) < 0:
        low = min(low, 0.0)
    verdict = Verdict(float(gains.mean()), float(low), float(high))
    return verdict, _nearness(means[0]), _nearness(means[1])


def _by_artist(rounds: Sequence[RetrievalPrecision], name: str) -> FloatArray:
    """Means [artists, 2] over all songs and rounds of each artist."""
    codes = np.concatenate([part.artists for part in rounds])
    values = np.concatenate([getattr(part, name) for part in rounds])
    _, code = np.unique(codes, return_inverse=True)
    sums, counts = np.zeros((2, code.max() + 1, values.shape[1]))
    np.add.at(sums, code, np.nan_to_num(values))
    np.add.at(counts, code, np.isfinite(values))
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def _mean(values: FloatArray, axis: int) -> FloatArray:
    """Of what is known; NaN where nothing is."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        mean: FloatArray = np.nanmean(values, axis=axis)
    return mean


def _nearness(means: FloatArray) -> RetrievalMetrics:
    albums, artists = (float(m) if np.isfinite(m) else None for m in means)
    return RetrievalMetrics(albums, artists)
