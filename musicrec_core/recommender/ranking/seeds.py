"""Songs near to several seeds: each seed votes, and agreement wins.

Reciprocal rank fusion (Cormack, Clarke, Buettcher, SIGIR 2009): a song near to two seeds beats one
that lies half-way between all of them, which a mean would prefer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data.history import UserHistory
from musicrec_core.recommender.features.similarity import SimilaritySource
from musicrec_core.recommender.features.user import similarity_sources
from musicrec_core.recommender.ranking.candidates import POOL, candidates_of, may_be_shown
from musicrec_core.recommender.ranking.diversify import diversify
from musicrec_core.recommender.ranking.list_rules import RankedRow, Rules
from musicrec_core.recommender.scoring.library import Contribution

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.records import FloatArray, IntArray


_MOST_SEEDS = 32


_FUSION_RANK = 60.0


_FUSION_DEPTH = 2000


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
    total = sum((v for _, _, v in votes), np.zeros(len(catalogue), np.float32))
    total = np.where(may, total * (1 + 0.1 * scores), 0).astype(np.float32)
    order = np.argsort(-total, kind="stable")[: max(POOL, 5 * count)]
    order = order[total[order] > 0]
    candidates = candidates_of(catalogue, history, order, total, versions)
    chosen = diversify(catalogue, candidates, count, rules)
    return tuple(
        RankedRow(int(row), float(scores[row]), _who_voted(votes, int(row)))
        for row in candidates.rows[chosen]
    )


_Vote = tuple[str, int, "FloatArray"]


def _votes(catalogue: Catalogue, seeds: IntArray) -> list[_Vote]:
    """(Source, seed row, float32 [n] votes): 1 / (60 + rank) for the nearest, 0 for the rest."""
    votes: list[_Vote] = []
    for channel in similarity_sources(catalogue):
        for seed in seeds if channel.name in ("sound", "culture", "tags") else ():
            if channel.known[seed]:
                near = _nearness(channel, int(seed))
                # Nothing in common, or less than two songs drawn at random, is no nearness.
                near[~channel.known | (near <= 0)] = -np.inf
                votes.append((f"seed_{channel.name}", int(seed), _ranked(near)))
    return votes


def _nearness(channel: SimilaritySource, seed: int) -> FloatArray:
    """Float32 [n]: how near everything is to one seed."""
    alone = np.ones(1, np.float32)
    past = UserHistory(np.array([seed]), alone, alone * 0)
    return channel.statistics(past)[:, 1]


def _ranked(near: FloatArray) -> FloatArray:
    """The seed itself comes first and so uses up a rank; ties share their first rank."""
    depth = min(_FUSION_DEPTH, len(near))
    best = np.argpartition(-near, depth - 1)[:depth]
    best = best[np.isfinite(near[best])]
    rank_of = np.searchsorted(np.sort(-near[best]), -near[best])
    votes = np.zeros(len(near), np.float32)
    votes[best] = 1 / (_FUSION_RANK + rank_of)
    return votes


def _who_voted(votes: Sequence[_Vote], row: int) -> tuple[Contribution, ...]:
    """For each source the seed that spoke loudest, with all that its seeds gave."""
    terms = []
    for group in dict.fromkeys(group for group, _, _ in votes):
        own = [(float(v[row]), seed) for name, seed, v in votes if name == group]
        weight = sum(value for value, _ in own)
        if weight > 0:
            terms.append(Contribution(group, weight, max(own)[1]))
    return tuple(sorted(terms, key=lambda term: -term.weight))
