"""A kernel machine beside the network: it answers by likeness to the clips it was trained on.

Ridge regression with a Gaussian kernel, its basis kept to one anchor a clip (Williams, Seeger,
NIPS 2001), and a little of a straight line, which holds where no clip is near. It is wrong in
other places than the network, so that their mean is better than either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.records import FloatArray, IntArray


def likeness(x: FloatArray, anchors: FloatArray, width: float, slope: float) -> FloatArray:
    """Of x [n, D] and anchors [A, D], float32 [n, A].

    exp(-width · mean squared difference) + slope · mean product.
    """
    square = np.einsum("nd,nd->n", x, x)[:, None] + np.einsum("ad,ad->a", anchors, anchors)
    product = x @ anchors.T
    gap = np.maximum(square - 2 * product, 0.0)
    near: FloatArray = np.exp(gap * np.float32(-width / x.shape[1]))
    return near + product * np.float32(slope / x.shape[1])


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
    known = np.isfinite(label)
    middle, base = x[known].mean(axis=0), label[known].mean()
    inner = (x[known] - middle).astype(np.float64)
    line = np.linalg.solve(
        inner.T @ inner + ridge * np.eye(x.shape[1]), inner.T @ (label[known] - base)
    )
    return {
        "line": line.astype(np.float32),
        "line_bias": np.array([base - middle @ line], dtype=np.float32),
        "line_share": np.array([share], dtype=np.float32),
    }


def alike_columns(known: NDArray[np.bool_]) -> list[tuple[IntArray, IntArray]]:
    """Columns of known [n, O] that are known in the same rows: (rows, columns) of each kind."""
    kinds, kind = np.unique(known, axis=1, return_inverse=True)
    return [(np.flatnonzero(kinds[:, k]), np.flatnonzero(kind == k)) for k in range(kinds.shape[1])]
