"""Songs near to several seeds: each seed votes, and agreement wins.

Reciprocal rank fusion (Cormack, Clarke, Buettcher, SIGIR 2009): a song near to two seeds beats one
that lies half-way between all of them, which a mean would prefer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data.history import UserHistory
from musicrec_core.recommender.features.similarity import EmbeddingSimilarity, SimilaritySource
from musicrec_core.recommender.features.user import similarity_sources
from musicrec_core.recommender.ranking.candidates import POOL, candidates_of, may_be_shown
from musicrec_core.recommender.ranking.diversify import diversify
from musicrec_core.recommender.ranking.list_rules import RankedRow, Rules
from musicrec_core.recommender.scoring.library import Contribution

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.records import FloatArray, IntArray


_MOST_SEEDS = 32


_FUSION_RANK = 60.0


_FUSION_DEPTH = 2000


_VOTING = ("sound", "culture", "tags")


_TOGETHER = 8
"""Seeds at a time: one pass over the library for all of them, 32 MB in a million songs."""


def rank_by_seeds(
    catalogue: Catalogue,
    history: History,
    seed_rows: IntArray,
    scores: FloatArray,
    count: int,
    *,
    allowed: NDArray[np.bool_] | None = None,
    versions: IntArray | None = None,
    rules: Rules | None = None,
) -> tuple[RankedRow, ...]:
    """At most `count` rows close to the seeds, each with the seeds that speak for it.

    scores: float32 [n], the person's own; they settle only what nearness leaves open, and are
    what the picks carry. Groups of the contributions are `seed_sound`, `seed_culture`, `seed_tags`.
    """
    rules = rules or Rules()
    may = may_be_shown(catalogue, history, allowed)
    may[seed_rows] = False
    votes = _votes(catalogue, seed_rows[:: max(1, -(-len(seed_rows) // _MOST_SEEDS))])
    total = np.zeros(len(catalogue), np.float32)
    for vote in votes:
        total[vote.rows] += vote.values
    total = np.where(may, total * (1 + 0.1 * scores), 0).astype(np.float32)
    order = np.argsort(-total, kind="stable")[: max(POOL, 5 * count)]
    order = order[total[order] > 0]
    candidates = candidates_of(catalogue, history, order, total, versions)
    chosen = diversify(catalogue, candidates, count, rules)
    return tuple(
        RankedRow(int(row), float(scores[row]), _who_voted(votes, int(row)))
        for row in candidates.rows[chosen]
    )


@dataclass(frozen=True, slots=True)
class _Vote:
    """What one seed says by one source: values float32 [v] of rows int64 [v], 0 of all others."""

    group: str
    seed: int
    rows: IntArray
    values: FloatArray

    def of(self, row: int) -> float:
        """Of one row."""
        at = np.flatnonzero(self.rows == row)
        return float(self.values[at[0]]) if len(at) else 0.0


def _votes(catalogue: Catalogue, seeds: IntArray) -> list[_Vote]:
    """1 / (60 + rank) for the nearest, by each source that knows a seed."""
    votes: list[_Vote] = []
    for channel in similarity_sources(catalogue):
        known = seeds[channel.known[seeds]]
        for start in range(0, len(known) if channel.name in _VOTING else 0, _TOGETHER):
            some = known[start : start + _TOGETHER]
            for seed, near in zip(some.tolist(), _nearness(channel, some), strict=True):
                # Nothing in common, or less than two songs drawn at random, is no nearness.
                near[~channel.known | (near <= 0)] = -np.inf
                votes.append(_Vote(f"seed_{channel.name}", seed, *_ranked(near)))
    return votes


def _nearness(channel: SimilaritySource, seeds: IntArray) -> Iterable[FloatArray]:
    """Float32 [n] for each seed: how near everything is to it."""
    if isinstance(channel, EmbeddingSimilarity):
        return channel.nearness(seeds)
    alone = np.ones(1, np.float32)
    histories = (UserHistory(np.array([seed]), alone, alone * 0) for seed in seeds)
    return (channel.statistics(past)[:, 1] for past in histories)


def _ranked(near: FloatArray) -> tuple[IntArray, FloatArray]:
    """The seed itself comes first and so uses up a rank; ties share their first rank."""
    depth = min(_FUSION_DEPTH, len(near))
    best = np.argpartition(-near, depth - 1)[:depth]
    best = best[np.isfinite(near[best])]
    rank_of = np.searchsorted(np.sort(-near[best]), -near[best])
    return best, (1 / (_FUSION_RANK + rank_of)).astype(np.float32)


def _who_voted(votes: Sequence[_Vote], row: int) -> tuple[Contribution, ...]:
    """For each source the seed that spoke loudest, with all that its seeds gave."""
    terms = []
    for group in dict.fromkeys(vote.group for vote in votes):
        own = [(vote.of(row), vote.seed) for vote in votes if vote.group == group]
        weight = sum(value for value, _ in own)
        if weight > 0:
            terms.append(Contribution(group, weight, max(own)[1]))
    return tuple(sorted(terms, key=lambda term: -term.weight))
