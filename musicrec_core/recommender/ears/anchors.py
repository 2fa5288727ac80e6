"""A kernel machine beside the network: it answers by likeness to the clips it was trained on.

Ridge regression with a Gaussian kernel, its basis kept to one anchor a clip (Williams, Seeger,
NIPS 2001), and a little of a straight line, which holds where no clip is near. It is wrong in
other places than the network, so that their mean is better than either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray


def likeness(x: FloatArray, anchors: FloatArray, width: float, slope: float) -> FloatArray:
    """Of x [n, D] and anchors [A, D], float32 [n, A].

    exp(-width · mean squared difference) + slope · mean product.
    """
    square = np.einsum("nd,nd->n", x, x)[:, None] + np.einsum("ad,ad->a", anchors, anchors)
    product = x @ anchors.T
    gap = np.maximum(square - 2 * product, 0.0)
    near: FloatArray = np.exp(gap * np.float32(-width / x.shape[1]))
    return near + product * np.float32(slope / x.shape[1])
