"""Scores of a whole library for one person, and what each of the best scores is made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data.lots import lots
from musicrec_core.recommender.features.prior import Prior
from musicrec_core.recommender.features.recording import Plan, with_own
from musicrec_core.recommender.features.shared_tags import TagSimilarity
from musicrec_core.recommender.features.user import UserFeatures
from musicrec_core.recommender.scoring import evidence, shapley
from musicrec_core.recommender.scoring.ties import Ties, similarities, ties_of

if TYPE_CHECKING:
    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.recommender.taste.forward import TasteNet
    from musicrec_core.records import FloatArray, IntArray

_SAMPLE = 4000
_ROWS_AT_ONCE = 32_768
_DECIMALS = 5
_PRIOR_BY_SOUND = 2  # column of what most people like, by sound


@dataclass(frozen=True, slots=True)
class Contribution:
    """One group's share of a score, in logits, and what is behind it."""

    group: str
    weight: float
    evidence_row: int | None = None
    """Row of the liked or disliked recording whose removal was tried."""
    evidence_tag: str | None = None
    by_sound: bool = False
    """What many people like of it is how it sounds."""
    ties: Ties | None = None
    """How the recording stands to the past by this group's source."""


@dataclass(frozen=True, slots=True, repr=False)
class Scoring:
    """Scores of n recordings in [0, 1] and their uncertainty, float32 [n] each.

    top_rows: int64 [t], best first, and `contributions` of the first of them, largest first.
    """

    scores: FloatArray
    uncertainty: FloatArray
    top_rows: IntArray
    contributions: tuple[tuple[Contribution, ...], ...]


@dataclass(frozen=True, slots=True, repr=False)
class LibraryScorer:
    """A library as one person's model sees it: enough to score it all, and to explain any row."""

    net: TasteNet
    features: UserFeatures
    prior: Prior | None

    @classmethod
    def of(
        cls, net: TasteNet, catalogue: Catalogue, history: History, prior: Prior | None = None
    ) -> LibraryScorer:
        """Look at the whole library once."""
        return cls(net, UserFeatures.of(catalogue, history, prior), prior)

    def inputs(self, rows: IntArray | slice) -> FloatArray:
        """Float32 [m, K of the net] of any rows."""
        own = self.features.inputs(rows)
        return with_own(Plan.of(self.net), own, self.features.catalogue, rows)

    def scored(self, top: int, explained: int) -> Scoring:
        """Score everything; the `top` best in order, of which the first `explained` say why."""
        n = len(self.features.catalogue)
        logits, uncertainty = np.empty(n, np.float32), np.empty(n, np.float32)
        for start in range(0, n, _ROWS_AT_ONCE):
            part = slice(start, min(start + _ROWS_AT_ONCE, n))
            logits[part], uncertainty[part] = self.predicted(part)
        order = best(self.features.catalogue, np.arange(n), logits, top)
        return Scoring(
            scores=self.net.calibrated(logits),
            uncertainty=uncertainty,
            top_rows=order,
            contributions=self.explained(order[:explained]),
        )

    def predicted(self, rows: IntArray | slice) -> tuple[FloatArray, FloatArray]:
        """Logits, not calibrated, and uncertainty of probabilities, of any rows; float32 [m]."""
        members = self.net.member_logits(self.inputs(rows))
        # Alike inputs differ by rounding only.
        logits = np.round(members.mean(axis=0), _DECIMALS)
        return logits, self.net.calibrated(members).std(axis=0)

    def explained(self, rows: IntArray) -> tuple[tuple[Contribution, ...], ...]:
        """What the scores of any rows are made of, largest share first."""
        return self.basis.explained(rows, self.inputs(rows))

    @property
    def basis(self) -> ScoringBasis:
        """What explaining needs once the library is scored."""
        features = self.features
        rows = ordinary_rows(len(features.catalogue), features.history.rows)
        middle = ordinary(self.inputs(rows))
        return ScoringBasis(self.net, features.without_library(), middle, self.prior)


def best(catalogue: Catalogue, rows: IntArray, logits: FloatArray, top: int) -> IntArray:
    """The `top` of some rows, best first by their logits [m]; of what ties, a lot decides."""
    chosen = np.arange(len(rows))
    if top < len(rows):
        least = np.partition(logits, len(rows) - top)[len(rows) - top]
        chosen = np.flatnonzero(logits >= least)
    order = np.lexsort((lots(catalogue.track_ids[rows[chosen]], 0), -logits[chosen]))[:top]
    best_rows: IntArray = rows[chosen[order]]
    return best_rows


