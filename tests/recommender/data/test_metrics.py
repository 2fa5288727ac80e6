import numpy as np
import pytest
from sklearn.metrics import log_loss, ndcg_score, roc_auc_score

from musicrec_core.recommender.data import metrics


@pytest.fixture(params=range(4))
def case(request) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(request.param)
    scores = rng.random(60)
    if request.param % 2:
        scores = np.round(scores, 1)  # ties
    return scores.astype(np.float32), (rng.random(60) < scores).astype(np.float32)


def test_the_measures_agree_with_sklearn(case) -> None:
    scores, liked = case
    assert metrics.auc(scores, liked) == pytest.approx(roc_auc_score(liked, scores))
    assert metrics.ndcg(scores, liked) == pytest.approx(ndcg_score([liked], [scores], k=10))
    sure = np.clip(scores.astype(float), 1e-6, 1 - 1e-6)
    assert metrics.logloss(scores, liked) == pytest.approx(log_loss(liked, sure))


def test_what_cannot_be_measured_is_none() -> None:
    ones, none = np.ones(3, np.float32), np.full(3, np.nan, np.float32)
    measured = metrics.measure(ones, ones, none, none)
    assert (measured.auc, measured.ndcg_at_10, measured.logloss, measured.rmse) == (None,) * 4
    assert metrics.logloss(ones[:0], ones[:0]) is None


def test_neutral_ratings_count_for_rmse_only() -> None:
    scores = np.array([0.9, 0.1, 0.5], np.float32)
    liked = np.array([1, 0, np.nan], np.float32)
    ratings = np.array([5, 1, 3], np.float32)
    measured = metrics.measure(scores, liked, np.array([5, 1, 5], np.float32), ratings)
    assert measured.auc == 1.0
    assert measured.rmse == pytest.approx((4 / 3) ** 0.5)


def test_a_group_lies_in_one_fold_and_folds_are_alike() -> None:
    rng = np.random.default_rng(0)
    groups = rng.integers(0, 40, 300)
    liked = (rng.random(300) < 0.3).astype(np.float32)
    fold = metrics.grouped_folds(groups, 5, 1, liked)
    for group in range(40):
        assert len(set(fold[groups == group])) <= 1
    assert np.bincount(fold, minlength=5).min() > 40
    likes = np.bincount(fold, liked, 5)
    assert likes.min() > 0.6 * likes.max()


def test_unknown_groups_are_dealt_one_by_one() -> None:
    fold = metrics.grouped_folds(np.full(20, -1), 4, 0)
    assert np.bincount(fold).tolist() == [5, 5, 5, 5]


def test_equal_mass_bins_of_perfect_probabilities_have_little_error() -> None:
    rng = np.random.default_rng(0)
    scores = rng.random(20_000)
    bins = metrics.calibration(scores, (rng.random(20_000) < scores).astype(np.float32))
    assert [b.rows for b in bins] == [2000] * 10
    error = metrics.calibration_error(bins)
    assert error is not None
    assert error < 0.02
