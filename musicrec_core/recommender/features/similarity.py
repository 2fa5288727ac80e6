"""Sources of nearness: each says how near a recording lies to those of a person's past.

Similarities are taken from the library's centre and put in standard deviations over the library:
that takes away the scale of the space and what makes some recordings near to everything (hubs;
without it the mean similarity to 30 likes had an AUC of 0.861 in a trial, with it 0.875).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import numpy as np

from musicrec_core.recommender.data import mapped
from musicrec_core.recommender.data.history import UserHistory
from musicrec_core.recommender.features.pooled import Change, PooledSums
from musicrec_core.recommender.features.standardised import (
    SHARPNESS,
    Bandwidth,
    Ground,
    leaning,
    sampled,
)
from musicrec_core.recommender.features.statistics import PULL, arranged, pooled_masked

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.records import FloatArray, IntArray

T = TypeVar("T")
_RIDGE = 2.0
_PUSH = 0.15
_BLOCK, _CELLS = 512, 8192
"""Rows at a time, or more where there are few past songs: what stays in the cache."""
_DRIFT = 0.005
"""Share by which the deviation of similarities may differ while sums are only moved on."""


class SimilaritySource(Protocol):
    """One source of nearness between recordings."""

    @property
    def name(self) -> str: ...

    @property
    def is_known(self) -> NDArray[np.bool_]:
        """Bool [n]: recordings of which this source says anything."""
        ...

    def similarities(self, rows: IntArray, history: UserHistory) -> FloatArray:
        """Float32 [m, h]: of recordings to past ones; NaN rows where unknown."""
        ...

    def statistics(
        self, history: UserHistory, last: PooledSums | None
    ) -> tuple[FloatArray, PooledSums | None]:
        """Float32 [n, 6] of the whole library, in the order of `STATISTICS`, and their sums.

        last: those of an earlier history, which spare most of the work.
        """
        ...

    def masked_statistics(
        self, rows: IntArray, history: UserHistory, masks: NDArray[np.bool_], which: IntArray
    ) -> FloatArray:
        """Float32 [m, 6] of rows [m], each from the part of the history that masks[which] shows.

        masks: bool [c, h]. which: int64 [m].
        """
        ...


@dataclass(frozen=True, slots=True)
class EmbeddingSimilarity:
    """Recordings as points: similarity is points[a] @ points[b] + lean[a].

    points: float32 [n, d]. lean: float32 [n] or None for zero; with minus half the squared
    length it orders by Euclidean distance. ground: of points and lean, from thousands of them.
    """

    name: str
    points: FloatArray
    is_known: NDArray[np.bool_]
    lean: FloatArray | None
    ground: Ground
    _last: dict[str, tuple[bytes, Any]] = field(default_factory=dict, repr=False, compare=False)
    """What was read or reckoned last of some rows: of one past it is asked again and again."""

    @classmethod
    def of(
        cls,
        name: str,
        points: FloatArray,
        is_known: NDArray[np.bool_],
        lean: FloatArray | None = None,
    ) -> EmbeddingSimilarity:
        """With its ground."""
        sample = sampled(is_known)
        return cls(name, points, is_known, lean, Ground.of(leaning(points, lean, sample)))

    def similarities(self, rows: IntArray, history: UserHistory) -> FloatArray:
        scale = self._kept("scale", history.rows, lambda: self._scale(history))
        return scale.similarities(mapped.taken(self.points, rows), self._lean(rows))

    def places(self, rows: IntArray) -> FloatArray:
        """Float32 [m, d]: the points of some rows, such as those of a past; not to be changed."""
        return self._kept("places", rows, lambda: mapped.taken(self.points, rows))

    def _kept(self, what: str, rows: IntArray, made: Callable[[], T]) -> T:
        """What is made of some rows, kept until others are asked for."""
        key, kept = rows.tobytes(), self._last.get(what)
        if kept is None or kept[0] != key:
            kept = self._last[what] = (key, made())
        value: T = kept[1]
        return value

    def statistics(
        self, history: UserHistory, last: PooledSums | None
    ) -> tuple[FloatArray, PooledSums]:
        directions, middles = self._pulls(history, np.ones((1, len(history)), np.bool_))
        sums, pull = self._pooled(history, last, directions[0])
        weight = history.sides.sum(axis=0)
        mean = sums.like / np.maximum(weight * np.float32(SHARPNESS), 1e-6)
        statistics = arranged(sums.near, mean, weight[None] > 0)
        statistics[:, PULL] = pull - middles[0]
        return statistics, sums

    def _pooled(
        self, history: UserHistory, last: PooledSums | None, direction: FloatArray
    ) -> tuple[PooledSums, FloatArray]:
        """The sums, and from the same pass over all points float32 [n], them along a direction."""
        deviation = self._deviation(self._goal(history.rows))
        if last is not None and abs(deviation / last.deviation - 1) <= _DRIFT:
            change = Change.between(last.history, history)
            if not len(change.songs):
                return last.moved((), change, history), mapped.products(self.points, direction)
            along = np.empty(len(self.points), np.float32)
            blocks = self._blocks(change.songs, last.deviation, direction, along)
            return last.moved(blocks, change, history), along
        along = np.empty(len(self.points), np.float32)
        blocks = self._blocks(history, deviation, direction, along)
        return PooledSums.of(blocks, len(self.points), history, deviation), along

    def nearness(self, rows: IntArray) -> FloatArray:
        """Float32 [h, n]: how near everything is to each of `rows` [h], each on its own scale."""
        goal = self._goal(rows)
        goal /= np.sqrt((goal * (self.ground.spread @ goal)).sum(axis=0)) + 1e-6
        scale = Bandwidth.of(goal, self.ground.middle, self.points.shape[1], 1.0)
        nearness = np.empty((len(rows), len(self.points)), np.float32)
        for part, points in mapped.blocks(self.points, _BLOCK):
            nearness[:, part] = scale.similarities(points, self._lean(part)).T
        return nearness

    def masked_statistics(
        self, rows: IntArray, history: UserHistory, masks: NDArray[np.bool_], which: IntArray
    ) -> FloatArray:
        statistics = pooled_masked(self.similarities(rows, history), history, masks[which])
        directions, middles = self._pulls(history, masks)
        points = mapped.taken(self.points, rows)
        statistics[:, PULL] = np.einsum("md,md->m", points, directions[which])
        statistics[:, PULL] -= middles[which]
        return statistics

    def _pulls(
        self, history: UserHistory, masks: NDArray[np.bool_]
    ) -> tuple[FloatArray, FloatArray]:
        """Regression weights for each mask [h]: float32 [c, d], and [c], the library mean's value.

        In standard deviations over the library.

        Bayesian linear regression (Bishop, 2006, section 3.3): likes are 1, dislikes a little
        below the ordinary, and the library itself, weighing as much as all likes together, is 0.
        Unlike a mean it does not count ten likes of one kind ten times.
        """
        depth = self.points.shape[1]
        middle, ordinary = self.ground.middle[:depth], self.ground.spread[:depth, :depth]
        ridge = _RIDGE * (np.trace(ordinary) + 1e-9) * np.eye(len(ordinary))
        points = self.places(history.rows) - middle
        weighted = points * (history.liked + history.disliked)[:, None]
        wanted = points * (history.liked - _PUSH * history.disliked)[:, None]
        seen, target = points.T @ weighted + ridge, wanted.sum(axis=0)
        directions = np.empty((len(masks), len(ordinary)), np.float32)
        for direction, gone in zip(directions, ~masks, strict=True):
            rest = seen - points[gone].T @ weighted[gone] + history.liked[~gone].sum() * ordinary
            pull = np.linalg.solve(rest, target - wanted[gone].sum(axis=0))
            direction[:] = pull / np.sqrt(pull @ ordinary @ pull + 1e-18)
        return directions, directions @ middle.astype(np.float32)

    def _blocks(
        self, history: UserHistory, deviation: float, direction: FloatArray, along: FloatArray
    ) -> Iterator[FloatArray]:
        """Float32 [b, h]: sharpened similarities, block by block; each overwrites the last.

        Meanwhile the points along the direction are written to `along` [n].
        """
        scale = self._scale(history, deviation, SHARPNESS)
        size = max(_BLOCK, _CELLS // max(1, len(history)))
        room = np.empty((size, len(history)), np.float32)  # one for all: it stays in the cache
        for part, points in mapped.blocks(self.points, size):
            np.matmul(points, direction, out=along[part])
            yield scale.similarities(points, self._lean(part), room[: len(points)])

    def _lean(self, rows: IntArray | slice) -> FloatArray | None:
        return None if self.lean is None else self.lean[rows]

    def _goal(self, rows: IntArray) -> NDArray[np.float64]:
        """Float64 [d, h]: points less the library's middle, and 1 for the lean of each."""
        middle, depth = self.ground.middle, self.points.shape[1]
        goal = np.ones((len(middle), len(rows)))
        goal[:depth] = (self.places(rows) - middle[:depth]).T
        return goal

    def _deviation(self, goal: NDArray[np.float64]) -> float:
        """How much similarities to all of the past vary over the library."""
        variance = float((goal * (self.ground.spread @ goal)).sum()) / max(1, goal.shape[1])
        return float(np.sqrt(variance)) + 1e-6

    def _scale(
        self, history: UserHistory, deviation: float | None = None, sharpness: float = 1.0
    ) -> Bandwidth:
        goal = self._goal(history.rows)
        goal /= self._deviation(goal) if deviation is None else deviation
        return Bandwidth.of(goal, self.ground.middle, self.points.shape[1], sharpness)


