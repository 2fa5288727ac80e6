"""How fast evidence fades: chosen on a person's own feedback, in the order in which it came.

Later opinions are guessed from earlier ones, with every half-life in turn, and another one than
the present is taken only where it is clearly better. It is one number for all opinions. Where
models are compared it is chosen anew within each fold, so that no held-out opinion has a say.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data import metrics
from musicrec_core.recommender.data.labels import Labels, events
from musicrec_core.recommender.data.sample import LibrarySample
from musicrec_core.recommender.features.recording import Plan, catalogue_inputs
from musicrec_core.recommender.features.user import relational_inputs
from musicrec_core.recommender.taste import bayes
from musicrec_core.recommender.taste.forward import sigmoid

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.recommender.taste.forward import TasteNet
    from musicrec_core.records import FloatArray, IntArray

HALF_LIVES_DAYS = (30.0, 90.0, 365.0, 1500.0, math.inf)
SHORTEST_SPAN_DAYS = 14.0
FEWEST = 120
"""Below, the blocks guessed hold a few dozen opinions, which cannot tell half-lives apart."""
BLOCKS, FIRST_GUESSED = 5, 3
MOST_EVENTS = 600
NEWTON_STEPS = 10
BACKGROUND = 600
CLEARLY = 2.0
"""Standard errors of the gain: five half-lives are tried, so one of them looks good by chance."""

Watch = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class HalfLifeChoice:
    """The half-life chosen, infinite for never, and the mean loss of each that was tried."""

    half_life_days: float
    losses: dict[float, float]
    reason: str


def choose(
    catalogue: Catalogue,
    history: History,
    bundled: TasteNet,
    *,
    watch: Watch | None = None,
    seed: int = 0,
) -> HalfLifeChoice:
    """The half-life that predicts later opinions best; the history's own where none is better."""
    sample = _thinned(history, seed)
    present = history.half_life_days
    span = float(np.ptp(sample.ages_days)) if len(sample) else 0.0
    if len(sample) < FEWEST or span < SHORTEST_SPAN_DAYS:
        return HalfLifeChoice(present, {}, TOO_LITTLE)
    near = LibrarySample.of(catalogue, sample, seed, BACKGROUND)
    seen = near.reindexed(sample)
    tried = dict.fromkeys((present, *HALF_LIVES_DAYS))
    losses = {
        days: _losses(near.catalogue, replace(seen, half_life_days=days), bundled, watch)
        for days in tried
    }
    return _settled(present, losses)


TOO_LITTLE = (
    "Evidence fades as before: there is too little of it, or of too short a time, to tell better."
)


def _settled(present: float, losses: dict[float, NDArray[np.float64]]) -> HalfLifeChoice:
    """The largest gain among those that are clear of their own noise."""
    best, most = present, 0.0
    for days, loss in losses.items():
        gain = losses[present] - loss
        error = float(gain.std(ddof=1)) / len(gain) ** 0.5
        if float(gain.mean()) > max(most, CLEARLY * error):
            best, most = days, float(gain.mean())
    means = {days: round(float(loss.mean()), 4) for days, loss in losses.items()}
    if best == present:
        return HalfLifeChoice(present, means, f"Evidence fades as before: {worded(present)}.")
    reason = f"Later opinions are guessed better when evidence fades so: {worded(best)}."
    return HalfLifeChoice(best, means, reason)


def worded(half_life_days: float) -> str:
    """In plain words."""
    if math.isinf(half_life_days):
        return "never"
    return f"to half in {half_life_days:.0f} days"


def _thinned(history: History, seed: int) -> History:
    """As many events as it takes to tell, from all of the time."""
    if len(history) <= MOST_EVENTS:
        return history
    chosen = np.zeros(len(history), np.bool_)
    chosen[np.random.default_rng(seed).permutation(len(history))[:MOST_EVENTS]] = True
    return events(history, chosen)


def _losses(
    catalogue: Catalogue, history: History, bundled: TasteNet, watch: Watch | None
) -> NDArray[np.float64]:
    """[opinions of the later blocks]: the loss of each, guessed from what was before its block."""
    labels = Labels.of(history)
    clear = np.flatnonzero(np.isfinite(labels.liked))
    age_of = np.full(len(catalogue), np.inf)
    np.minimum.at(age_of, history.rows, history.ages_days)
    clear = clear[np.argsort(-age_of[labels.rows[clear]], kind="stable")]
    guesser = _Guesser.of(catalogue, bundled)
    logits, blocks = [], np.array_split(clear, BLOCKS)[FIRST_GUESSED:]
    for block in blocks:
        if watch:
            watch(0, 0)
        rows = labels.rows[block]
        began = float(age_of[rows].max())
        outside = (history.ages_days > began) & ~np.isin(history.rows, rows)
        earlier = events(history, outside)
        earlier = replace(earlier, ages_days=earlier.ages_days - np.float32(began))
        logits.append(guesser.logits(earlier, rows))
    return _cross_entropy(np.concatenate(logits), labels.liked[np.concatenate(blocks)])


@dataclass(frozen=True, slots=True)
class _Guesser:
    """Quick stand-ins for both parts of a personal model: nearness, and what a recording is.

    own: float32 [n, K], what each recording itself is.
    """

    catalogue: Catalogue
    plan: Plan
    own: FloatArray
    bundled: TasteNet

    @classmethod
    def of(cls, catalogue: Catalogue, bundled: TasteNet) -> _Guesser:
        plan = Plan.personal(catalogue)
        inputs = catalogue_inputs(plan, catalogue)
        names = [plan.names[i] for i in plan.own]
        nothing = np.zeros((len(catalogue), 0), np.float32)
        own = np.stack([inputs[name] for name in names], axis=1) if names else nothing
        return cls(catalogue, plan, own.astype(np.float32), bundled)

    def logits(self, history: History, rows: IntArray) -> FloatArray:
        """Float32 [m, 2]: one for each."""
        near = relational_inputs(self.catalogue, history, rows)
        at = [near.names.index(name) for name in self.bundled.input_names]
        by_nearness = self.bundled.logits(near.matrix[:, at])
        labels = Labels.of(history)
        if not labels.both or not self.own.shape[1]:
            return np.stack([by_nearness, np.zeros_like(by_nearness)], axis=1)
        nothing = np.zeros(len(labels), np.float32)
        linear = bayes.fit_linear(
            self.own[labels.rows], labels.targets, labels.weights, nothing, members=2
        )
        by_itself = linear.block.member_logits(self.own[rows]).mean(axis=0)
        return np.stack([by_nearness, by_itself], axis=1)


def _cross_entropy(logits: FloatArray, liked: FloatArray) -> NDArray[np.float64]:
    """[m], after the two logits [m, 2] were weighed by a logistic regression, the same for all."""
    design = np.concatenate([logits, np.ones((len(logits), 1))], axis=1).astype(np.float64)
    weights = np.zeros(design.shape[1])
    for _ in range(NEWTON_STEPS):
        probability = sigmoid(design @ weights).astype(np.float64)
        curve = np.maximum(probability * (1 - probability), 1e-6)
        hessian = (design * curve[:, None]).T @ design + np.eye(len(weights))
        weights += np.linalg.solve(hessian, design.T @ (liked - probability) - weights)
        weights[:-1] = np.maximum(weights[:-1], 0)  # else a taste turned round is read backwards
    return metrics.row_losses(sigmoid(design @ weights), liked).astype(np.float64)
