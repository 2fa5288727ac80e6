"""From scores to a list worth showing: filtered, varied, with a little room to explore.

Variety is by maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998). Several seeds are
joined by reciprocal rank fusion (Cormack, Clarke, Buettcher, SIGIR 2009): a song near to two
seeds beats one that lies half-way between all of them, which a mean would prefer.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data.history import UserHistory
from musicrec_core.recommender.features.similarity import SimilaritySource
from musicrec_core.recommender.features.user import similarity_sources
from musicrec_core.recommender.scoring.library import Contribution, Scoring

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.records import FloatArray, IntArray

EXPLORE_EVERY = 10
_FIRST_EXPLORED = 6  # the seventh pick of every ten: below what everyone reads first
_POOL = 1000
_LIKED = 0.5
_MOST_SEEDS = 32
_FUSION_RANK = 60.0
_FUSION_DEPTH = 2000
NEUTRAL = 0.5
_DIAL = 0.6  # how much of the whole range of scores the dial's ends are worth


@dataclass(frozen=True, slots=True)
class RankedRow:
    """A row to show. `probability` is that with which it was chosen: 1 unless explored."""

    row: int
    score: float
    contributions: tuple[Contribution, ...]
    explore: bool = False
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What a list must keep to; all but the dislikes give way before it runs short."""

    per_artist: int = 2
    familiar_every: int = 4
    """At most one pick in so many is a song that this person liked already."""
    variety: float = 0.35
    """Share of the order given to being unlike what is already in the list, 0 to 1."""
    popular: float = NEUTRAL
    """The one place where popularity counts: 0 prefers little known artists, 1 well known ones."""
    explore: bool = True
    seed: int = 0
    """Same seed, same list: change it once a day, not with every look."""


@dataclass(frozen=True, slots=True)
class _Candidates:
    """Rows int64 [c] that may be shown, best first, with relevance float32 [c] in [0, 1]."""

    rows: IntArray
    relevance: FloatArray
    artists: IntArray
    versions: IntArray
    familiar: NDArray[np.bool_]


