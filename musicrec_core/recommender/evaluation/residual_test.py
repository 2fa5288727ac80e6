"""Whether what a model leaves unexplained is alike among similar songs by different artists.

If it is, there is something left to learn of what songs are. All opinions take part at once, where
a comparison of held-out predictions sees what a model learned from three quarters of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data.metrics import mean_ranks
from musicrec_core.recommender.taste.calibration import slope_and_shift
from musicrec_core.recommender.taste.forward import sigmoid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.records import FloatArray, IntArray

FLIPS = 2000
SLOPE_DOUBT = 3.0  # near to none: being too modest is no error that more could be learned from


def p_value(
    logits: FloatArray,
    liked: FloatArray,
    groups: IntArray,
    sources: Sequence[FloatArray],
    seed: int = 0,
) -> float:
    """How often chance makes errors at least as alike, in (0, 1]; 1 where no source varies.

    logits [m]: held-out ones, their level and slope fitted here. liked [m]: 0 or 1. groups [m]:
    artists. sources: float [m, K] each, what the songs are, 0 in the middle.

    For each source the products of errors of two songs by different artists are summed, weighed by
    the songs' likeness: the score test of small random weights (Goeman, van de Geer, de Kort, van
    Houwelingen, Bioinformatics 2004). What chance does is seen by turning round the errors of whole
    artists (Hemerik, Goeman, Finos, J. Royal Statistical Society B 2020), the same ones for all
    sources, so that the strongest source is compared with the strongest of each turn.
    """
    ones = np.ones(len(liked), np.float32)
    slope, shift = slope_and_shift(logits, liked, ones, doubt=SLOPE_DOUBT)
    errors = liked - sigmoid(slope * logits + shift)
    _, code = np.unique(groups, return_inverse=True)
    signs = np.random.default_rng(seed).choice([-1.0, 1.0], (FLIPS, int(code.max()) + 1))
    signs[0] = 1
    informative = [source for source in sources if source.any()]
    if not informative:
        return 1.0
    shares = np.min([_shares(_likeness(errors, code, s, signs)) for s in informative], axis=0)
    return float((shares <= shares[0]).mean())


def _likeness(
    errors: FloatArray, code: IntArray, source: FloatArray, signs: NDArray[np.float64]
) -> NDArray[np.float64]:
    """[flips]: the sum over pairs of artists, but for a constant (those of one artist)."""
    by_artist = np.zeros((signs.shape[1], source.shape[1]))
    np.add.at(by_artist, code, errors[:, None] * source)
    strength: NDArray[np.float64] = ((signs @ by_artist) ** 2).sum(axis=1)
    return strength


def _shares(strength: NDArray[np.float64]) -> NDArray[np.float64]:
    """[flips]: the share of flips at least as strong; rounding makes no two differ."""
    falling = -np.round(strength / max(float(strength.max()), 1e-12), 9)
    order = np.sort(falling)
    shares: NDArray[np.float64] = np.searchsorted(order, falling, side="right") / len(order)
    return shares


def sources(catalogue: Catalogue, rows: IntArray) -> list[FloatArray]:
    """What recordings are: their columns by rank, their sound, their culture; 0 where unknown."""
    columns = [_ranked(column) for column in catalogue.columns[rows].T]
    matrices = [np.stack(columns, axis=1)] if columns else []
    for vectors in (catalogue.near, catalogue.culture):
        is_known: NDArray[np.bool_] = np.array(np.isfinite(vectors).all(axis=1))
        if vectors.shape[1] and is_known.any():
            centred = vectors[rows] - vectors[is_known].mean(axis=0)
            matrices.append(np.where(is_known[rows][:, None], centred, 0))
    return matrices


def _ranked(column: FloatArray) -> FloatArray:
    """From -0.5 to 0.5."""
    is_known = np.isfinite(column)
    ranked = np.zeros(len(column), np.float32)
    ranked[is_known] = (mean_ranks(column[is_known]) - 0.5) / max(int(is_known.sum()), 1) - 0.5
    return ranked
