"""Songs near to seeds, ranked by how far the seeds agree on them, each seed counting the same.

However many songs a seed stands for, it votes by reciprocal rank (Cormack, Clarke, Buettcher, SIGIR
2009), so a song near to two seeds beats one that lies half-way between all of them. And the more a
seed got already, the less its vote weighs (proportional approval voting: Thiele, 1895), so seeds
that have nothing in common share the list evenly. Before it votes, each looks at what is near to
all that are like it (benchmarks/lists/unlike.py). A seed that is several kinds of music, such as a
playlist, is several voters who share its one vote.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.ranking.candidates import best_candidates, may_be_shown
from musicrec_core.recommender.ranking.diversify import diversify
from musicrec_core.recommender.ranking.interests import interests
from musicrec_core.recommender.ranking.list_rules import RankedRow, Rules
from musicrec_core.recommender.ranking.nearness import SHARES, Nearness
from musicrec_core.recommender.scoring.library import Contribution

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.records import FloatArray, IntArray

MOST_SONGS = 32
"""Of one seed; more are thinned out evenly."""
VARIETY = 0.05
"""Whoever names a seed wants more of it: little of the order is given to being unlike."""
MOST_ELECTED = 200
_UNLIKE = 1.0  # of the nearness to what is not wanted
_TASTE = 0.05  # of the nearness's spread: the person's score settles what nearness leaves open
_AGREEMENT = 1.0  # times the mean nearness to the seeds that are alike, beside that to one's own
ALIKE = 1.0
"""So near to each other, seeds count for each other in full."""
MOST_AGREEING = 50  # seeds: each takes four bytes a song
MOST_KEPT = 8_000_000  # numbers of each source: more are computed twice
_FUSION_RANK = 20.0
_FUSION_DEPTH = 2000
_NEAREST = 3  # times the list's length: what is nearer than all else; the rest only fills up
_FILLING = 0.01
_TELLING = 1.0  # deviations: what is nearer by less is not named


@dataclass(frozen=True, slots=True, repr=False)
class Seed:
    """A voter: rows int64 that it stands for, and its share of one vote, in (0, 1]."""

    rows: IntArray
    weight: float = 1.0

    @classmethod
    def voters(cls, catalogue: Catalogue, rows: IntArray) -> tuple[Seed, ...]:
        """A seed that may hold several kinds of music, each by its number of songs."""
        groups = interests(catalogue, rows)
        songs = sum(map(len, groups))
        return tuple(cls(group, len(group) / songs) for group in groups)


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

    unlike: float32 [n], how near each row lies to what is not wanted, which is taken off its
    nearness to every seed where positive (Rocchio, 1971). scores: float32 [n], the person's own;
    they settle what nearness leaves open, and are what the picks carry. Groups of the contributions
    are `seed_sound`, `seed_words`, `seed_affect`, `seed_culture`, `seed_tags`.
    """
    catalogue = nearness.catalogue
    rules = replace(rules or Rules(), variety=VARIETY)
    showable = may_be_shown(catalogue, history, allowed)
    showable[np.concatenate([seed.rows for seed in seeds])] = False
    tastes = np.float32(_TASTE) * scores
    if unlike is not None:
        tastes = tastes - np.float32(_UNLIKE) * np.maximum(unlike, 0)
    near = _NearSeeds(nearness, seeds)
    votes = [_vote(near, at, tastes, showable, _NEAREST * count) for at in range(len(seeds))]
    value = _elected(votes, len(catalogue), max(MOST_ELECTED, 5 * count))
    candidates = best_candidates(catalogue, history, value, count, versions)
    return tuple(
        RankedRow(int(row), float(scores[row]), _who_voted(nearness, votes, int(row)))
        for row in candidates.rows[diversify(catalogue, candidates, count, rules)]
    )


class _NearSeeds:
    """How near the library lies to each of some seeds, and to those that are alike."""

    def __init__(self, nearness: Nearness, seeds: Sequence[Seed]) -> None:
        self.seeds = seeds
        self._nearness = nearness
        size = len(nearness.catalogue)
        self._kept: list[dict[str, FloatArray]] | None = None
        if len(seeds) * size <= MOST_KEPT:
            self._kept = [nearness.parts(thinned(seed.rows)) for seed in seeds]
        agree = 1 < len(seeds) <= MOST_AGREEING
        self._near = (
            np.stack([_sum(self.parts(at), size) for at in range(len(seeds))]) if agree else None
        )

    def parts(self, at: int) -> dict[str, FloatArray]:
        """Of one seed, by source, float32 [n]; made anew where they are too large to be kept."""
        if self._kept is not None:
            return self._kept[at]
        return self._nearness.parts(thinned(self.seeds[at].rows))

    def support(self, at: int, near: FloatArray) -> FloatArray:
        """Float32 [n]: the mean nearness to all seeds, each as far as it is like this one.

        near: float32 [n], to this seed. Seeds farther apart than songs drawn at random do not
        count, so those that have nothing in common do not draw the list to one of them.
        """
        if self._near is None:
            return near
        weights = np.array([seed.weight for seed in self.seeds], np.float32)
        alike = self._near[:, self.seeds[at].rows].mean(axis=1) / np.float32(ALIKE)
        weights *= np.clip(alike, 0, 1)
        weights[at] = self.seeds[at].weight
        mean: FloatArray = weights @ self._near / weights.sum()
        return mean


def _sum(parts: dict[str, FloatArray], size: int) -> FloatArray:
    return sum(parts.values(), np.zeros(size, np.float32))


def _vote(
    near_seeds: _NearSeeds,
    at: int,
    tastes: FloatArray,
    showable: NDArray[np.bool_],
    nearest: int,
) -> _Vote:
    """20 / (20 + rank) for the nearest that may be shown, ties alike; the rest only fills up.

    A seed also looks at what is near to seeds like it: of what is near to it that which they have
    in common is meant more likely. tastes: float32 [n], what is added to the nearness.
    """
    seed = near_seeds.seeds[at]
    rows = thinned(seed.rows)
    parts = near_seeds.parts(at)
    near = _sum(parts, len(tastes))
    # Less than two songs drawn at random have in common is no nearness.
    near = np.where(
        showable & (near > 0),
        near + np.float32(_AGREEMENT) * near_seeds.support(at, near) + tastes,
        -np.inf,
    )
    depth = min(_FUSION_DEPTH, len(near))
    best = np.argpartition(-near, depth - 1)[:depth]
    best = best[np.isfinite(near[best])]
    best = best[np.argsort(-near[best], kind="stable")]
    rank_of = np.searchsorted(-near[best], -near[best])
    votes = (_FUSION_RANK / (_FUSION_RANK + rank_of)).astype(np.float32)
    votes[rank_of >= nearest] *= _FILLING
    votes *= np.float32(seed.weight)
    return _Vote(rows, best, {source: part[best] for source, part in parts.items()}, votes)


def thinned(rows: IntArray) -> IntArray:
    """At most MOST_SONGS of the rows, spread evenly."""
    return rows[:: max(1, -(-len(rows) // MOST_SONGS))]


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
