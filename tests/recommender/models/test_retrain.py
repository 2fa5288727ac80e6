from dataclasses import replace

import numpy as np
import pytest

from musicrec_core.model_records import Metrics
from musicrec_core.recommender.data.dataset import Catalogue, History
from musicrec_core.recommender.data.sample import subset
from musicrec_core.recommender.features.recording import Plan, library_inputs
from musicrec_core.recommender.models import retrain as retraining
from musicrec_core.recommender.models.retrain import BASELINES, RetrainOutcome, _beaten_by, retrain
from musicrec_core.records import Progress
from tests.support import worlds

BUNDLED = worlds.nearness_net()
FIGURES = ("auc", "ndcg_at_10", "logloss", "rmse")


def energetic(catalogue: Catalogue, count: int, seed: int = 0) -> History:
    """Someone who likes energetic songs, whatever they sound like otherwise."""
    rows = np.random.default_rng(seed).choice(len(catalogue), count, replace=False)
    return worlds.history(rows, catalogue.columns[rows, 1] > 0.5)


@pytest.fixture(scope="module")
def planted() -> tuple[Catalogue, RetrainOutcome]:
    catalogue = worlds.library(300)
    return catalogue, retrain(catalogue, energetic(catalogue, 80), BUNDLED, BUNDLED)


@pytest.fixture(scope="module")
def grown(planted) -> RetrainOutcome:
    """The same person, once the model was promoted and there is more feedback."""
    catalogue, outcome = planted
    return retrain(catalogue, energetic(catalogue, 110), BUNDLED, outcome.net)


def test_a_planted_taste_is_promoted_in_one_sentence(planted) -> None:
    _, outcome = planted
    assert outcome.promoted
    assert outcome.candidate.auc > outcome.current.auc
    assert outcome.reason.endswith(".")
    assert "\n" not in outcome.reason


def test_the_planted_favourite_is_found(planted) -> None:
    catalogue, outcome = planted
    message = energetic(catalogue, 80)
    inputs = library_inputs(Plan.of(outcome.net), catalogue, message).matrix
    scores = outcome.net.scores(inputs)
    best = np.argsort(-scores)[:20]
    assert (catalogue.columns[best, 1] > 0.5).mean() > 0.9


def test_the_promoted_model_remembers_what_it_saw(planted) -> None:
    catalogue, outcome = planted
    again = retrain(catalogue, energetic(catalogue, 80), BUNDLED, outcome.net)
    assert not again.promoted
    assert "no new feedback" in again.reason


def test_likeness_of_errors_is_asked_of_the_first_step_only(planted, grown) -> None:
    _, outcome = planted
    assert outcome.verdict.p_value < 0.05
    assert "97 % interval" in outcome.reason
    assert ("alike among similar songs" in outcome.reason) == outcome.verdict.explained
    assert grown.verdict.p_value is None


def test_a_personal_model_is_compared_as_it_was_trained(grown) -> None:
    assert grown.current.auc is not None
    assert grown.current.auc > 0.6  # a refitted personal model, not the bundled one


def test_random_feedback_is_not_promoted() -> None:
    promoted = 0
    for seed in range(3):
        rng = np.random.default_rng(seed)
        catalogue = worlds.library(60, seed)
        history = worlds.history(rng.choice(60, 20, replace=False), np.arange(20) % 2 == 0)
        promoted += retrain(catalogue, history, BUNDLED, BUNDLED).promoted
    assert promoted <= 1


@pytest.mark.parametrize(("likes", "dislikes"), [(0, 0), (9, 0), (0, 9), (4, 30)])
def test_too_little_of_either_kind_is_said_and_every_figure_is_there(
    likes: int, dislikes: int
) -> None:
    rows = np.arange(likes + dislikes)
    history = worlds.history(rows, rows < likes)
    outcome = retrain(worlds.library(60), history, BUNDLED, BUNDLED)
    assert not outcome.promoted
    assert f"{likes} likes and {dislikes} dislikes" in outcome.reason
    for metrics in (outcome.candidate, outcome.current, *outcome.baselines.values()):
        assert all(getattr(metrics, name) is None for name in FIGURES)
    assert {"logistic_regression", "gradient_boosting", "nearest_liked"} <= set(outcome.baselines)


