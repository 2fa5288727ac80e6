"""What a library was scored by, kept in the cache, so that `explain` need not read all of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from musicrec_core.app import array_file
from musicrec_core.app.context import Context

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.recommender.scoring.library import ScoringBasis

FORMAT = 1


def write_basis(context: Context, stamp: str, basis: ScoringBasis) -> None:
    """Keep it beside the catalogue, in place of the one before."""
    view = basis.view
    sticks = [stick for channel in view.yardsticks for stick in channel]
    arrays: dict[str, NDArray[Any]] = {
        f"percentiles_{i}": stick.log_odds for i, stick in enumerate(sticks)
    } | {
        "ordinary": basis.ordinary,
        "prior_inputs": view.prior_inputs,
        "past_rows": view.past.rows,
        "liked": view.past.liked,
        "disliked": view.past.disliked,
    }
    grid = [[stick.low, stick.cell] for stick in sticks]
    shape = [len(channel) for channel in view.yardsticks]
    array_file.write(_path(context), _stamp(stamp), arrays, {"grid": grid, "shape": shape})


def read_basis(context: Context, stamp: str, catalogue: Catalogue) -> ScoringBasis | None:
    """The one of this stamp, for the catalogue that it was made of; None where there is none."""
    from musicrec_core.recommender.data.history import UserHistory
    from musicrec_core.recommender.features.percentile import PercentileTransform
    from musicrec_core.recommender.features.prior import Prior
    from musicrec_core.recommender.features.user import UserFeatures, similarity_sources
    from musicrec_core.recommender.scoring.library import ScoringBasis

    found = array_file.read(_path(context), _stamp(stamp))
    if found is None or len(found[0]["prior_inputs"]) != len(catalogue):
        return None
    arrays, notes = found
    sticks = [
        PercentileTransform(low, cell, arrays[f"percentiles_{i}"])
        for i, (low, cell) in enumerate(notes["grid"])
    ]
    ends = np.cumsum(notes["shape"]).tolist()
    yardsticks = tuple(
        tuple(sticks[end - size : end]) for end, size in zip(ends, notes["shape"], strict=True)
    )
    view = UserFeatures(
        catalogue,
        UserHistory(arrays["past_rows"], arrays["liked"], arrays["disliked"]),
        similarity_sources(catalogue),
        yardsticks,
        np.empty((0, 0), np.float32),
        arrays["prior_inputs"],
        Prior.bundled().directions,
    )
    return ScoringBasis(context.registry.current()[0], view, arrays["ordinary"], None)


def _path(context: Context) -> Path:
    name = context.profile.encode("utf-8", "surrogateescape")
    return context.cache / f"basis-{hashlib.blake2b(name, digest_size=8).hexdigest()}.arrays"


def _stamp(stamp: str) -> str:
    return f"{FORMAT}|{stamp}"
