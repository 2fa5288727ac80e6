"""Scores of a whole library for one person, and what each of the best scores is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.taste import evidence, shapley
from musicrec_core.recommender.taste.channels import TagChannel
from musicrec_core.recommender.taste.inputs import Standpoint
from musicrec_core.recommender.taste.personal import Plan, with_own
from musicrec_core.recommender.taste.prior import Prior

if TYPE_CHECKING:
    from musicrec_core.recommender.dataset import Catalogue, History
    from musicrec_core.recommender.taste.forward import TasteNet
    from musicrec_core.records import FloatArray, IntArray

_SAMPLE = 4000


@dataclass(frozen=True, slots=True)
class Contribution:
    """One group's share of a score, in logits, and what is behind it."""

    group: str
    weight: float
    evidence_row: int | None = None
    """Row of the liked or disliked recording whose removal was tried."""
    evidence_tag: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Scoring:
    """Scores of n recordings in [0, 1] and their uncertainty, float32 [n] each.

    top_rows: int64 [t], best first, and `contributions` of each, largest first.
    """

    scores: FloatArray
    uncertainty: FloatArray
    top_rows: IntArray
    contributions: tuple[tuple[Contribution, ...], ...]


def score_library(
    net: TasteNet,
    catalogue: Catalogue,
    history: History,
    top: int = 1000,
    prior: Prior | None = None,
) -> Scoring:
    """Score everything once; explain the `top` best."""
    view = Standpoint.of(catalogue, history, prior)
    inputs = with_own(Plan.of(net), view.library, catalogue)
    members = net.member_logits(inputs)
    logits = members.mean(axis=0)
    order = np.argsort(-logits, kind="stable")[:top]
    return Scoring(
        scores=net.calibrated(logits),
        uncertainty=net.calibrated(members).std(axis=0),
        top_rows=order,
        contributions=_contributions(net, view, inputs, order, prior),
    )


def explain_rows(
    net: TasteNet,
    catalogue: Catalogue,
    history: History,
    rows: IntArray,
    prior: Prior | None = None,
) -> tuple[tuple[Contribution, ...], ...]:
    """What the scores of any rows are made of, largest share first."""
    view = Standpoint.of(catalogue, history, prior)
    inputs = with_own(Plan.of(net), view.library, catalogue)
    return _contributions(net, view, inputs, rows, prior)


def _contributions(
    net: TasteNet, view: Standpoint, library: FloatArray, rows: IntArray, prior: Prior | None
) -> tuple[tuple[Contribution, ...], ...]:
    inputs = library[rows]
    groups, shares = shapley.shares(net, inputs, ordinary(library, view.past.rows))
    by_group = {group: shares[:, g] for g, group in enumerate(groups)}
    songs = evidence.tried(net, view, rows, net.logits(inputs), by_group)
    tags = _tag_terms(view, prior or Prior.bundled())
    explained = []
    for i, row in enumerate(rows.tolist()):
        terms = [
            Contribution(
                group,
                float(shares[i, g]),
                _evidence_row(view, songs.get(group), i),
                _leading_tag(view.catalogue, tags.get(group), row, float(shares[i, g])),
            )
            for g, group in enumerate(groups)
            if abs(shares[i, g]) >= evidence.TRIFLE
        ]
        explained.append(tuple(sorted(terms, key=lambda term: -abs(term.weight))))
    return tuple(explained)


def _evidence_row(view: Standpoint, songs: IntArray | None, i: int) -> int | None:
    return None if songs is None or songs[i] < 0 else int(view.past.rows[songs[i]])


def ordinary(library: FloatArray, told: IntArray) -> FloatArray:
    """Float32 [K]: the median inputs, from a few thousand rows; NaN where most know nothing.

    Of recordings that nothing was `told` of, where there are any: in a library of a few songs a
    liked one would else be held against itself.
    """
    fresh = np.ones(len(library), np.bool_)
    fresh[told] = False
    rows = np.flatnonzero(fresh if fresh.any() else ~fresh)
    some = np.sort(library[rows[:: max(1, len(rows) // _SAMPLE)]], axis=0)  # NaN comes last
    middle: FloatArray = some[len(some) // 2]
    return middle


def _tag_terms(view: Standpoint, prior: Prior) -> dict[str, FloatArray]:
    """Float32 [tags]: what each tag adds to a recording, by group that speaks of tags."""
    terms = {"popular": np.nan_to_num(prior.tag_values(view.catalogue))}
    tags = TagChannel.of(view.catalogue)
    past = view.past.where(np.flatnonzero(tags.known[view.past.rows]))
    if len(past):
        terms["tags"] = tags.profile(past, past.liked - past.disliked)
    return terms


def _leading_tag(
    catalogue: Catalogue, terms: FloatArray | None, row: int, weight: float
) -> str | None:
    """The tag of a recording that pulls its score furthest in the direction of `weight`."""
    codes = catalogue.tag_codes[catalogue.tag_starts[row] : catalogue.tag_starts[row + 1]]
    if terms is None or len(codes) == 0:
        return None
    pull = terms[codes] * np.sign(weight)
    return catalogue.tag_names[int(codes[np.argmax(pull)])] if pull.max() > 0 else None