def test_eight_likes_and_eight_dislikes_are_compared() -> None:
    rows = np.arange(16) * 3
    outcome = retrain(worlds.library(60), worlds.history(rows, rows % 2 == 0), BUNDLED, BUNDLED)
    assert outcome.candidate.auc is not None
    assert outcome.current.auc is not None
    assert all(m.auc is not None for m in outcome.baselines.values())


def test_feedback_on_one_artist_cannot_be_held_out() -> None:
    catalogue = worlds.library(40, artists=1)
    rows = np.arange(20)
    outcome = retrain(catalogue, worlds.history(rows, rows % 2 == 0), BUNDLED, BUNDLED)
    assert not outcome.promoted
    assert "one artist" in outcome.reason


def test_contradictory_weak_and_repeated_feedback_is_survived() -> None:
    catalogue = worlds.library(60)
    rows = np.concatenate([np.arange(20), np.arange(20), np.arange(20, 40)])
    values = np.concatenate([np.ones(20), -np.ones(20), np.tile([1.0, -0.5], 10)])
    history = History(
        rows,
        values.astype(np.float32),
        np.full(60, np.nan, np.float32),
        np.zeros(60, np.float32),
    )
    assert retrain(catalogue, history, BUNDLED, BUNDLED).candidate.auc is not None


def test_ratings_are_measured_and_predicted() -> None:
    catalogue = worlds.library(120)
    rows = np.arange(60)
    ratings = np.clip(np.round(1 + 4 * catalogue.columns[rows, 1]), 1, 5).astype(np.float32)
    history = History(rows, (ratings - 3) / 2, ratings, np.zeros(60, np.float32))
    outcome = retrain(catalogue, history, BUNDLED, BUNDLED)
    assert outcome.candidate.rmse is not None
    assert outcome.candidate.rmse < outcome.baselines["prior_mean"].rmse


def test_an_unanalysed_library_without_tags_is_survived() -> None:
    bare = worlds.library(60)
    bare = replace(
        bare,
        sound=np.full_like(bare.sound, np.nan),
        culture=np.full_like(bare.culture, np.nan),
        columns=np.full_like(bare.columns, np.nan),
    )
    rows = np.arange(24)
    outcome = retrain(bare, worlds.history(rows, rows % 2 == 0), BUNDLED, BUNDLED)
    assert outcome.candidate.auc is not None


def test_progress_ends_at_its_total_and_training_can_be_stopped() -> None:
    catalogue, seen = worlds.library(60), list[Progress]()
    rows = np.arange(24)
    history = worlds.history(rows, rows % 2 == 0)
    retrain(catalogue, history, BUNDLED, BUNDLED, progress=seen.append)
    losses = [step.losses for step in seen if step.losses]
    assert len(losses) == len(seen) - 2  # one a round
    assert all(new > 0 and current > 0 for new, current in losses)
    assert seen[-1].done == seen[-1].total
    stopped = retrain(catalogue, history, BUNDLED, BUNDLED, cancelled=lambda: True)
    assert not stopped.promoted
    assert "stopped" in stopped.reason


def test_the_same_feedback_gives_the_same_figures() -> None:
    catalogue = worlds.library(60)
    rows = np.arange(24)
    history = worlds.history(rows, rows % 3 == 0)
    first, again = (retrain(catalogue, history, BUNDLED, BUNDLED) for _ in range(2))
    assert (first.candidate, first.reason) == (again.candidate, again.reason)


def test_a_part_of_a_catalogue_keeps_each_song_with_its_tags() -> None:
    catalogue = worlds.library(30)
    part = subset(catalogue, np.array([3, 17, 29]))
    for i, row in enumerate([3, 17, 29]):
        own = part.tag_codes[part.tag_starts[i] : part.tag_starts[i + 1]]
        assert own.tolist() == catalogue.tag_codes[2 * row : 2 * row + 2].tolist()
        assert part.track_ids[i] == catalogue.track_ids[row]


def test_baselines_are_named_alike_with_and_without_feedback() -> None:
    assert set(retraining.BASELINES) == set(RetrainOutcome(None, False, "").baselines)


def test_a_simple_method_that_does_better_is_named_in_the_reason():
    metrics_by_name = {name: Metrics(auc=0.7) for name in (*BASELINES, "candidate", "current")}
    assert _beaten_by(metrics_by_name) == ""
    metrics_by_name["logistic_regression"] = Metrics(auc=0.884)
    assert "logistic regression, 88 %" in _beaten_by(metrics_by_name)