@dataclass(frozen=True, slots=True, repr=False)
class ScoringBasis:
    """What a library was scored by, without its inputs: enough to score and explain some rows.

    ordinary: float32 [K], the middle of the library's inputs, which shares are told from.
    """

    net: TasteNet
    features: UserFeatures
    ordinary: FloatArray
    prior: Prior | None

    def inputs(self, rows: IntArray) -> FloatArray:
        """Float32 [m, K of the net] of some recordings."""
        return with_own(
            Plan.of(self.net), self.features.of_rows(rows), self.features.catalogue, rows
        )

    def explained(
        self, rows: IntArray, inputs: FloatArray | None = None
    ) -> tuple[tuple[Contribution, ...], ...]:
        """What the scores of any rows are made of, largest share first."""
        if not len(rows):
            return ()
        features, related = self.features, self.features.of_rows(rows)
        if inputs is None:
            inputs = with_own(Plan.of(self.net), related, features.catalogue, rows)
        groups, shares = shapley.shares(self.net, inputs, self.ordinary)
        by_group = {group: shares[:, g] for g, group in enumerate(groups)}
        near = similarities(features, rows)
        facts = _Facts(
            by_group,
            evidence.tried(self.net, features, rows, self.net.logits(inputs), by_group, near),
            _tag_terms(features, self.prior or Prior.bundled()),
            ties_of(features, related, rows, near),
        )
        return tuple(_contributions(features, row, i, facts) for i, row in enumerate(rows.tolist()))

    @property
    def ordinary_score(self) -> float:
        """The score from which shares are counted: that of an ordinary recording."""
        return float(self.net.calibrated(self.net.logits(self.ordinary[None]))[0])


def score_library(
    net: TasteNet,
    catalogue: Catalogue,
    history: History,
    top: int = 1000,
    prior: Prior | None = None,
) -> Scoring:
    """Score everything once; explain the `top` best."""
    return LibraryScorer.of(net, catalogue, history, prior).scored(top, explained=top)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of m rows, by group.

    shares: float32 [m]. songs: positions in the past, int64 [m], of the songs behind them. tags:
    what each tag of the library adds, float32 [tags]. ties: of each row.
    """

    shares: dict[str, FloatArray]
    songs: dict[str, IntArray]
    tags: dict[str, FloatArray]
    ties: dict[str, tuple[Ties, ...]]


def _contributions(
    features: UserFeatures, row: int, i: int, facts: _Facts
) -> tuple[Contribution, ...]:
    """Of one row, the i-th that the facts speak of."""
    by_sound = features.prior_inputs[row, _PRIOR_BY_SOUND]
    # Of a song of the past its own share in what a tag adds is no reason.
    own = {"tags"} if row in features.history.rows else set()
    tags = {group: terms for group, terms in facts.tags.items() if group not in own}
    terms = [
        Contribution(
            group,
            weight := float(share[i]),
            _evidence_row(features, facts.songs.get(group), i),
            _leading_tag(features.catalogue, tags.get(group), row, weight),
            by_sound=group == "popular" and bool(by_sound * weight > 0),
            ties=facts.ties[group][i] if group in facts.ties else None,
        )
        for group, share in facts.shares.items()
        if abs(share[i]) >= evidence.TRIFLE
    ]
    return tuple(sorted(terms, key=lambda term: -abs(term.weight)))


def _evidence_row(features: UserFeatures, songs: IntArray | None, i: int) -> int | None:
    return None if songs is None or songs[i] < 0 else int(features.history.rows[songs[i]])


def ordinary_rows(count: int, rated_rows: IntArray) -> IntArray:
    """A few thousand of `count` rows, evenly.

    rated_rows: int64, left out where others remain: in a library of a few songs a liked one would
    else be held against itself.
    """
    fresh = np.ones(count, np.bool_)
    fresh[rated_rows] = False
    rows = np.flatnonzero(fresh if fresh.any() else ~fresh)
    some: IntArray = rows[:: max(1, len(rows) // _SAMPLE)]
    return some


def ordinary(inputs: FloatArray) -> FloatArray:
    """Float32 [K]: the median of inputs [m, K]; NaN where most know nothing, or m is 0."""
    if not len(inputs):
        return np.full(inputs.shape[1], np.nan, np.float32)
    middle: FloatArray = np.sort(inputs, axis=0)[len(inputs) // 2]  # NaN comes last
    return middle


def _tag_terms(features: UserFeatures, prior: Prior) -> dict[str, FloatArray]:
    """Float32 [tags]: what each tag adds to a recording, by group that speaks of tags."""
    terms = {"popular": np.nan_to_num(prior.tag_values(features.catalogue))}
    for tags in features.sources:
        history = features.history.where(np.flatnonzero(tags.is_known[features.history.rows]))
        if isinstance(tags, TagSimilarity) and len(history):
            terms["tags"] = tags.profile(history, history.liked - history.disliked)
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
