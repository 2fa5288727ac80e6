from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from musicrec_core.recommender.ranking.arc import key_distances, rising, shortest_path, wave

VALUES = st.integers(0, 40).flatmap(
    lambda n: arrays(np.float32, n, elements=st.one_of(st.floats(0, 1, width=32), st.just(np.nan)))
)
KEYS = st.sampled_from([None, "C major", "A minor", "F# minor", "D# major", "G major"])


def length(path: np.ndarray, distances: np.ndarray) -> float:
    return float(sum(distances[a, b] for a, b in pairwise(path.tolist())))


@given(VALUES)
def test_every_order_holds_every_song_once(values):
    for order in (rising, wave):
        assert sorted(order(values).tolist()) == list(range(len(values)))


@given(VALUES)
def test_rising_rises_and_what_is_not_known_comes_last(values):
    ordered = values[rising(values)]
    finite = np.isfinite(ordered)
    assert (np.diff(ordered[finite]) >= 0).all()
    assert finite[: finite.sum()].all()


def test_a_wave_goes_up_and_down_again():
    values = np.random.default_rng(0).random(12).astype(np.float32)
    ordered = values[wave(values)]
    top = int(np.argmax(ordered))
    assert (np.diff(ordered[: top + 1]) > 0).all()
    assert (np.diff(ordered[top:]) < 0).all()
    assert 4 <= top <= 8
    longer = np.arange(36, dtype=np.float32)
    turns = np.diff(np.sign(np.diff(longer[wave(longer)])))
    assert (turns != 0).sum() == 5


@given(st.integers(1, 25), st.integers(0, 100))
def test_a_path_holds_every_song_once_and_begins_with_the_first(count, seed):
    points = np.random.default_rng(seed).normal(size=(count, 3))
    distances = np.linalg.norm(points[:, None] - points[None], axis=2)
    path = shortest_path(distances)
    assert path[0] == 0
    assert sorted(path.tolist()) == list(range(count))
    for start in range(1, count):
        for end in range(start + 1, count):
            turned = np.concatenate([path[:start], path[start : end + 1][::-1], path[end + 1 :]])
            assert length(path, distances) <= length(turned, distances) + 1e-6


def test_points_on_a_line_are_followed():
    line = np.array([0.0, 5, 1, 4, 2, 3])
    assert shortest_path(np.abs(line[:, None] - line[None])).tolist() == [0, 2, 4, 5, 3, 1]


@given(st.lists(KEYS, min_size=1, max_size=8))
def test_steps_on_the_wheel_are_the_same_both_ways(keys):
    steps = key_distances(keys)
    assert (steps == steps.T).all()
    assert steps.min() >= 0
    assert steps.max() <= 7


def test_fifths_and_relatives_are_one_step_apart():
    steps = key_distances(["C major", "G major", "A minor", "F# major", "C major", None])
    assert steps[0].tolist() == [0, 1, 1, 6, 0, 3]
    assert key_distances(["E minor", "B minor", "D minor"])[0, 1] == 1
