"""Where tastes lead on the culture map: learned from many people, found for one from a few likes.

A taste is a direction on the map, and Bayesian linear regression of the likes finds it (Bishop,
"Pattern Recognition and Machine Learning", 2006, section 3.3). Here the prior of that direction
is not the same all ways but what many people taught (training/taste_directions.py): which ways
tastes tend to lead at all, which differences between artists matter to anybody, and how far to
trust how many likes. So it is the first, linear layer of the taste network.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from musicrec_core.recommender.data.history import UserHistory

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from musicrec_core.recommender.features.similarity import EmbeddingSimilarity
    from musicrec_core.records import FloatArray

FEW = 2.0
"""Log(1 + likes) at which the scales below are given; they change in a line from there."""
NARROWEST = 1e-9
"""In a library that varies less on the map, in variance, everything lies in one place."""

UNTAUGHT = ((0.7, 0.0), (-0.3, 0.0), (0.15, 0.0), (1.2, 0.3))
"""Scales to start from, and to do with where nothing was learned."""


@dataclass(frozen=True, slots=True, repr=False)
class Directions:
    """What is known beforehand of the direction that a person's taste takes on a map of D numbers.

    precision: float32 [D, D], how little the directions stray each way, but for a scale.
    metric: float32 [D, D], what a direction found is multiplied by from the right.
    mean: float32 [2, D], where likes pull before there are any, and its growth.
    scales: float32 [4, 2], each at `FEW` and its growth: the log of the precision's scale, the log
    of how much the library weighs beside the likes, how far below the ordinary a dislike lies, and
    how many logits a standard deviation over the library is worth.
    culture: the checksum of the map that has this basis.
    """

    precision: FloatArray
    metric: FloatArray
    mean: FloatArray
    scales: FloatArray
    culture: str = ""

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Directions:
        """From what `written` gave. Raises ValueError, KeyError or TypeError when damaged."""
        arrays = {name: np.array(document[name], np.float32) for name in _PARTS}
        size = len(arrays["precision"])
        shapes = {"precision": (size, size), "metric": (size, size), "mean": (2, size)}
        for name, shape in (shapes | {"scales": (4, 2)}).items():
            if arrays[name].shape != shape or not np.isfinite(arrays[name]).all():
                raise ValueError(f"the directions' {name} is damaged")
        return cls(**arrays, culture=str(document["culture"]))

    @classmethod
    def fitting(cls, directions: Directions | None, size: int) -> Directions:
        """`directions`, if it is of a map of this size; else a prior that is the same all ways."""
        if directions is not None and len(directions.precision) == size:
            return directions
        alike, nowhere = np.eye(size, dtype=np.float32), np.zeros((2, size), np.float32)
        return cls(alike, alike, nowhere, np.array(UNTAUGHT, np.float32))

    def written(self) -> dict[str, Any]:
        """As plain numbers and names, for JSON."""
        arrays = {name: _rounded(getattr(self, name)) for name in _PARTS}
        return {**arrays, "culture": self.culture}

    def turned(self, basis: NDArray[np.float64], culture: str = "") -> Directions:
        """The same on a map whose vectors are these times `basis` [D, D], which is orthogonal."""
        return Directions(
            (basis.T @ self.precision @ basis).astype(np.float32),
            (basis.T @ self.metric @ basis).astype(np.float32),
            (self.mean @ basis).astype(np.float32),
            self.scales,
            culture,
        )

    def of_masks(
        self, source: EmbeddingSimilarity, history: UserHistory, masks: NDArray[np.bool_]
    ) -> FloatArray:
        """Float32 [c, D + 1]: for each mask [h] of the history a direction, and its intercept.

        In logits, 0 for a point in the library's middle. Zeros where nothing is liked, or all lies
        in one place: what little rounding leaves would else be blown up to a standard deviation.
        """
        size = source.points.shape[1]
        result = np.zeros((len(masks), size + 1), np.float32)
        if not len(history) or np.trace(source.ground.spread[:size, :size]) < NARROWEST:
            return result
        spread, middle = source.ground.spread, source.ground.middle
        points = source.places(history.rows) - middle
        everything = _Sums.of(points, history)
        for one, visible in zip(result, masks, strict=True):
            if (history.liked[visible] > 0).any():
                # Most masks hide a song or two: taking those out is quicker than adding the rest.
                seen = everything.less(_Sums.of(points[~visible], history.where(~visible)))
                one[:size] = self._direction(spread, seen)
                one[size] = one[:size] @ middle
        return result

    def direction(
        self, ordinary: NDArray[np.float64], points: NDArray[np.float64], values: FloatArray
    ) -> NDArray[np.float64]:
        """Float64 [D], from past points [h, D] less the library's middle, and its covariance.

        values: [h] in [-1, 1], above zero for likes.
        """
        history = UserHistory(np.arange(len(values)), np.maximum(values, 0), np.maximum(-values, 0))
        return self._direction(ordinary, _Sums.of(points, history))

    def _direction(self, ordinary: NDArray[np.float64], past: _Sums) -> NDArray[np.float64]:
        total = past.weight
        log_count = float(np.log1p(total)) - FEW
        ridge, library, push, steepness = self.scales[:, 0] + log_count * self.scales[:, 1]
        seen = past.products + np.exp(library) * total * ordinary
        seen += np.exp(ridge) * (np.trace(ordinary) + 1e-9) * self.precision
        pull = past.liked - push * past.disliked + self.mean[0] + log_count * self.mean[1]
        direction = np.linalg.solve(seen, pull) @ self.metric
        spread = np.sqrt(direction @ ordinary @ direction + 1e-12)
        scaled: NDArray[np.float64] = direction * (steepness / spread)
        return scaled


@dataclass(frozen=True, slots=True, repr=False)
class _Sums:
    """Of past points in D dimensions, less the library's middle.

    products: float64 [D, D], of each with itself by how much was said of it. liked, disliked:
    float64 [D], weighted by either. weight: of all likes.
    """

    products: NDArray[np.float64]
    liked: NDArray[np.float64]
    disliked: NDArray[np.float64]
    weight: float

    @classmethod
    def of(cls, points: NDArray[np.float64], history: UserHistory) -> _Sums:
        """points: float64 [h, D]."""
        said = (history.liked + history.disliked)[:, None]
        return cls(
            (points * said).T @ points,
            history.liked @ points,
            history.disliked @ points,
            float(history.liked.sum(dtype=np.float64)),
        )

    def less(self, hidden: _Sums) -> _Sums:
        """Without some of them."""
        return _Sums(
            self.products - hidden.products,
            self.liked - hidden.liked,
            self.disliked - hidden.disliked,
            self.weight - hidden.weight,
        )


_PARTS = ("precision", "metric", "mean", "scales")


def _rounded(values: FloatArray) -> list[Any]:
    """Nested lists of five figures."""
    return [_rounded(row) for row in values] if values.ndim > 1 else [
        float(f"{value:.5g}") for value in values
    ]  # fmt: skip
