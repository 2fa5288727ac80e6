"""What counts as evidence of taste, and how much."""

import pytest

from musicrec_core.app.feedback.evidence import evidence


def test_opinions_outweigh_what_was_only_heard() -> None:
    assert evidence("like", None, 200.0) == 1
    assert evidence("dislike", None, 200.0) == -1
    assert 0 < evidence("play", 200.0, 200.0) < 0.5
    assert -0.5 < evidence("skip", 0.0, 200.0) < 0


def test_half_a_play_says_half_as_much() -> None:
    whole, half = evidence("play", 200.0, 200.0), evidence("play", 100.0, 200.0)
    assert half == pytest.approx(whole / 2)


def test_a_long_track_left_after_minutes_is_no_verdict() -> None:
    at_once, soon, late = (evidence("skip", s, 3600.0) for s in (2.0, 45.0, 240.0))
    assert at_once < soon < late == 0


@pytest.mark.parametrize(("stars", "worth"), [(1, -1), (2, -0.5), (3, 0), (4.5, 0.75), (5, 1)])
def test_ratings_lie_between_dislike_and_like(stars: float, worth: float) -> None:
    assert evidence("rating", stars, None) == pytest.approx(worth)
