"""What a library was scored by, as arrays that a cache can keep."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from musicrec_core.recommender.data.history import UserHistory
from musicrec_core.recommender.features.nearness_block import SOURCE_NAMES
from musicrec_core.recommender.features.percentile import PercentileTransform
from musicrec_core.recommender.features.pooled import PooledSums
from musicrec_core.recommender.features.prior import Prior
from musicrec_core.recommender.features.user import UserFeatures, similarity_sources
from musicrec_core.recommender.scoring.library import ScoringBasis

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.recommender.taste.forward import TasteNet


def basis_as_arrays(basis: ScoringBasis) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """The arrays by name, and notes that JSON can hold."""
    features = basis.features
    transforms = [
        transform
        for transforms_of_source in features.percentiles.values()
        for transform in transforms_of_source
    ]
    arrays: dict[str, NDArray[Any]] = {
        f"percentiles_{i}": transform.log_odds for i, transform in enumerate(transforms)
    } | {
        "ordinary": basis.ordinary,
        "prior_inputs": features.prior_inputs,
        "past_rows": features.history.rows,
        "liked": features.history.liked,
        "disliked": features.history.disliked,
    }
    for name, sums in features.pooled.items():
        arrays |= {f"{name}_near": sums.near, f"{name}_like": sums.like}
    deviations = {name: sums.deviation for name, sums in features.pooled.items()}
    grid = [[transform.low, transform.cell] for transform in transforms]
    shape = [len(transforms_of_source) for transforms_of_source in features.percentiles.values()]
    return arrays, {"grid": grid, "shape": shape, "deviations": deviations}


def basis_from_arrays(
    net: TasteNet,
    catalogue: Catalogue,
    arrays: Mapping[str, NDArray[Any]],
    notes: Mapping[str, Any],
) -> ScoringBasis:
    """The basis again, of the same network and catalogue."""
    transforms = [
        PercentileTransform(low, cell, arrays[f"percentiles_{i}"])
        for i, (low, cell) in enumerate(notes["grid"])
    ]
    ends = np.cumsum(notes["shape"]).tolist()
    percentiles = tuple(
        tuple(transforms[end - size : end]) for end, size in zip(ends, notes["shape"], strict=True)
    )
    history = UserHistory(arrays["past_rows"], arrays["liked"], arrays["disliked"])
    sources = similarity_sources(catalogue)
    pooled = {
        source.name: PooledSums(
            history.where(source.is_known[history.rows]),
            notes["deviations"][source.name],
            arrays[f"{source.name}_near"],
            arrays[f"{source.name}_like"],
        )
        for source in sources
        if source.name in notes["deviations"]
    }
    features = UserFeatures(
        catalogue,
        history,
        sources,
        dict(zip(SOURCE_NAMES, percentiles, strict=True)),
        pooled,
        arrays["prior_inputs"],
        Prior.bundled().directions,
    )
    return ScoringBasis(net, features, arrays["ordinary"], None)
