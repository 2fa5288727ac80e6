"""The embedding's half for sound: directions in which songs that belong together lie close.

The other half, for meaning, are principal components of the labels as a ridge regression guesses
them; `training/ears_closed_form.py` makes both halves of the ears that ship.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray, IntArray

SHRINK = 0.4


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
