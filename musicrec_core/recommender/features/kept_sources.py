"""What the sources of nearness measured in a whole library, as arrays that a cache can keep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from musicrec_core.recommender.data.dataset import SPACES
from musicrec_core.recommender.features.points import Points
from musicrec_core.recommender.features.shared_tags import TagSimilarity
from musicrec_core.recommender.features.similarity import EmbeddingSimilarity, SimilaritySource
from musicrec_core.recommender.features.standardised import Ground
from musicrec_core.recommender.features.user import keep_sources, similarity_sources

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue


_MIDDLES = tuple(f"{space}_points_middle" for space in SPACES)


def as_arrays(catalogue: Catalogue) -> tuple[dict[str, NDArray[Any]], list[str]]:
    """The arrays by name, and the names of the sources in their order."""
    arrays: dict[str, NDArray[Any]] = dict(zip(_MIDDLES, Points.middles_of(catalogue), strict=True))
    sources = similarity_sources(catalogue)
    for source in sources:
        name = source.name
        if isinstance(source, TagSimilarity):
            arrays |= {f"{name}_weights": source.weights, f"{name}_lengths": source.lengths}
        elif isinstance(source, EmbeddingSimilarity):
            arrays |= {
                f"{name}_middle": source.ground.middle,
                f"{name}_spread": source.ground.spread,
                f"{name}_known": source.is_known,
            }
            if name not in SPACES:
                arrays[f"{name}_points"] = source.points
            if source.lean is not None:
                arrays[f"{name}_lean"] = source.lean
    return arrays, [source.name for source in sources]


def restore(catalogue: Catalogue, arrays: Mapping[str, NDArray[Any]], names: Sequence[str]) -> None:
    """Let the catalogue have its sources as they were measured. Raises KeyError without one."""
    Points.kept(catalogue, [arrays[name] for name in _MIDDLES])
    points = {"sound": catalogue.near, "culture": catalogue.culture}
    sources: list[SimilaritySource] = []
    for name in names:
        if f"{name}_weights" in arrays:
            weights, lengths = arrays[f"{name}_weights"], arrays[f"{name}_lengths"]
            sources.append(
                TagSimilarity(catalogue.tag_codes, catalogue.tag_starts, weights, lengths, name)
            )
        else:
            ground = Ground(arrays[f"{name}_middle"], arrays[f"{name}_spread"])
            own = points[name] if name in points else arrays[f"{name}_points"]
            is_known, lean = arrays[f"{name}_known"], arrays.get(f"{name}_lean")
            sources.append(EmbeddingSimilarity(name, own, is_known, lean, ground))
    keep_sources(catalogue, tuple(sources))
