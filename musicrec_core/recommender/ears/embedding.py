"""The embedding: a linear map under which excerpts of one song, and one artist, lie close.

Closed-form linear discriminants: within-group scatter is whitened, shrunk towards the total, and
the directions that then spread the groups most are kept. It needs no labels but who made what.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray, IntArray


def discriminants(x: FloatArray, groups: IntArray, size: int, shrink: float) -> FloatArray:
    """Map [D, size] from x [n, D] and a group number for every row [n]."""
    centred = x - x.mean(axis=0)
    total = centred.T @ centred / len(x)
    count = np.bincount(groups)
    means = np.stack([np.bincount(groups, column) for column in x.T], axis=1)
    inner = x - (means / np.maximum(count, 1)[:, None])[groups]
    within = inner.T @ inner / max(1, len(x) - np.count_nonzero(count))
    scale = np.trace(total) / len(total)
    within = (1 - shrink) * within + shrink * (0.5 * total + 0.5 * scale * np.eye(len(total)))
    values, vectors = np.linalg.eigh(within)
    whiten = vectors / np.sqrt(values)
    spread, directions = np.linalg.eigh(whiten.T @ total @ whiten)
    keep = np.argsort(-spread)[:size]
    return (whiten @ directions[:, keep]).astype(np.float32)
