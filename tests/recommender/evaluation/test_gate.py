from dataclasses import replace

import numpy as np
import pytest

from musicrec_core.recommender.data import metrics
from musicrec_core.recommender.evaluation import gate


def case(seed: int, rows: int = 120) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    liked = (rng.random(rows) < 0.5).astype(np.float32)
    return liked, rng.random(rows), rng.integers(0, rows // 3, rows), rng.integers(0, 3, rows)


def test_a_scorer_that_knows_the_answers_is_better() -> None:
    liked, noise, groups, rounds = case(0)
    verdict = gate.compare(liked + 0.3 * noise, noise, liked, groups, rounds)
    assert verdict.better
    assert verdict.low < verdict.gain < verdict.high


def test_no_scorer_is_better_than_itself() -> None:
    liked, noise, groups, rounds = case(1)
    assert not gate.compare(noise, noise, liked, groups, rounds).better


def test_noise_seldom_beats_noise() -> None:
    promoted = 0
    for seed in range(100):
        liked, noise, groups, rounds = case(seed, rows=40)
        other = np.random.default_rng(900 + seed).random(40)
        promoted += gate.compare(other, noise, liked, groups, rounds).better
    assert promoted <= 8


def test_only_pairs_of_one_round_are_compared() -> None:
    liked = np.array([1, 0, 1, 0], np.float32)
    scores = np.array([0.2, 0.1, 0.9, 0.8], np.float32)
    assert gate.auc(scores, liked, np.array([0, 0, 1, 1])) == 1.0
    assert gate.auc(scores, liked, np.array([0, 1, 1, 0])) == 0.5
    assert np.isnan(gate.auc(scores, liked, np.arange(4)))


def test_one_round_gives_the_ordinary_auc_ties_included() -> None:
    liked, noise, _, _ = case(2)
    scores = np.round(noise, 1)
    wanted = metrics.auc(scores, liked)
    assert gate.auc(scores, liked, np.zeros(len(liked), int)) == pytest.approx(wanted)


def test_weights_count_like_repeated_rows() -> None:
    liked, noise, _, rounds = case(3, rows=30)
    weights = np.random.default_rng(0).integers(0, 3, 30)
    again = np.repeat(np.arange(30), weights)
    measured = gate.weighted_auc(noise, liked, rounds, weights[None].astype(float))[0]
    assert measured == pytest.approx(gate.auc(noise[again], liked[again], rounds[again]))


def test_a_likely_gain_counts_only_where_errors_have_a_cause() -> None:
    likely = gate.Verdict(0.05, -0.02, 0.12, likely=0.8)
    assert not likely.better
    assert replace(likely, p_value=0.01).better
    assert not replace(likely, p_value=0.2).better
    assert not replace(likely, p_value=0.01, likely=0.6).better


def test_without_a_cause_a_first_model_must_be_all_but_sure_and_a_later_one_beyond_noise() -> None:
    beyond = gate.Verdict(0.08, 0.01, 0.15, likely=0.99)
    assert beyond.better
    assert not replace(beyond, p_value=0.3).better
    assert replace(beyond, p_value=0.3, likely=1.0).better
