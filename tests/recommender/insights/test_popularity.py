import numpy as np
import pytest

from musicrec_core.recommender.insights.popularity import Audience


def audience() -> Audience:
    """Ten artists of two songs; each has twice the listeners of the one before."""
    artists = np.repeat(np.arange(10), 2)
    return Audience(2.0**artists, artists, most=2.0**9)


def test_a_library_evenly_spread_over_its_artists() -> None:
    measured = audience().measure(np.arange(20))
    assert measured.top_decile == pytest.approx(0.1)
    assert measured.gini == pytest.approx(0)
    assert measured.novelty_bits == pytest.approx(4.5)
    assert measured.known == 1


def test_a_list_of_the_best_known_artist_is_not_novel() -> None:
    measured = audience().measure(np.array([18, 19]))
    assert (measured.top_decile, measured.novelty_bits) == (1.0, 0.0)


def test_a_list_mostly_by_one_artist_is_uneven() -> None:
    rows = np.array([0] * 9 + [2])
    assert audience().measure(rows).gini == pytest.approx(0.4)


def test_what_nobody_knows_is_neither_favoured_nor_held_back() -> None:
    unknown = Audience(np.array([np.nan, 1.0, 9.0]), np.array([0, 1, 2]), most=9.0)
    assert unknown.percentiles().tolist() == [0.5, 0.25, 0.75]
    measured = unknown.measure(np.array([0]))
    assert (measured.known, measured.top_decile, measured.novelty_bits) == (0.0, None, None)
