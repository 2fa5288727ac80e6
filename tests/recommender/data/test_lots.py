"""Lots are evenly spread, and belong to a recording."""

import numpy as np

from musicrec_core.recommender.data.lots import lots


def test_lots_are_evenly_spread_and_know_nothing_of_their_neighbours():
    drawn = lots(np.arange(20_000), 7)
    assert ((drawn > 0) & (drawn < 1)).all()
    assert abs(drawn.mean() - 0.5) < 0.01
    assert abs(drawn.std() - 12**-0.5) < 0.01
    assert abs(np.corrcoef(drawn[1:], drawn[:-1])[0, 1]) < 0.03
    assert abs(np.corrcoef(drawn, lots(np.arange(20_000), 8))[0, 1]) < 0.03


def test_a_recording_keeps_its_lot_whatever_else_is_there():
    assert lots(np.array([3, 900]), 1).tolist() == lots(np.array([7, 900, 3]), 1)[[2, 1]].tolist()
