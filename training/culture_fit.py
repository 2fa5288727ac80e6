"""How the map is made: one factorisation of who played and who is called what.

The columns of the matrix are artists. One block of rows are listeners, each play divided by
sqrt(listeners of the artist + PLAY_SHRINK): the Gram matrix of that block is the shrunk cosine of
item-item co-occurrence. The other block are tags, by log(1 + givers) * idf, each artist scaled to
length one and less where few people tagged it. Artist vectors are the right singular vectors
times singular values (Deerwester et al. 1990), at length one. A tag's vector is the direction of
the sum of its artists' vectors, each by log(1 + givers) over the root of all that is said of the
artist; the length of that sum is its strength.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.linalg import svds

from musicrec_core.culture.files import MapData
from musicrec_core.names import artist_key
from training.culture_data import Listening

TAGS_AN_ARTIST = 12


@dataclass(frozen=True, slots=True)
class Settings:
    """Chosen on validation listeners; the benchmark `culture_quality` reports on test ones."""

    size: int = 96
    play_shrink: float = 10.0
    tag_shrink: float = 15.0
    tag_block: float = 0.25


def fit(
    listening: Listening,
    listeners: NDArray[np.int64],
    settings: Settings | None = None,
    untagged: NDArray[np.int64] | None = None,
) -> MapData:
    """The map of what these listeners played and said, and of nothing else.

    `untagged` are artists whose tags are to stay unseen (to test how well they are predicted).
    Artists that none of the listeners played or tagged get vectors of zero.
    """
    settings = settings or Settings()
    plays = listening.plays[listeners].sign().astype(np.float64)
    counts = listening.tag_counts(listeners).astype(np.float64)
    if untagged is not None:
        seen = np.ones(counts.shape[0])
        seen[untagged] = 0
        counts = sparse.csr_matrix(sparse.diags(seen) @ counts)
        counts.eliminate_zeros()
    heard = np.asarray(plays.sum(axis=0)).ravel()
    artists = _artist_vectors(plays, heard, counts, settings)
    tags = np.asarray(_damped(counts).T @ artists)
    strength = np.linalg.norm(tags, axis=1)
    start, index, weight = _heaviest_tags(counts)
    return MapData(
        artist_names=listening.artist_names,
        artist_keys=tuple(artist_key(name) for name in listening.artist_names),
        artist_vectors=artists.astype(np.float32),
        listeners=heard.astype(np.int64),
        tag_names=listening.tag_names,
        tag_vectors=_unit(tags).astype(np.float32),
        tag_strength=strength.astype(np.float32),
        tag_start=start,
        tag_index=index,
        tag_weight=weight,
    )


def _artist_vectors(
    plays: sparse.csr_matrix,
    heard: NDArray[np.float64],
    counts: sparse.csr_matrix,
    settings: Settings,
) -> NDArray[np.float64]:
    """float64 [A, D], rows of length one, or zero for artists in neither block."""
    play_block = plays @ sparse.diags(1 / np.sqrt(heard + settings.play_shrink))
    artists_with = np.asarray((counts > 0).sum(axis=0)).ravel()
    idf = np.log(counts.shape[0] / (1 + artists_with))
    log_counts = counts.log1p() @ sparse.diags(idf)
    length = np.asarray(log_counts.multiply(log_counts).sum(axis=1)).ravel()
    log_counts = (
        sparse.diags(settings.tag_block / np.sqrt(length + settings.tag_shrink)) @ log_counts
    )
    rows = sparse.vstack([play_block, log_counts.T]).tocsr()
    _, values, right = svds(rows, k=settings.size, rng=np.random.default_rng(0))
    order = np.argsort(-values)
    vectors = (right[order] * values[order, None]).T
    # The sign of a singular vector is arbitrary; fixing it makes the file reproducible.
    return _unit(vectors * np.sign(vectors.sum(axis=0)))


def _damped(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """[A, T]: log counts, each artist's over the root of their sum, so that stars weigh less."""
    log_counts = counts.log1p()
    total = np.asarray(log_counts.sum(axis=1)).ravel()
    return sparse.csr_matrix(sparse.diags(1 / np.sqrt(total + 5)) @ log_counts)


def _heaviest_tags(
    counts: sparse.csr_matrix,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """Starts [A + 1], indexes and weights of each artist's tags, heaviest first, few kept."""
    starts, indexes, weights = [0], [], []
    for artist in range(counts.shape[0]):
        row = counts[artist]
        order = np.argsort(-row.data, kind="stable")[:TAGS_AN_ARTIST]
        indexes.append(row.indices[order])
        weights.append(row.data[order] / max(row.data.max(initial=0), 1))
        starts.append(starts[-1] + len(order))
    joined = np.concatenate(weights).astype(np.float32)
    return np.array(starts, np.int64), np.concatenate(indexes).astype(np.int64), joined


def _unit(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(np.where(length > 1e-9, rows / np.maximum(length, 1e-9), 0.0))
