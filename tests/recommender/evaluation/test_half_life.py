import math
from dataclasses import replace

import numpy as np
import pytest

from musicrec_core.recommender.data.dataset import Catalogue, History
from musicrec_core.recommender.data.history import UserHistory
from musicrec_core.recommender.data.labels import Labels
from musicrec_core.recommender.evaluation import half_life
from musicrec_core.recommender.evaluation.compare import RetrainComparison
from musicrec_core.recommender.evaluation.held_out import HeldOut
from musicrec_core.recommender.models.retrain import retrain
from tests.support import worlds

BUNDLED = worlds.nearness_net()


def energetic(catalogue: Catalogue, turned_before_days: float) -> History:
    """Two years of liking energy; in the last `turned_before_days` of liking its absence."""
    rng = np.random.default_rng(0)
    rows = rng.choice(len(catalogue), 300, replace=False)
    ages = np.sort(rng.uniform(0, 730, 300))[::-1].astype(np.float32)
    liked = (catalogue.columns[rows, 1] > 0.5) != (ages < turned_before_days)
    return replace(worlds.history(rows, liked), ages_days=ages)


def test_a_taste_that_turned_is_remembered_for_less_long() -> None:
    catalogue = worlds.library(400)
    chosen = half_life.choose(catalogue, energetic(catalogue, 365.0), BUNDLED)
    assert chosen.half_life_days < 365
    assert chosen.losses[chosen.half_life_days] < chosen.losses[1500.0]
    assert str(round(chosen.half_life_days)) in chosen.reason


def test_a_constant_taste_is_not_forgotten_sooner() -> None:
    catalogue = worlds.library(400)
    chosen = half_life.choose(catalogue, energetic(catalogue, 0.0), BUNDLED)
    assert chosen.half_life_days >= 365


def test_feedback_of_one_evening_leaves_the_rate_alone() -> None:
    catalogue = worlds.library(400)
    history = replace(energetic(catalogue, 0.0), ages_days=np.zeros(300, np.float32))
    chosen = half_life.choose(catalogue, history, BUNDLED)
    assert (chosen.half_life_days, chosen.losses) == (history.half_life_days, {})


def test_held_out_opinions_have_no_say_in_how_fast_their_fold_forgets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    catalogue = worlds.library(400)
    history = energetic(catalogue, 365.0)
    choose, seen, held = half_life.choose, list[np.ndarray](), list[np.ndarray]()
    add = HeldOut.add
    monkeypatch.setattr(
        half_life, "choose", lambda c, h, b, **k: seen.append(h.rows) or choose(c, h, b, **k)
    )
    monkeypatch.setattr(
        HeldOut,
        "add",
        lambda self, rows, by_scorer: held.append(rows) or add(self, rows, by_scorer),
    )
    retrain(catalogue, history, BUNDLED, BUNDLED)
    recordings = np.unique(history.rows)
    assert len(seen) == len(held) + 1  # and once for the model that would be kept
    for outside, rows in zip(seen, held, strict=False):
        assert not np.isin(recordings[rows], outside).any()
        assert len(outside) + len(rows) == len(history)


def test_turning_held_out_opinions_round_changes_no_guess_about_them() -> None:
    catalogue = worlds.library(400)
    history = energetic(catalogue, 365.0)
    comparison = RetrainComparison(catalogue, history, catalogue.artists, BUNDLED, BUNDLED, 0)
    held = np.flatnonzero(catalogue.artists[comparison.labels.rows] % 4 == 0)
    turned = np.isin(history.rows, comparison.labels.rows[held])
    other = replace(
        comparison, history=replace(history, values=np.where(turned, -1, 1) * history.values)
    )
    first, again = (t.predictions(t.labels, held, None) for t in (comparison, other))
    for name, prediction in first.items():
        assert prediction.scores.tolist() == again[name].scores.tolist()


def test_faded_evidence_weighs_less_but_is_no_less_clear() -> None:
    old = History(
        np.array([3, 5]), np.array([1, -1], np.float32), np.full(2, np.nan, np.float32),
        np.array([0, 60], np.float32), half_life_days=30.0,
    )  # fmt: skip
    labels, faded = Labels.of(old), UserHistory.of(old)
    assert labels.weights == pytest.approx([1, 0.25])
    assert labels.liked.tolist() == [1, 0]
    assert (faded.liked[0], faded.disliked[1]) == pytest.approx((1, 0.25))


def test_evidence_that_never_fades_keeps_its_weight() -> None:
    history = History(
        np.array([3]), np.ones(1, np.float32), np.full(1, np.nan, np.float32),
        np.array([1e5], np.float32), half_life_days=math.inf,
    )  # fmt: skip
    assert history.left.tolist() == [1]
    with pytest.raises(ValueError, match="half-life"):
        replace(history, half_life_days=0.0)
