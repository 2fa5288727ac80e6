"""One person's model: as large as that person's feedback can support.

It stands on the bundled network, whose logit is the offset of everything else. A Bayesian linear
model is always fitted; from a hundred or so opinions on a committee of networks joins it, and the
held-out rows of their training decide who stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.metrics import grouped_folds
from musicrec_core.recommender.taste import bayes, calibrating
from musicrec_core.recommender.taste.forward import Block, Shape, TasteNet, sigmoid
from musicrec_core.recommender.taste.personal import Plan, library_inputs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.dataset import Catalogue, History
    from musicrec_core.recommender.taste.prior import Prior
    from musicrec_core.recommender.taste.training import Recipe, Watch
    from musicrec_core.records import FloatArray, IntArray

NETWORK_FROM = 120
TABLE_NETWORK_FROM = 30
INNER_FOLDS = 4
WEAKEST = 0.05
CLEAR = 0.4
"""Opinions at least this strong are what models are compared on: likes, dislikes, ratings."""


@dataclass(frozen=True, slots=True)
class Opinions:
    """What one person thinks of m recordings, each once.

    rows: int64 [m]. liked: float32 [m], 1 or 0 where that was said clearly, else NaN.
    targets: float32 [m] in [0, 1], (rating - 1) / 4 where rated, so that what is learned is the
    mean rating too. weights: float32 [m], how much to make of it. ratings: float32 [m] or NaN.
    """

    rows: IntArray
    liked: FloatArray
    targets: FloatArray
    weights: FloatArray
    ratings: FloatArray

    @classmethod
    def of(cls, history: History) -> Opinions:
        """Events of one recording added up; contradictions cancel, and weigh next to nothing."""
        rows, which = np.unique(history.rows, return_inverse=True)
        value = np.clip(np.bincount(which, history.values, len(rows)), -1, 1)
        ratings = np.full(len(rows), np.nan, np.float32)
        order = np.argsort(-history.ages_days, kind="stable")  # the latest rating is written last
        order = order[np.isfinite(history.ratings[order])]
        ratings[which[order]] = history.ratings[order]
        # A rating alone says its value; with other events beside it, it is one of them.
        rated = np.isfinite(ratings) & (np.bincount(which, minlength=len(rows)) == 1)
        strength = np.abs(value)
        weight = np.where(rated, 1, np.where(strength < WEAKEST, 0, strength))
        left = np.zeros(len(rows), np.float32)
        np.maximum.at(left, which, history.left)  # the latest event says how old an opinion is
        return cls(
            rows,
            np.where(strength >= CLEAR, value > 0, np.nan).astype(np.float32),
            np.where(rated, (ratings - 1) / 4, value > 0).astype(np.float32),
            (weight * left).astype(np.float32),
            ratings,
        )

    def __len__(self) -> int:
        return len(self.rows)

    def take(self, chosen: IntArray) -> Opinions:
        """Some of them."""
        return Opinions(
            self.rows[chosen],
            self.liked[chosen],
            self.targets[chosen],
            self.weights[chosen],
            self.ratings[chosen],
        )

    @property
    def both(self) -> bool:
        """Whether something is liked and something disliked."""
        return bool((self.liked == 1).any() and (self.liked == 0).any())


def events(history: History, chosen: NDArray[np.bool_]) -> History:
    """Some of the events."""
    return replace(
        history,
        rows=history.rows[chosen],
        values=history.values[chosen],
        ratings=history.ratings[chosen],
        ages_days=history.ages_days[chosen],
    )


@dataclass(frozen=True, slots=True)
class Effort:
    """How many networks to train on how many rows, and how."""

    networks: int
    recipe: Recipe

    @classmethod
    def for_rows(cls, rows: int) -> Effort:
        """What a person may be asked to wait for."""
        from musicrec_core.recommender.taste.training import Recipe

        if rows < NETWORK_FROM:
            return cls(0, Recipe())
        small = rows < 3000
        return cls(
            2,
            Recipe(
                Shape(bins=12, embedding=4, hidden=(64,), members=8, dropout=0.2),
                learning_rate=4e-3,
                batch_rows=128 if rows < 600 else 256 if small else 512,
                max_epochs=60 if small else 30,
                patience=8 if small else 4,
            ),
        )

    @classmethod
    def for_table(cls, rows: int) -> Effort:
        """What an evaluation may take: one that nobody waits for in the middle of listening."""
        from musicrec_core.recommender.taste.training import Recipe

        if rows >= 20_000:
            return cls.for_rows(rows)
        if rows < TABLE_NETWORK_FROM:
            return cls(0, Recipe())
        if rows < 400:
            shape = Shape(bins=8, embedding=4, hidden=(64,), members=16, dropout=0.25)
            return cls(4, Recipe(shape, learning_rate=3e-3, batch_rows=64, patience=12))
        shape = Shape(bins=24, embedding=8, hidden=(96,), members=16, dropout=0.25)
        return cls(4, Recipe(shape, learning_rate=3e-3, max_epochs=100, patience=12))


@dataclass(frozen=True, slots=True)
class _Part:
    """A candidate member of the committee; `left_out` [m] is NaN for rows it was trained on."""

    blocks: tuple[Block, ...]
    left_out: FloatArray


@dataclass(frozen=True, slots=True, repr=False)
class Lesson:
    """All that one person's model is trained on.

    inputs: float32 [m, K] of the plan, of each recording as seen from the opinions outside its
    fold. folds: int64 [m], by groups.
    """

    plan: Plan
    told: Opinions
    inputs: FloatArray
    folds: IntArray
    track_ids: IntArray

    @classmethod
    def of(
        cls,
        catalogue: Catalogue,
        history: History,
        groups: IntArray,
        seed: int = 0,
        prior: Prior | None = None,
    ) -> Lesson:
        """groups: int64 [n], by recording; what lies in one is held out together (artists)."""
        told, plan = Opinions.of(history), Plan.personal(catalogue)
        folds = grouped_folds(groups[told.rows], INNER_FOLDS, seed, told.liked)
        inputs = crossed_inputs(plan, catalogue, history, told.rows, folds, prior)
        return cls(plan, told, inputs, folds, catalogue.track_ids[told.rows])


def train(
    lesson: Lesson,
    bundled: TasteNet | None,
    *,
    seed: int = 0,
    effort: Effort | None = None,
    watch: Watch | None = None,
    prior_logits: FloatArray | None = None,
) -> TasteNet:
    """A personal model from feedback of both kinds.

    prior_logits: float32 [m], what the bundled net says of the lesson's rows, where it was trained
    on some of them and its own word would be too sure.
    """
    told = lesson.told
    effort = effort or Effort.for_rows(len(told))
    base = replace(
        _standing_on(bundled, lesson.plan),
        axes=dict(lesson.plan.axes),
        seen=np.sort(lesson.track_ids),
    )
    offsets = np.zeros(len(told), np.float32)
    if bundled:
        known = base.logits(lesson.inputs) if prior_logits is None else prior_logits
        base = replace(base, prior_weight=_trust(known, told, bundled.calibration[0]))
        offsets = np.float32(base.prior_weight) * known
    linear = bayes.fit_linear(
        lesson.inputs,
        told.targets,
        told.weights,
        offsets,
        members=effort.recipe.shape.members,
        seed=seed,
    )
    parts = [_Part((linear.block,), linear.left_out_logits - offsets)]
    if effort.networks and len(lesson.plan.own):
        parts.append(_networks(lesson, offsets, effort, seed, watch))
    return _settled(base, parts, told, offsets)


def crossed_inputs(
    plan: Plan,
    catalogue: Catalogue,
    history: History,
    rows: IntArray,
    fold: IntArray,
    prior: Prior | None = None,
) -> FloatArray:
    """Float32 [m, K]: the inputs of recordings, each seen from the history outside its own fold.

    So training rows look as recordings by new artists will. Leaving out no more than the row
    itself gives its answer away: where a like is missing there was one.
    """
    inputs = np.empty((len(rows), len(plan.names)), np.float32)
    fold_of = np.full(len(catalogue), -1)
    fold_of[rows] = fold
    for held in np.unique(fold):
        outside = events(history, fold_of[history.rows] != held)
        own = rows[fold == held]
        inputs[fold == held] = library_inputs(plan, catalogue, outside, own, None, prior).matrix
    # How much is known is known of every row alike; by fold it would tell how many are liked.
    counts = [plan.names.index(name) for name in ("liked_count", "disliked_count")]
    inputs[:, counts] = library_inputs(plan, catalogue, history, rows[:1], None, prior).matrix[
        0, counts
    ]
    return inputs


def _standing_on(bundled: TasteNet | None, plan: Plan) -> TasteNet:
    """A net of the plan's inputs whose prior is the bundled one, its columns found by name."""
    if bundled is None:
        return TasteNet(plan.names, plan.groups, ())
    place = {name: i for i, name in enumerate(plan.names)}
    at = np.array([place[name] for name in bundled.input_names], np.int64)
    blocks = tuple(replace(b, columns=at[b.columns]) for b in bundled.blocks)
    return TasteNet(plan.names, plan.groups, (), blocks)


