"""Scores as they are shown."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musicrec_core.recommender.scoring.scale import ScoreScale


def chances(middle: float, spread: float) -> np.ndarray:
    logits = middle + spread * np.linspace(-3, 3, 1001)
    return (1 / (1 + np.exp(-logits))).astype(np.float32)


@settings(max_examples=50, deadline=None)
@given(st.floats(-6, 6), st.floats(0.01, 4))
def test_the_order_stays_and_the_ordinary_song_stands_at_one_half(middle: float, spread: float):
    given_ = chances(middle, spread)
    shown = ScoreScale.of(given_).shown(given_)
    assert (np.diff(shown) >= 0).all()
    assert ((shown > 0) & (shown < 1)).all()
    assert shown[500] == pytest.approx(0.5, abs=0.01)


def test_chances_that_run_together_at_one_are_told_apart():
    given_ = chances(5.0, 2.0)
    best = given_[-200:]
    assert np.ptp(best) < 0.001
    assert np.ptp(ScoreScale.of(given_).shown(best)) > 0.05


def test_what_hardly_differs_is_not_spread():
    given_ = chances(0.0, 0.05)
    assert np.ptp(ScoreScale.of(given_).shown(given_)) < 0.1
