import numpy as np
import pytest

from musicrec_core.recommender.insights.exposure import Exposure, periods, reach


def shown(*lists: tuple[int, ...], scores: float = 0.5) -> Exposure:
    rows = [row for one in lists for row in one]
    codes = [code for code, one in enumerate(lists) for _ in one]
    days = np.array(codes, np.float64)
    return Exposure(np.array(codes), np.array(rows), days, np.full(len(rows), scores, np.float32))


def test_reach_counts_each_song_and_artist_once() -> None:
    measured = reach(shown((0, 1), (1, 2)), 8, np.array([0, 0, 1, 2, 3, -1, -1, -1]))
    assert (measured.lists, measured.places) == (2, 4)
    assert measured.songs == pytest.approx(3 / 8)
    assert measured.artists == pytest.approx(2 / 4)
    assert measured.repeated == pytest.approx(1 / 2)


def test_one_list_repeats_nothing_and_lost_songs_are_survived() -> None:
    measured = reach(shown((-1, 2)), 4, np.full(4, -1))
    assert (measured.repeated, measured.artists, measured.songs) == (None, None, 0.25)


def test_scores_that_come_true_are_calibrated() -> None:
    rows = np.arange(400)
    promised = np.repeat([0.2, 0.8], 200).astype(np.float32)
    liked = (np.tile(np.arange(10), 40) < promised * 10).astype(np.float32)
    seen = Exposure(np.zeros(400, np.int64), rows, np.zeros(400), promised)
    measured = periods(seen, rows, liked, np.arange(400) / 400 + 1)
    assert len(measured) == 4
    assert sum(period.answers for period in measured) == 400
    assert all(period.error is not None and period.error < 0.1 for period in measured)


def test_too_few_answers_are_counted_but_not_measured() -> None:
    (only,) = periods(shown((0, 1)), np.array([1]), np.ones(1, np.float32), np.array([5.0]))
    assert (only.answers, only.promised, only.auc) == (1, None, None)


def test_opinions_given_before_a_song_was_shown_say_nothing_of_its_score() -> None:
    assert periods(shown((0,)), np.array([0]), np.ones(1, np.float32), np.array([-1.0])) == ()
    nothing = np.zeros(0)
    assert periods(shown((0,)), np.zeros(0, np.int64), nothing, nothing) == ()
