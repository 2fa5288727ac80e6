"""Songs near to seeds, ranked by how far the seeds agree on them, each seed counting the same.

However many songs a seed stands for, it votes by reciprocal rank (Cormack, Clarke, Buettcher, SIGIR
2009), so a song near to two seeds beats one that lies half-way between all of them. And the more a
seed got already, the less its vote weighs (proportional approval voting: Thiele, 1895), so seeds
that have nothing in common share the list evenly. Each votes for what is near to it and to those
that are like it (near_seeds.py). A seed that is several kinds of music, such as a
playlist, is several voters who share its one vote.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.ranking.candidates import best_candidates, may_be_shown
from musicrec_core.recommender.ranking.diversify import diversify
from musicrec_core.recommender.ranking.list_rules import RankedRow, Rules
from musicrec_core.recommender.ranking.near_seeds import NearSeeds, Seed, thinned
from musicrec_core.recommender.ranking.nearness import SHARES, Nearness
from musicrec_core.recommender.scoring.library import Contribution

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import History
    from musicrec_core.records import FloatArray, IntArray

VARIETY = 0.05
"""Whoever names a seed wants more of it: little of the order is given to being unlike."""
MOST_ELECTED = 200
_TASTE = 0.05  # of the nearness's spread: the person's score settles what nearness leaves open
_FUSION_RANK = 20.0
_FUSION_DEPTH = 2000
_NEAREST = 3  # times the list's length: what is nearer than all else; the rest only fills up
_FILLING = 0.01
_TELLING = 1.0  # deviations: what is nearer by less is not named


@dataclass(frozen=True, slots=True, repr=False)
class _Vote:
    """One seed's say of the nearest rows, int64 [v], the nearest first; it has no say of others.

    seed: int64, its own rows. parts: by source, float32 [v], what it adds to nearness. votes:
    float32 [v].
    """

    seed: IntArray
    rows: IntArray
    parts: dict[str, FloatArray]
    votes: FloatArray

    def at(self, row: int) -> int | None:
        """The place of a row; None where this seed has no say of it."""
        places = np.flatnonzero(self.rows == row)
        return int(places[0]) if len(places) else None


def rank_by_seeds(
    nearness: Nearness,
    history: History,
    seeds: Sequence[Seed],
    scores: FloatArray,
    count: int,
    *,
    allowed: NDArray[np.bool_] | None = None,
    versions: IntArray | None = None,
    rules: Rules | None = None,
    unlike: FloatArray | None = None,
) -> tuple[RankedRow, ...]:
    """At most `count` rows close to the seeds, each with the seeds that speak for it.

    unlike: float32 [n], what is taken off the nearness of each row to every seed, for lying near to
    what is not wanted (Rocchio, 1971). scores: float32 [n], the person's own;
    they settle what nearness leaves open, and are what the picks carry. Groups of the contributions
    are `seed_sound`, `seed_words`, `seed_affect`, `seed_culture`, `seed_tags`.
    """
    catalogue = nearness.catalogue
    rules = replace(rules or Rules(), variety=VARIETY)
    showable = may_be_shown(catalogue, history, allowed)
    showable[np.concatenate([seed.rows for seed in seeds])] = False
    tastes = np.float32(_TASTE) * scores
    if unlike is not None:
        tastes = tastes - unlike
    near = NearSeeds(nearness, seeds)
    votes = [_vote(near, at, tastes, showable, _NEAREST * count) for at in range(len(seeds))]
    value = _elected(votes, len(catalogue), max(MOST_ELECTED, 5 * count))
    candidates = best_candidates(catalogue, history, value, count, versions)
    return tuple(
        RankedRow(int(row), float(scores[row]), _who_voted(nearness, votes, int(row)))
        for row in candidates.rows[diversify(catalogue, candidates, count, rules)]
    )


def _vote(
    near_seeds: NearSeeds,
    at: int,
    tastes: FloatArray,
    showable: NDArray[np.bool_],
    nearest: int,
) -> _Vote:
    """20 / (20 + rank) for the nearest that may be shown, ties alike; the rest only fills up.

    tastes: float32 [n], what is added to the nearness.
    """
    seed = near_seeds.seeds[at]
    rows = thinned(seed.rows)
    parts = near_seeds.parts(at)
    near = near_seeds.together(at)
    # Less than two songs drawn at random have in common is no nearness.
    near = np.where(showable & (near > 0), near + tastes, -np.inf)
    depth = min(_FUSION_DEPTH, len(near))
    best = np.argpartition(-near, depth - 1)[:depth]
    best = best[np.isfinite(near[best])]
    best = best[np.argsort(-near[best], kind="stable")]
    rank_of = np.searchsorted(-near[best], -near[best])
    votes = (_FUSION_RANK / (_FUSION_RANK + rank_of)).astype(np.float32)
    votes[rank_of >= nearest] *= _FILLING
    votes *= np.float32(seed.weight)
    return _Vote(rows, best, {source: part[best] for source, part in parts.items()}, votes)


def _elected(votes: Sequence[_Vote], size: int, most: int) -> FloatArray:
    """Float32 [size]: falls with the place at which a row is elected; 0 where it never is.

    Elected one at a time (sequential proportional approval voting, Thiele 1895): a seed's votes
    are divided by one more than what the rows elected so far already got of it.
    """
    value = np.zeros(size, np.float32)
    rows = np.unique(np.concatenate([vote.rows for vote in votes]))
    unspent = np.zeros((len(votes), len(rows)), np.float32)
    for of_seed, vote in zip(unspent, votes, strict=True):
        of_seed[np.searchsorted(rows, vote.rows)] = vote.votes
    represented = np.zeros(len(votes), np.float32)
    for place in range(min(most, len(rows))):
        best = int(np.argmax((1 / (1 + represented)) @ unspent))
        value[rows[best]] = _FUSION_RANK / (_FUSION_RANK + place)
        represented += unspent[:, best]
        unspent[:, best] = 0
    return value


def _who_voted(nearness: Nearness, votes: Sequence[_Vote], row: int) -> tuple[Contribution, ...]:
    """For each source the seed that spoke loudest by it, with all that the seeds gave by it."""
    voters = [(vote, at) for vote in votes if (at := vote.at(row)) is not None]
    shares_of: dict[str, list[tuple[float, _Vote]]] = {}
    for vote, at in voters:
        named = {s: float(p[at]) for s, p in vote.parts.items() if _tells(s, float(p[at]))}
        for source, value in named.items():
            share = float(vote.votes[at]) * value / sum(named.values())
            shares_of.setdefault(source, []).append((share, vote))
    terms = []
    for source, shares in shares_of.items():
        loudest = max(shares, key=lambda pair: pair[0])[1]
        seed = nearness.nearest_row(source, loudest.seed, row)
        terms.append(Contribution(f"seed_{source}", sum(s for s, _ in shares), seed))
    if not terms:
        loudest = max(voters, key=lambda pair: float(pair[0].votes[pair[1]]))[0]
        terms = [Contribution("seed_all", 1.0, int(loudest.seed[0]))]
    return tuple(sorted(terms, key=lambda term: -term.weight))


def _tells(source: str, value: float) -> bool:
    """Whether a source's part is enough to say so: a shared tag, or nearer than most songs."""
    return value > (0.01 if source == "tags" else _TELLING * SHARES[source])
