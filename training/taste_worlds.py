"""The world that some people's listening makes: artists with vectors, tags, years and listeners.

Culture is what the product has: a map made of these people's plays and tags, on which an artist
that it lacks is placed by tags alone. Hearing stands for sound, which the data do not hold: the
artists by half of their taggings.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from sklearn.utils.extmath import randomized_svd

from musicrec_core.culture.map import CultureMap
from musicrec_core.recommender.features.prior import Prior
from training import culture_fit
from training.culture_data import Listening

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray, IntArray

DIMENSIONS = 64
_FEWEST_LISTENERS = 3
_TAGS_AN_ARTIST = 8
_SAID, _GENRES = 20, 3
_DECADES = {"60s": 1965, "70s": 1975, "80s": 1985, "90s": 1995, "00s": 2005, "10s": 2015}


@dataclass(frozen=True, slots=True, repr=False)
class World:
    """All that some other people's listening says of n artists.

    artists: int64 [n], indices into `Listening`. culture, by_tags, by_genres: float32 [n, 96],
    rows of length one: places on the map, by name and tags, by many tags alone, and by the few
    that a file may carry. hearing: float32 [n, 64], rows of length one, from half of the
    taggings. tags: for each artist the codes of its tags.
    years: float32 [n], NaN where no decade is tagged. listeners: float32 [n], how many.
    prior: tag weights by popularity among these people.
    """

    artists: IntArray
    culture: FloatArray
    by_tags: FloatArray
    by_genres: FloatArray
    hearing: FloatArray
    tags: list[IntArray]
    tag_names: tuple[str, ...]
    years: FloatArray
    listeners: FloatArray
    prior: Prior


def world_of(data: Listening, people: IntArray, seed: int) -> World:
    """The world as `people` alone make it."""
    listeners = np.bincount(
        data.plays[people].nonzero()[1], minlength=len(data.artist_names)
    ).astype(np.float32)
    counts = data.tag_counts(people)
    enough = (listeners >= _FEWEST_LISTENERS) & (np.asarray(counts.sum(axis=1)).ravel() >= 2)
    artists = np.flatnonzero(enough)
    counts = counts[artists]
    half = sparse.csr_matrix(
        (np.random.default_rng(seed).binomial(counts.data.astype(int), 0.5), counts.indices,
         counts.indptr), shape=counts.shape,
    )  # fmt: skip
    names = [data.artist_names[a] for a in artists]
    places = CultureMap(culture_fit.fit(data, people))
    tags, genres = (_weighted_tags(counts, data.tag_names, most) for most in (_SAID, _GENRES))
    return World(
        artists=artists,
        culture=places.track_vectors(names, tags),
        by_tags=places.track_vectors([""] * len(names), tags),
        by_genres=places.track_vectors([""] * len(names), genres),
        hearing=_vectors(half, seed + 1),
        tags=[_top_tags(counts[i]) for i in range(len(artists))],
        tag_names=data.tag_names,
        years=_years(counts, data.tag_names),
        listeners=listeners[artists],
        prior=Prior(_tag_weights(counts, listeners[artists], data.tag_names), np.empty(0)),
    )


def turned(world: World, basis: FloatArray) -> World:
    """The same with its map in another basis, float64 [96, 96], orthogonal."""
    parts = (world.culture, world.by_tags, world.by_genres)
    culture, by_tags, by_genres = ((part @ basis).astype(np.float32) for part in parts)
    return replace(world, culture=culture, by_tags=by_tags, by_genres=by_genres)


def basis_to(world: World, other: World) -> FloatArray:
    """Float64 [96, 96]: turns the first map so that the artists of both lie nearest together."""
    _, here, there = np.intersect1d(world.artists, other.artists, return_indices=True)
    return rotation(world.culture[here], other.culture[there])


def rotation(points: FloatArray, goals: FloatArray) -> FloatArray:
    """Float64 [d, d], orthogonal: best brings points [n, d] to goals [n, d]; NaN is left out.

    Schonemann, "A generalized solution of the orthogonal Procrustes problem", 1966.
    """
    measured = np.isfinite(points[:, 0]) & np.isfinite(goals[:, 0])
    left, _, right = np.linalg.svd(points[measured].astype(np.float64).T @ goals[measured])
    turned: FloatArray = left @ right
    return turned


def _vectors(counts: sparse.csr_matrix, seed: int) -> FloatArray:
    """Float32 [n, 64]: artists by their tags, rarer tags counting more, rows of length one."""
    spread = np.asarray((counts > 0).sum(axis=0)).ravel()
    idf = np.log((counts.shape[0] + 1) / (spread + 1))
    weighted = counts.log1p().multiply(idf).tocsr()
    u, s, _ = randomized_svd(weighted, DIMENSIONS, random_state=seed)
    return unit(u * np.sqrt(s) + 1e-9)


def unit(vectors: FloatArray) -> FloatArray:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit: FloatArray = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit


def _top_tags(row: sparse.csr_matrix) -> IntArray:
    best = np.argsort(-row.data, kind="stable")[:_TAGS_AN_ARTIST]
    return np.sort(row.indices[best]).astype(np.int64)


def _weighted_tags(
    counts: sparse.csr_matrix, names: tuple[str, ...], most: int
) -> list[dict[str, float]]:
    """For each artist its `most` heaviest tags, by their share of the heaviest."""
    weights = []
    for artist in range(counts.shape[0]):
        row = counts[artist]
        best = np.argsort(-row.data, kind="stable")[:most]
        heaviest = row.data.max(initial=1)
        weights.append({names[row.indices[i]]: float(row.data[i] / heaviest) for i in best})
    return weights


def _years(counts: sparse.csr_matrix, names: tuple[str, ...]) -> FloatArray:
    """Float32 [n]: the mean of the decades that an artist is tagged with."""
    codes = [(names.index(name), year) for name, year in _DECADES.items() if name in names]
    table = np.asarray(counts[:, [code for code, _ in codes]].todense())
    total = table.sum(axis=1)
    mean = table @ np.array([year for _, year in codes]) / np.maximum(total, 1)
    return np.where(total > 0, mean, np.nan).astype(np.float32)


def _tag_weights(
    counts: sparse.csr_matrix, listeners: FloatArray, names: tuple[str, ...]
) -> dict[str, float]:
    """Log of how much oftener than usual an artist with the tag is listened to, shrunk."""
    has = (counts > 0).astype(np.float32)
    artists = np.asarray(has.sum(axis=0)).ravel()
    usual = np.log1p(listeners).mean()
    mean = (has.T @ np.log1p(listeners) + 30 * usual) / (artists + 30)
    return {names[i]: round(float(mean[i] - usual), 4) for i in np.flatnonzero(artists >= 15)}
