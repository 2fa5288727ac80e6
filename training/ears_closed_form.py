"""What of the ears has a closed form: the kernel machine, and both halves of the embedding.

The halves are linear maps of the standardised features, so that what codecs do to songs can be
held against every direction (within-class covariance normalisation: Hatch, Kajarekar, Stolcke,
Interspeech 2006).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.ears.anchors import likeness
from musicrec_core.recommender.ears.embedding import SHRINK, discriminants

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray, IntArray

ALONE = 0.3
"""Share of what codecs do to each number by itself; the rest is what they do to all together."""


def fit_anchors(
    x: FloatArray, labels: FloatArray, anchors: FloatArray, ridge: float, shape: tuple[float, float]
) -> dict[str, FloatArray]:
    """Weights for standardised x [n, D], labels in [0, 1] [n, O], NaN where unknown.

    shape: width and slope of the likeness.
    """
    base = np.nanmean(labels, axis=0)
    like = likeness(x, anchors, *shape).astype(np.float64)
    penalty = ridge * likeness(anchors, anchors, *shape) + 1e-6 * np.eye(len(anchors))
    out = np.zeros((len(anchors), labels.shape[1]))
    for rows, columns in alike_columns(np.isfinite(labels)):
        part = like[rows]
        missing = labels[np.ix_(rows, columns)] - base[columns]
        out[:, columns] = np.linalg.solve(part.T @ part + penalty, part.T @ missing)
    return {
        "anchor": anchors.astype(np.float32),
        "anchor_out": out.astype(np.float32),
        "anchor_bias": base.astype(np.float32),
        "anchor_shape": np.array(shape, dtype=np.float32),
    }


def fit_line(x: FloatArray, label: FloatArray, ridge: float, share: float) -> dict[str, FloatArray]:
    """Ridge regression of one label [n], NaN where unknown, on standardised x [n, D].

    share: of it in the answer.
    """
    finite = np.isfinite(label)
    middle, base = x[finite].mean(axis=0), label[finite].mean()
    inner = (x[finite] - middle).astype(np.float64)
    line = np.linalg.solve(
        inner.T @ inner + ridge * np.eye(x.shape[1]), inner.T @ (label[finite] - base)
    )
    return {
        "line": line.astype(np.float32),
        "line_bias": np.array([base - middle @ line], dtype=np.float32),
        "line_share": np.array([share], dtype=np.float32),
    }


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
    estimate = np.zeros((x.shape[1], labels.shape[1]))
    penalty = ridge * np.eye(x.shape[1]) + nuisance
    for rows, columns in alike_columns(np.isfinite(labels)):
        part = inner[rows] / len(rows)
        labelled = wanted[np.ix_(rows, columns)]
        estimate[:, columns] = np.linalg.solve(part.T @ inner[rows] + penalty, part.T @ labelled)
    _, _, axes = np.linalg.svd(inner @ estimate, full_matrices=False)
    meaning = estimate @ axes[:size].T
    return {
        "meaning": meaning.astype(np.float32),
        "meaning_bias": (-middle @ meaning).astype(np.float32),
    }


def alike_columns(labelled: NDArray[np.bool_]) -> list[tuple[IntArray, IntArray]]:
    """Columns of known [n, O] that are known in the same rows: (rows, columns) of each kind."""
    kinds, kind = np.unique(labelled, axis=1, return_inverse=True)
    return [(np.flatnonzero(kinds[:, k]), np.flatnonzero(kind == k)) for k in range(kinds.shape[1])]
