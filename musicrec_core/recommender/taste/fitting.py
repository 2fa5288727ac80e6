"""One person's model: as large as that person's feedback can support.

It stands on the bundled network, whose logit is the offset of everything else. A Bayesian linear
model is always fitted; from a hundred or so opinions on a committee of networks joins it, and the
held-out rows of their training decide who stays.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.metrics import grouped_folds, row_losses
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
WEAKEST = 0.05


@dataclass(frozen=True, slots=True)
class Opinions:
    """What one person thinks of m recordings, each once.

    rows: int64 [m]. liked: float32 [m], 0 or 1. weights: float32 [m], how strongly it was said.
    ratings: float32 [m], NaN where not rated.
    """

    rows: IntArray
    liked: FloatArray
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
        return cls(
            rows,
            (value > 0).astype(np.float32),
            np.where(np.abs(value) < WEAKEST, 0, np.abs(value)).astype(np.float32),
            ratings,
        )

    def __len__(self) -> int:
        return len(self.rows)


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
                Shape(bins=12, embedding=4, hidden=(48, 48), members=8),
                learning_rate=4e-3,
                batch_rows=128 if rows < 600 else 256 if small else 512,
                max_epochs=60 if small else 30,
                patience=8 if small else 4,
            ),
        )


@dataclass(frozen=True, slots=True)
class _Part:
    """A candidate member of the committee; `left_out` [m] is NaN for rows it was trained on."""

    blocks: tuple[Block, ...]
    left_out: FloatArray


def train(
    catalogue: Catalogue,
    history: History,
    bundled: TasteNet | None,
    *,
    groups: IntArray | None = None,
    seed: int = 0,
    effort: Effort | None = None,
    watch: Watch | None = None,
    prior: Prior | None = None,
) -> TasteNet:
    """A personal model from feedback of both kinds.

    groups: int64 [n], by recording; what lies in one group is held out together (artists).
    """
    told = Opinions.of(history)
    plan = Plan.personal(catalogue)
    inputs = library_inputs(plan, catalogue, history, told.rows, "own", prior).matrix
    base = replace(_standing_on(bundled, plan), axes=dict(plan.axes))
    base = replace(base, seen=np.sort(catalogue.track_ids[told.rows]))
    base = _weighted(base, inputs, told, bundled.calibration[0] if bundled else 1.0)
    offsets = base.logits(inputs) if base.prior else np.zeros(len(told), np.float32)
    effort = effort or Effort.for_rows(len(told))
    linear = bayes.fit_linear(
        inputs,
        told.liked,
        told.weights,
        offsets,
        members=effort.recipe.shape.members,
        seed=seed,
    )
    parts = [_Part((linear.block,), linear.left_out_logits - offsets)]
    if effort.networks:
        codes = (catalogue.artists if groups is None else groups)[told.rows]
        parts.append(_networks(inputs, told, offsets, codes, effort, seed, watch))
    return _settled(base, parts, told, offsets)


def _standing_on(bundled: TasteNet | None, plan: Plan) -> TasteNet:
    """A net of the plan's inputs whose prior is the bundled one, its columns found by name."""
    if bundled is None:
        return TasteNet(plan.names, plan.groups, ())
    place = {name: i for i, name in enumerate(plan.names)}
    at = np.array([place[name] for name in bundled.input_names], np.int64)
    blocks = tuple(replace(b, columns=at[b.columns]) for b in bundled.blocks)
    return TasteNet(plan.names, plan.groups, (), blocks)


def _weighted(base: TasteNet, inputs: FloatArray, told: Opinions, expected: float) -> TasteNet:
    """How far to trust the prior: a belief of about one, moved by this person's opinions."""
    if not base.prior:
        return base
    slope, _ = calibrating.slope_and_shift(
        base.logits(inputs),
        told.liked,
        told.weights,
        expected_slope=expected,
        doubt=expected / 2,
    )
    return replace(base, prior_weight=slope)


def _networks(
    inputs: FloatArray,
    told: Opinions,
    offsets: FloatArray,
    codes: IntArray,
    effort: Effort,
    seed: int,
    watch: Watch | None,
) -> _Part:
    """Networks that each hold out another part of the groups to stop by."""
    from musicrec_core.recommender.taste.training import Examples, fit

    examples = Examples.of(inputs, told.liked, told.weights, offsets)
    fold = grouped_folds(codes, max(5, effort.networks), seed, told.liked)
    blocks, left_out = [], np.full(len(told), np.nan, np.float32)
    for i in range(effort.networks):
        held, rest = np.flatnonzero(fold == i), np.flatnonzero(fold != i)
        fitted = fit(
            examples.take(rest), examples.take(held), effort.recipe, seed=seed + i, watch=watch
        )
        blocks.append(fitted.block)
        left_out[held] = fitted.block.member_logits(inputs[held]).mean(axis=0)
    return _Part(tuple(blocks), left_out)


def _settled(base: TasteNet, parts: list[_Part], told: Opinions, offsets: FloatArray) -> TasteNet:
    """The parts that do best together on rows that none of them was trained on, calibrated."""
    options = [(part,) for part in parts] + ([tuple(parts)] if len(parts) > 1 else [])
    common = np.isfinite(_mean(tuple(parts))) & (told.weights > 0)
    chosen = min(options, key=lambda option: _loss(option, told, offsets, common))
    known = np.isfinite(_mean(chosen)) & (told.weights > 0)
    logits = (_mean(chosen) + offsets)[known]
    calibration = calibrating.slope_and_shift(logits, told.liked[known], told.weights[known])
    net = replace(base, blocks=sum((p.blocks for p in chosen), ()), calibration=calibration)
    rated = np.isfinite(_mean(chosen))
    scores = net.calibrated((_mean(chosen) + offsets)[rated])
    return replace(net, rating_line=calibrating.rating_line(scores, told.ratings[rated]))


def _mean(parts: tuple[_Part, ...]) -> FloatArray:
    """The committee's logit on held-out rows [m]; each block counts alike."""
    blocks = np.array([len(part.blocks) for part in parts], np.float32)
    mean: FloatArray = blocks @ np.stack([part.left_out for part in parts]) / blocks.sum()
    return mean


def _loss(
    parts: tuple[_Part, ...], told: Opinions, offsets: FloatArray, rows: NDArray[np.bool_]
) -> float:
    """The weighted log loss after calibration, so that only the order of songs is compared."""
    if not rows.any():
        return 0.0
    logits, liked, weights = (_mean(parts) + offsets)[rows], told.liked[rows], told.weights[rows]
    slope, shift = calibrating.slope_and_shift(logits, liked, weights)
    losses = row_losses(sigmoid(slope * logits + shift), liked)
    return float((losses * weights).sum() / weights.sum())
