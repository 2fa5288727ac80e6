import numpy as np
import pytest

from musicrec_core.recommender.data.dataset import History
from musicrec_core.recommender.data.labels import Labels
from musicrec_core.recommender.features.recording import Plan, library_inputs
from musicrec_core.recommender.taste import bayes, fit
from musicrec_core.recommender.taste.calibration import rating_line, slope_and_shift
from musicrec_core.recommender.taste.effort import Effort
from musicrec_core.recommender.taste.examples import Recipe
from musicrec_core.recommender.taste.forward import Shape, sigmoid
from musicrec_core.recommender.taste.training_set import TrainingSet, crossed_inputs
from tests.support import worlds

QUICK = Effort(1, Recipe(Shape(6, 2, (8,), 4), max_epochs=3))


def told(count: int, songs: int) -> History:
    rng = np.random.default_rng(0)
    return worlds.history(rng.choice(songs, count, replace=False), rng.random(count) < 0.5)


def test_the_linear_posterior_finds_a_linear_taste_and_knows_what_it_does_not_know() -> None:
    rng = np.random.default_rng(0)
    inputs = rng.normal(size=(400, 6)).astype(np.float32)
    liked = (rng.random(400) < sigmoid(2 * inputs[:, 0])).astype(np.float32)
    ones, none = np.ones(400, np.float32), np.zeros(400, np.float32)
    much = bayes.fit_linear(inputs, liked, ones, none)
    little = bayes.fit_linear(inputs[:20], liked[:20], ones[:20], none[:20])
    logits = much.block.member_logits(inputs)
    assert np.corrcoef(logits.mean(axis=0), inputs[:, 0])[0, 1] > 0.9
    assert little.block.member_logits(inputs).std(axis=0).mean() > logits.std(axis=0).mean()


def test_left_out_logits_are_those_of_a_model_without_the_row() -> None:
    rng = np.random.default_rng(1)
    inputs = rng.normal(size=(40, 3)).astype(np.float32)
    liked = (inputs[:, 0] + 0.5 * rng.normal(size=40) > 0).astype(np.float32)
    ones, none = np.ones(40, np.float32), np.zeros(40, np.float32)
    whole = bayes.fit_linear(inputs, liked, ones, none)
    weights = ones.copy()
    weights[0] = 0
    without = bayes.fit_linear(inputs, liked, weights, none)
    wanted = without.block.member_logits(inputs[:1]).mean()
    full = whole.block.member_logits(inputs[:1]).mean()
    assert abs(whole.left_out_logits[0] - wanted) < max(abs(full - wanted), 0.05)


def test_random_answers_leave_the_prior_alone() -> None:
    rng = np.random.default_rng(2)
    inputs = rng.normal(size=(60, 20)).astype(np.float32)
    liked = (rng.random(60) < 0.5).astype(np.float32)
    fitted = bayes.fit_linear(inputs, liked, np.ones(60, np.float32), np.zeros(60, np.float32))
    assert fitted.block.member_logits(inputs).mean(axis=0).std() < 0.5


def test_opinions_of_one_song_are_added_up_and_contradictions_weigh_nothing() -> None:
    nan = np.nan
    history = History(
        np.array([4, 4, 7, 9, 9]),
        np.array([1, -1, 0.5, 0.1, 0.1], np.float32),
        np.array([nan, nan, 4, nan, nan], np.float32),
        np.zeros(5, np.float32),
    )
    labels = Labels.of(history)
    assert labels.rows.tolist() == [4, 7, 9]
    assert labels.weights.tolist() == pytest.approx([0, 1, 0.2])
    assert labels.targets[1] == 0.75
    assert np.isnan(labels.liked).tolist() == [True, False, True]


def test_the_latest_rating_counts() -> None:
    history = History(
        np.array([3, 3]),
        np.array([1, -1], np.float32),
        np.array([5, 1], np.float32),
        np.array([0, 30], np.float32),
    )
    assert Labels.of(history).ratings.tolist() == [5]


def test_a_rows_inputs_do_not_tell_its_own_answer() -> None:
    catalogue = worlds.library(80)
    rows = np.arange(40)
    fold = np.arange(40) % 4
    plan = Plan.personal(catalogue)
    liked = rows % 3 == 0
    turned = liked.copy()
    turned[fold == 1] = ~turned[fold == 1]
    first, again = (
        crossed_inputs(plan, catalogue, worlds.history(rows, answers), rows, fold)
        for answers in (liked, turned)
    )
    counts = [plan.names.index(name) for name in ("liked_count", "disliked_count")]
    others = np.setdiff1d(np.arange(len(plan.names)), counts)
    assert np.allclose(first[fold == 1][:, others], again[fold == 1][:, others], equal_nan=True)
    assert len(np.unique(first[:, counts], axis=0)) == 1


def test_a_personal_model_applies_to_the_whole_library_and_to_a_larger_one() -> None:
    catalogue = worlds.library(80)
    history = told(40, 80)
    training = TrainingSet.of(catalogue, history, catalogue.artists)
    net = fit.train(training, worlds.nearness_net(), effort=QUICK)
    for library in (catalogue, worlds.library(120, seed=3)):
        scores = net.scores(library_inputs(Plan.of(net), library, history).matrix)
        assert scores.shape == (len(library),)
        assert np.isfinite(scores).all()
    assert net.seen.tolist() == sorted(catalogue.track_ids[history.rows].tolist())


def test_calibration_undoes_overconfidence() -> None:
    rng = np.random.default_rng(0)
    true = rng.normal(size=4000)
    liked = (rng.random(4000) < sigmoid(true + 0.5)).astype(np.float32)
    slope, shift = slope_and_shift(
        (3 * true).astype(np.float32), liked, np.ones(4000, np.float32), doubt=2
    )
    assert slope == pytest.approx(1 / 3, abs=0.05)
    assert shift == pytest.approx(0.5, abs=0.1)


def test_a_rating_needs_enough_ratings() -> None:
    learned = np.linspace(0, 1, 20).astype(np.float32)
    ratings = (2 + 2 * learned).astype(np.float32)
    assert rating_line(learned[:7], ratings[:7]) is None
    line = rating_line(learned, ratings)
    assert line is not None
    assert line[0] + line[1] * 0.5 == pytest.approx(3, abs=0.2)
