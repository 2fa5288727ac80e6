"""Dials: how a list leans, each by a measure of its own that rises with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data import mapped
from musicrec_core.recommender.ranking.candidates import Candidates
from musicrec_core.recommender.ranking.list_rules import NEUTRAL, Rules

if TYPE_CHECKING:
    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.records import FloatArray

WORTH = 0.6
"""Of the range of relevance that contends for a place, what a dial's ends are worth."""
MOST_LIKED = 200
"""Songs liked last that nearness is measured to: one is near where one of them is."""
BY_ARTIST = 0.6
"""How familiar a song is that was never heard, by an artist who was."""
FOCUSED, VARIED = -0.4, 0.6


@dataclass(frozen=True, slots=True, repr=False)
class Pull:
    """values: float32 [n] in [0, 1], where each row lies. dial: in [0, 1], where to lean."""

    values: FloatArray
    dial: float


def dialled(candidates: Candidates, pulls: Sequence[Pull]) -> Candidates:
    """The candidates as the dials would have them; untouched while all are neutral."""
    moved = candidates.relevance
    for pull in pulls:
        if pull.dial != NEUTRAL:
            by = np.float32(2 * WORTH * (pull.dial - NEUTRAL))
            moved = moved + by * (pull.values[candidates.rows] - np.float32(0.5))
    return replace(candidates, relevance=moved)


def familiarity(catalogue: Catalogue, history: History) -> FloatArray:
    """Float32 [n]: 1 where the song itself was heard, less where only its artist was, else 0."""
    makers = catalogue.credits
    heard = np.concatenate([makers.leads[history.rows], makers.further(history.rows)[1]])
    met = makers.credit(heard)
    familiar = np.float32(BY_ARTIST) * met.astype(np.float32)
    familiar[history.rows] = 1
    return familiar


def closeness(catalogue: Catalogue, history: History) -> FloatArray | None:
    """Float32 [n]: share of the library that lies further from what was liked.

    By the mean cosine, in sound and style, to the nearest song liked; None where nothing was, or
    where nothing is known of those songs.
    """
    liked = np.unique(history.rows[history.values > 0][::-1][:MOST_LIKED])
    likeness = [
        near
        for vectors in (catalogue.near, catalogue.culture)
        if (near := _nearest(vectors, vectors[liked])) is not None
    ]
    if not likeness:
        return None
    mean = np.nanmean(np.stack(likeness), axis=0)
    order = np.argsort(np.argsort(np.nan_to_num(mean, nan=-2.0), kind="stable"), kind="stable")
    shares: FloatArray = (order / max(len(order) - 1, 1)).astype(np.float32)
    return shares


def leaning(rules: Rules, *, familiar: float, diverse: float) -> Rules:
    """The rules as two dials would have them: how often what is liked may come, how varied.

    Fewer kinds of music, or more, are other shares than those of what was liked.
    """
    every = rules.familiar_every
    if familiar > NEUTRAL:
        every = 1 + round((every - 1) * 2 * (1 - familiar))
    elif familiar < NEUTRAL:
        every = round(every / max(2 * familiar, 1e-3))
    end = FOCUSED if diverse < NEUTRAL else max(VARIED, rules.variety)
    turned = 2 * abs(diverse - NEUTRAL)
    variety = rules.variety + turned * (end - rules.variety)
    per_artist = rules.per_artist + round(8 * max(0.0, NEUTRAL - diverse))
    return replace(
        rules,
        familiar_every=every,
        variety=variety,
        calibrated=rules.calibrated * (1 - turned),
        per_artist=max(1, per_artist - round(2 * max(0.0, diverse - NEUTRAL))),
    )


def _nearest(vectors: FloatArray, liked: FloatArray) -> FloatArray | None:
    """Float32 [n]: cosine with the nearest of the rows liked; None where none is known."""
    there = liked[np.isfinite(liked[:, 0])] if liked.size else liked
    if not len(there):
        return None
    best: FloatArray = mapped.products(vectors, there.T).max(axis=1)
    return best
