"""The kinds of music in a library: groups of songs that sound and are tagged alike, by name.

Spherical k-means (Dhillon and Modha, "Concept decompositions", Machine Learning 2001) over sound
and culture side by side. The number of groups follows the size of the library; it is a view, not
a finding: another seed draws other borders.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.features.points import BLOCK, Points, centres

if TYPE_CHECKING:
    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.records import IntArray

MOST, SONGS_EACH, FEWEST_SONGS = 8, 25, 30
SAMPLE = 5000
NAMED_TAGS = 3
TELLING = 1.5  # times as common in the group as in the library


@dataclass(frozen=True, slots=True)
class Cluster:
    """rows: int64 [m] of the catalogue, the most typical first. tags: the most telling first."""

    tags: tuple[str, ...]
    rows: IntArray


def clusters(catalogue: Catalogue, seed: int = 0) -> tuple[Cluster, ...]:
    """The groups, largest first; none where too few songs are known by sound or culture."""
    points = Points.of(catalogue)
    rows = points.known_rows()
    if len(rows) < FEWEST_SONGS:
        return ()
    count = int(np.clip(len(rows) // SONGS_EACH, 2, MOST))
    rng = np.random.default_rng(seed)
    some = points.at(rows[rng.permutation(len(rows))[:SAMPLE]])
    middles = centres(some, count, rng)
    blocks = (rows[start : start + BLOCK] for start in range(0, len(rows), BLOCK))
    near = np.concatenate([points.at(block) @ middles.T for block in blocks])
    of = near.argmax(axis=1)
    unsorted = []
    for k in range(count):
        own = np.flatnonzero(of == k)
        if len(own):
            typical = rows[own[np.argsort(-near[own, k], kind="stable")]]
            unsorted.append(Cluster(_tags(catalogue, typical), typical))
    return tuple(sorted(unsorted, key=lambda cluster: -len(cluster.rows)))


def _tags(catalogue: Catalogue, rows: IntArray) -> tuple[str, ...]:
    """The tags that are common in the group, and more so than in the library."""
    size = len(catalogue.tag_names)
    inside = np.zeros(len(catalogue), np.bool_)
    inside[rows] = True
    inside = np.repeat(inside, np.diff(catalogue.tag_starts))
    everywhere = np.bincount(catalogue.tag_codes, minlength=size) / max(len(catalogue), 1)
    here = np.bincount(catalogue.tag_codes[inside], minlength=size) / len(rows)
    lift = np.divide(here, everywhere, out=np.zeros(size), where=everywhere > 0)
    weight = np.where(lift >= TELLING, here * np.log(np.maximum(lift, 1)), 0)
    best = np.argsort(-weight, kind="stable")[:NAMED_TAGS]
    return tuple(catalogue.tag_names[i] for i in best if weight[i] > 0)
