"""Songs that say a word come before an artist has had enough of them."""

from dataclasses import replace

import numpy as np
import pytest

from musicrec_core.recommender.ranking.words import rank_by_fit
from tests.recommender.taste_world import library, nothing_said

WORLD = library(80)


@pytest.mark.parametrize(("count", "expected"), [(4, 4), (10, 8), (30, 8)])
def test_an_artist_has_more_songs_where_no_one_else_says_the_word(count, expected):
    alone = replace(WORLD, artists=np.repeat(np.arange(10), 8))
    tagged = alone.artists == 3
    fit = 10.0 * tagged.astype(np.float32)
    picks = rank_by_fit(alone, nothing_said(), fit, fit * 0, count, tagged=tagged)
    rows = [pick.row for pick in picks]
    assert len(rows) == count
    assert tagged[rows[:expected]].all()
    assert not tagged[rows[expected:]].any()


def test_otherwise_an_artist_has_four():
    mixed = replace(WORLD, artists=np.repeat(np.arange(10), 8))
    tagged = mixed.artists < 5
    fit = 10.0 * tagged.astype(np.float32)
    picks = rank_by_fit(mixed, nothing_said(), fit, fit * 0, 20, tagged=tagged)
    assert np.unique(mixed.artists[[pick.row for pick in picks]], return_counts=True)[1].max() == 4
