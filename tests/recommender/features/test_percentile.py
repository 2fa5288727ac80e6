import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from musicrec_core.recommender.features.percentile import PercentileTransform


def test_the_middle_value_has_even_odds():
    values = np.arange(1001, dtype=np.float32)
    assert abs(PercentileTransform.of(values).log_odds_of(np.float32([500]))[0]) < 0.02


def test_any_growing_change_of_the_values_leaves_the_ranks():
    values = np.random.default_rng(0).normal(size=3000).astype(np.float32)
    plain = PercentileTransform.of(values).log_odds_of(values)
    bent = PercentileTransform.of(np.exp(values)).log_odds_of(np.exp(values))
    assert np.abs(plain - bent).mean() < 0.05


def test_nothing_measured_is_the_middle():
    nan = np.full(5, np.nan, np.float32)
    assert (PercentileTransform.of(nan).log_odds_of(nan) == 0).all()
    assert (
        PercentileTransform.of(np.ones(5, np.float32)).log_odds_of(np.ones(5, np.float32)) == 0
    ).all()


@given(st.lists(st.floats(-1e3, 1e3, width=32), min_size=2, max_size=60))
def test_a_larger_value_never_ranks_lower(numbers):
    values = np.sort(np.array(numbers, np.float32))
    ranks = PercentileTransform.of(values).log_odds_of(values)
    assert np.isfinite(ranks).all()
    assert (np.diff(ranks) >= -1e-4).all()


def test_values_that_hardly_differ_far_from_zero_are_still_ranked():
    values = np.float32(1000) + np.arange(40, dtype=np.float32) * np.float32(6.2e-4)
    odds = PercentileTransform.of(values).log_odds_of(values)
    assert (np.diff(odds) >= 0).all()
    assert odds[-1] > odds[0]