def _trust(logits: FloatArray, told: Opinions, expected: float) -> float:
    """How far to trust the prior: a belief of about `expected`, moved by this person's opinions."""
    slope, _ = calibrating.slope_and_shift(
        logits, told.targets, told.weights, expected_slope=expected, doubt=expected / 2
    )
    return slope


def _networks(
    lesson: Lesson, offsets: FloatArray, effort: Effort, seed: int, watch: Watch | None
) -> _Part:
    """Networks that each hold out another fold to stop by.

    They read what a recording is; where it lies to the person's past is in the offset already,
    and as further inputs it only cost them accuracy (docs/experiments.md).
    """
    from musicrec_core.recommender.taste.training import Examples, fit

    told, columns = lesson.told, lesson.plan.own
    inputs = lesson.inputs[:, columns]
    examples = Examples.of(inputs, told.targets, told.weights, offsets)
    blocks, left_out = [], np.full(len(told), np.nan, np.float32)
    for i in range(effort.networks):
        held = np.flatnonzero(lesson.folds == i % INNER_FOLDS)
        rest = np.flatnonzero(lesson.folds != i % INNER_FOLDS)
        fitted = fit(
            examples.take(rest), examples.take(held), effort.recipe, seed=seed + i, watch=watch
        )
        blocks.append(replace(fitted.block, columns=columns))
        left_out[held] = fitted.block.member_logits(inputs[held]).mean(axis=0)
    return _Part(tuple(blocks), left_out)


