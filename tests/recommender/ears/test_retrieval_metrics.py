"""How well songs find their own, where nearness alone decides."""

from __future__ import annotations

import numpy as np

from musicrec_core.recommender.ears.retrieval_metrics import precision_of


def test_the_last_digits_of_a_product_find_no_song() -> None:
    """They differ from processor to processor, and follow the row, which follows the artist."""
    rng = np.random.default_rng(0)
    artists = np.repeat(np.arange(8), 6)
    albums = np.arange(48) // 3
    alike = np.tile(rng.normal(size=32), (48, 1)).astype(np.float32)
    alike /= np.linalg.norm(alike, axis=1, keepdims=True)
    rounded = alike + np.float32(2e-7) * rng.normal(size=(8, 32)).astype(np.float32)[artists]
    shuffled = rng.permutation(48)

    def precision(near: np.ndarray) -> np.ndarray:
        return precision_of(near[shuffled], artists[shuffled], albums[shuffled])

    np.testing.assert_array_equal(precision(rounded), precision(alike))