def rank(
    catalogue: Catalogue,
    history: History,
    scoring: Scoring,
    count: int,
    *,
    allowed: NDArray[np.bool_] | None = None,
    versions: IntArray | None = None,
    popularity: FloatArray | None = None,
    rules: Rules | None = None,
) -> tuple[RankedRow, ...]:
    """At most `count` picks, best first.

    allowed: bool [n], rows that may be shown at all. versions: int64 [n], one code for all
    versions of one song (same title and artist); without it, every row is its own song.
    popularity: float32 [n] in [0, 1], how well known each is among the library's; only
    `rules.popular` gives it a say.
    """
    rules = rules or Rules()
    may = _may_be_shown(catalogue, history, allowed)
    order = _best_first(scoring, may)
    pool = order[: max(_POOL, 5 * count)]
    candidates = _candidates(catalogue, history, pool, scoring.scores, versions)
    candidates = _dialled(candidates, popularity, rules)
    chosen = _varied(catalogue, candidates, count, rules)
    first = scoring.top_rows[: len(scoring.contributions)]
    known = dict(zip(first.tolist(), scoring.contributions, strict=True))
    picks = [
        RankedRow(int(r), float(scoring.scores[r]), known.get(int(r), ()))
        for r in candidates.rows[chosen]
    ]
    if not rules.explore:
        return tuple(picks)
    return _with_explored(picks, order, scoring, known, rules)


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
    may = _may_be_shown(catalogue, history, allowed)
    may[seed_rows] = False
    votes = _votes(catalogue, seed_rows[:: max(1, -(-len(seed_rows) // _MOST_SEEDS))])
    total = sum((v for _, _, v in votes), np.zeros(len(catalogue), np.float32))
    total = np.where(may, total * (1 + 0.1 * scores), 0).astype(np.float32)
    order = np.argsort(-total, kind="stable")[: max(_POOL, 5 * count)]
    order = order[total[order] > 0]
    candidates = _candidates(catalogue, history, order, total, versions)
    chosen = _varied(catalogue, candidates, count, rules)
    return tuple(
        RankedRow(int(row), float(scores[row]), _who_voted(votes, int(row)))
        for row in candidates.rows[chosen]
    )


def _may_be_shown(
    catalogue: Catalogue, history: History, allowed: NDArray[np.bool_] | None
) -> NDArray[np.bool_]:
    """Everything allowed but what is disliked on balance: outright, or rated 1 or 2."""
    may = np.ones(len(catalogue), np.bool_) if allowed is None else allowed.copy()
    may[history.rows[history.values <= -0.5]] = False
    return may


def _best_first(scoring: Scoring, may: NDArray[np.bool_]) -> IntArray:
    """All explained rows that may be shown; every other one only where those run short."""
    top = scoring.top_rows[may[scoring.top_rows]]
    if len(top) >= _POOL:
        return top
    order = np.argsort(-scoring.scores, kind="stable")
    return order[may[order]]


def _candidates(
    catalogue: Catalogue,
    history: History,
    rows: IntArray,
    scores: FloatArray,
    versions: IntArray | None,
) -> _Candidates:
    value = scores[rows]
    spread = float(value.max() - value.min()) if len(value) else 0.0
    relevance = (value - value.min()) / spread if spread > 0 else np.ones(len(rows))
    own = rows if versions is None else versions[rows]
    familiar = np.isin(rows, history.rows[history.values >= _LIKED])
    return _Candidates(rows, relevance.astype(np.float32), catalogue.artists[rows], own, familiar)


def _dialled(candidates: _Candidates, popularity: FloatArray | None, rules: Rules) -> _Candidates:
    """The candidates as the dial for popularity would have them; untouched while it is neutral."""
    if popularity is None or rules.popular == NEUTRAL:
        return candidates
    pull = np.float32(2 * _DIAL * (rules.popular - NEUTRAL))
    moved = candidates.relevance + pull * (popularity[candidates.rows] - np.float32(0.5))
    return replace(candidates, relevance=moved)


def _varied(catalogue: Catalogue, candidates: _Candidates, count: int, rules: Rules) -> list[int]:
    """Positions among the candidates, greedily by relevance less nearness to those chosen."""
    vectors = _vectors(catalogue, candidates.rows)
    nearest = np.zeros(len(candidates.rows), np.float32)
    free = np.ones(len(candidates.rows), np.bool_)
    chosen: list[int] = []
    while free.any() and len(chosen) < count:
        open_ = free & _within_rules(candidates, chosen, rules)
        value = (1 - rules.variety) * candidates.relevance - rules.variety * nearest
        best = int(np.argmax(np.where(open_ if open_.any() else free, value, -np.inf)))
        chosen.append(best)
        free[best] = False
        nearest = np.maximum(nearest, vectors @ vectors[best])
    return chosen


def _within_rules(candidates: _Candidates, chosen: list[int], rules: Rules) -> NDArray[np.bool_]:
    """Bool [c]: neither too much of one artist, nor a second version of one song."""
    artists, times = np.unique(candidates.artists[chosen], return_counts=True)
    full = artists[(times >= rules.per_artist) & (artists >= 0)]
    within = ~np.isin(candidates.artists, full) & ~np.isin(
        candidates.versions, candidates.versions[chosen]
    )
    if (candidates.familiar[chosen].sum() + 1) * rules.familiar_every > len(chosen) + 1:
        within &= ~candidates.familiar
    return within


def _vectors(catalogue: Catalogue, rows: IntArray) -> FloatArray:
    """Float32 [c, E + C]: sound and culture side by side, so a product is their mean cosine."""
    parts = [np.nan_to_num(catalogue.near[rows]), np.nan_to_num(catalogue.culture[rows])]
    return np.concatenate(parts, axis=1) * np.float32(0.5**0.5)


def _with_explored(
    picks: list[RankedRow],
    order: IntArray,
    scoring: Scoring,
    known: dict[int, tuple[Contribution, ...]],
    rules: Rules,
) -> tuple[RankedRow, ...]:
    """Put an uncertain but promising row in one place of every ten."""
    rng = np.random.default_rng(rules.seed)
    shown = {pick.row for pick in picks}
    pool = np.array([r for r in order if int(r) not in shown], np.int64)
    result = list(picks)
    for place in range(_FIRST_EXPLORED, len(picks), EXPLORE_EVERY):
        chance = scoring.scores[pool] * scoring.uncertainty[pool]
        if len(pool) == 0 or chance.sum() <= 0:
            break
        chance = chance.astype(np.float64) / chance.sum(dtype=np.float64)
        at = int(rng.choice(len(pool), p=chance))
        row = int(pool[at])
        result[place] = RankedRow(
            row, float(scoring.scores[row]), known.get(row, ()), True, float(chance[at])
        )
        pool = np.delete(pool, at)
    return tuple(result)


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