def _settled(base: TasteNet, parts: list[_Part], told: Opinions, offsets: FloatArray) -> TasteNet:
    """The parts that do best together on rows that none of them was trained on, calibrated."""
    options = [(part,) for part in parts] + ([tuple(parts)] if len(parts) > 1 else [])
    common = np.isfinite(_mean(tuple(parts))) & (told.weights > 0)
    chosen = min(options, key=lambda option: _loss(option, told, offsets, common))
    logits = _mean(chosen) + offsets
    known = np.isfinite(logits)
    clear = known & np.isfinite(told.liked)
    calibration = calibrating.slope_and_shift(logits[clear], told.liked[clear], told.weights[clear])
    line = calibrating.rating_line(sigmoid(logits[known]), told.ratings[known])
    blocks = tuple(block for part in chosen for block in part.blocks)
    return replace(base, blocks=blocks, calibration=calibration, rating_line=line)


def _mean(parts: tuple[_Part, ...]) -> FloatArray:
    """The committee's logit on held-out rows [m]; each block counts alike."""
    blocks = np.array([len(part.blocks) for part in parts], np.float32)
    mean: FloatArray = blocks @ np.stack([part.left_out for part in parts]) / blocks.sum()
    return mean


def _loss(
    parts: tuple[_Part, ...], told: Opinions, offsets: FloatArray, rows: NDArray[np.bool_]
) -> float:
    """The weighted cross entropy after calibration, so that mostly the order is compared."""
    if not rows.any():
        return 0.0
    logits, targets, weights = (
        (_mean(parts) + offsets)[rows],
        told.targets[rows],
        told.weights[rows],
    )
    slope, shift = calibrating.slope_and_shift(logits, targets, weights)
    found = slope * logits + shift
    return float((weights * (np.logaddexp(0, found) - targets * found)).sum() / weights.sum())
