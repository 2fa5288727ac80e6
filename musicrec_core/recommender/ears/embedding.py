"""The embedding: half of it how a song sounds, half what it means.

Both halves are linear maps of the standardised features in closed form, so that what codecs do to
songs can be held against every direction (within-class covariance normalisation: Hatch,
Kajarekar, Stolcke, Interspeech 2006). Under the half for sound, excerpts of one song and songs
of one artist lie close. The half for meaning are principal components of the labels as a
ridge regression guesses them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.ears.anchors import alike_columns

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray, IntArray

SHRINK = 0.4
ALONE = 0.3
"""Share of what codecs do to each number by itself; the rest is what they do to all together."""


def codec_scatter(changes: FloatArray) -> FloatArray:
    """What codecs do, [D, D], from their changes [c, D] to standardised features."""
    together = changes.T @ changes / max(1, len(changes))
    alone = np.diag(np.diag(together))
    scatter: FloatArray = (together + ALONE * (alone - together)).astype(np.float32)
    return scatter


def sound_map(
    alike: FloatArray, group: IntArray, size: int, nuisance: FloatArray
) -> dict[str, FloatArray]:
    """From standardised features [a, D] and a group [a] of what should lie close."""
    sound = discriminants(alike, group, size, SHRINK, nuisance)
    return {"sound": sound, "sound_bias": (-alike.mean(axis=0) @ sound).astype(np.float32)}


def meaning_map(
    x: FloatArray,
    labels: FloatArray,
    weight: FloatArray,
    size: int,
    ridge: float,
    nuisance: FloatArray,
) -> dict[str, FloatArray]:
    """From standardised features [n, D] and labels [n, O], NaN where unknown.

    weight [O]: how much each label matters. ridge: beside features of unit spread.
    """
    middle = x.mean(axis=0)
    inner = (x - middle).astype(np.float64)
    spread = np.nanstd(labels, axis=0) + 1e-3
    wanted = (labels - np.nanmean(labels, axis=0)) / spread * weight
    guess = np.zeros((x.shape[1], labels.shape[1]))
    penalty = ridge * np.eye(x.shape[1]) + nuisance
    for rows, columns in alike_columns(np.isfinite(labels)):
        part = inner[rows] / len(rows)
        known = wanted[np.ix_(rows, columns)]
        guess[:, columns] = np.linalg.solve(part.T @ inner[rows] + penalty, part.T @ known)
    _, _, axes = np.linalg.svd(inner @ guess, full_matrices=False)
    meaning = guess @ axes[:size].T
    return {
        "meaning": meaning.astype(np.float32),
        "meaning_bias": (-middle @ meaning).astype(np.float32),
    }


def discriminants(
    x: FloatArray, group: IntArray, size: int, shrink: float, nuisance: FloatArray | None = None
) -> FloatArray:
    """Map [D, size] from x [n, D] and a group number for every row [n] (Fisher, shrunk).

    Scatter within groups is shrunk towards half the total and half the identity; with the
    nuisance [D, D] added it is made white, and the directions that spread everything most after
    that are kept.
    """
    total = np.cov(x.T, bias=True)
    numbers, group = np.unique(group, return_inverse=True)
    sums = np.zeros((len(numbers), x.shape[1]))
    np.add.at(sums, group, x)
    inner = x - (sums / np.bincount(group)[:, None])[group]
    within = inner.T @ inner / max(1, len(x) - len(numbers))
    size_of_one = np.trace(total) / len(total)
    target = 0.5 * total + 0.5 * size_of_one * np.eye(len(total))
    unwanted = (1 - shrink) * within + shrink * target
    values, vectors = np.linalg.eigh(unwanted if nuisance is None else unwanted + nuisance)
    whiten = vectors / np.sqrt(values)
    spread, directions = np.linalg.eigh(whiten.T @ total @ whiten)
    keep = np.argsort(-spread)[:size]
    best: FloatArray = (whiten @ directions[:, keep]).astype(np.float32)
    return best