def embedding_similarities(catalogue: Catalogue) -> tuple[EmbeddingSimilarity, ...]:
    """Sound, culture, character (the plain numbers but the year) and era (the year)."""
    columns, names = catalogue.columns, catalogue.column_names
    years = [i for i, name in enumerate(names) if name == "year"]
    others = [i for i, name in enumerate(names) if name != "year"]
    return (
        EmbeddingSimilarity.of("sound", catalogue.near, catalogue.knows("sound")),
        EmbeddingSimilarity.of("culture", catalogue.culture, catalogue.knows("culture")),
        _numbers("character", columns[:, others]),
        _numbers("era", columns[:, years]),
    )


def _numbers(name: str, columns: FloatArray) -> EmbeddingSimilarity:
    """Standardised columns under Euclidean distance; unknown when half or more is missing."""
    there = np.isfinite(columns)
    is_known = there.mean(axis=1) > 0.5 if columns.shape[1] else np.zeros(len(columns), np.bool_)
    count = np.maximum(there.sum(axis=0), 1)
    filled = np.where(there, columns, 0)
    mean = filled.sum(axis=0, dtype=np.float64) / count
    centred = np.where(there, columns - mean, 0)
    spread = np.sqrt((centred**2).sum(axis=0) / count)
    points = np.clip(centred / np.maximum(spread, 1e-9), -5, 5)
    points = (points / max(1, columns.shape[1]) ** 0.5).astype(np.float32)
    return EmbeddingSimilarity.of(name, points, is_known, -0.5 * (points**2).sum(axis=1))
