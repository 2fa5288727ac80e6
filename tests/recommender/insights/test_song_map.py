import numpy as np
import pytest

from musicrec_core.recommender.features.points import Points
from musicrec_core.recommender.insights.song_map import laid_out, placed, trustworthiness
from tests.support.worlds import library

WORLD = library(240, artists=20)
POINTS = Points.of(WORLD).at(np.arange(len(WORLD)))


def test_neighbours_on_the_map_are_neighbours_in_truth():
    at = laid_out(POINTS)
    assert trustworthiness(POINTS, at) >= 0.9
    assert trustworthiness(POINTS, np.random.default_rng(0).random(at.shape)) < 0.6
    assert np.abs(at).max() == pytest.approx(1)
    assert (laid_out(POINTS) == at).all()


def test_a_new_song_lies_with_its_neighbours():
    old, new = np.arange(0, 200), np.arange(200, 240)
    at = laid_out(POINTS[old])
    everything = np.concatenate([at, placed(POINTS[new], POINTS[old], at)])
    assert trustworthiness(POINTS, everything) >= 0.9


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_few_songs_have_a_map_too(count):
    at = laid_out(POINTS[:count])
    assert at.shape == (count, 2)
    assert np.isfinite(at).all()
