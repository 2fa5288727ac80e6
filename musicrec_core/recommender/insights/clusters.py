"""The kinds of music in a library: groups of songs that sound and are tagged alike, by name.

Spherical k-means (Dhillon and Modha, "Concept decompositions", Machine Learning 2001) over sound
and culture side by side. The number of groups follows the size of the library; it is a view, not
a finding: another seed draws other borders.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.records import FloatArray, IntArray

MOST, SONGS_EACH, FEWEST_SONGS = 8, 25, 30
SAMPLE, ROUNDS = 5000, 20
NAMED_TAGS = 3
TELLING = 1.5  # times as common in the group as in the library


@dataclass(frozen=True, slots=True)
class Cluster:
    """rows: int64 [m] of the catalogue, the most typical first. tags: the most telling first."""

    tags: tuple[str, ...]
    rows: IntArray


def clusters(catalogue: Catalogue, seed: int = 0) -> tuple[Cluster, ...]:
    """The groups, largest first; none where too few songs are known by sound or culture."""
    points, rows = _points(catalogue)
    if len(rows) < FEWEST_SONGS:
        return ()
    count = int(np.clip(len(rows) // SONGS_EACH, 2, MOST))
    rng = np.random.default_rng(seed)
    some = points[rng.permutation(len(points))[:SAMPLE]]
    near = points @ _centres(some, count, rng).T
    of = near.argmax(axis=1)
    found = []
    for k in range(count):
        own = np.flatnonzero(of == k)
        if len(own):
            typical = rows[own[np.argsort(-near[own, k], kind="stable")]]
            found.append(Cluster(_tags(catalogue, typical), typical))
    return tuple(sorted(found, key=lambda cluster: -len(cluster.rows)))


def _points(catalogue: Catalogue) -> tuple[FloatArray, IntArray]:
    """Float32 [m, E + C] of length one, from the library's centre, and their rows."""
    parts = [_centred(part) for part in (catalogue.near, catalogue.culture) if part.shape[1]]
    if not parts:
        return np.zeros((0, 0), np.float32), np.zeros(0, np.int64)
    points = np.concatenate(parts, axis=1)
    length = np.linalg.norm(points, axis=1)
    rows = np.flatnonzero(length > 0)
    return (points[rows] / length[rows, None]).astype(np.float32), rows


def _centred(vectors: FloatArray) -> FloatArray:
    known = np.isfinite(vectors).all(axis=1)
    centred = np.zeros_like(vectors)
    if known.any():
        centred[known] = vectors[known] - vectors[known].mean(axis=0)
    return centred


def _centres(points: FloatArray, count: int, rng: np.random.Generator) -> FloatArray:
    """Float32 [count, D], begun far apart (Arthur and Vassilvitskii, k-means++, 2007)."""
    chosen = [int(rng.integers(len(points)))]
    for _ in range(count - 1):
        away = np.clip(1 - (points @ points[chosen].T).max(axis=1), 1e-9, None).astype(np.float64)
        chosen.append(int(rng.choice(len(points), p=away / away.sum())))
    centres = points[chosen]
    for _ in range(ROUNDS):
        of = (points @ centres.T).argmax(axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, of, points)
        length = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(length > 1e-6, sums / np.maximum(length, 1e-6), centres)
    return centres


def _tags(catalogue: Catalogue, rows: IntArray) -> tuple[str, ...]:
    """The tags that are common in the group, and more so than in the library."""
    size = len(catalogue.tag_names)
    row_of = np.repeat(np.arange(len(catalogue)), np.diff(catalogue.tag_starts))
    everywhere = np.bincount(catalogue.tag_codes, minlength=size) / max(len(catalogue), 1)
    inside = np.isin(row_of, rows)
    here = np.bincount(catalogue.tag_codes[inside], minlength=size) / len(rows)
    lift = np.divide(here, everywhere, out=np.zeros(size), where=everywhere > 0)
    weight = np.where(lift >= TELLING, here * np.log(np.maximum(lift, 1)), 0)
    best = np.argsort(-weight, kind="stable")[:NAMED_TAGS]
    return tuple(catalogue.tag_names[i] for i in best if weight[i] > 0)
