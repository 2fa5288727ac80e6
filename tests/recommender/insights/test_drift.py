import json

import numpy as np
import pytest

from benchmarks.taste.drift import alarm, world
from musicrec_core.recommender.insights import drift
from musicrec_core.recommender.insights.drift import DistributionSketch


def test_at_most_one_run_in_twenty_without_drift_raises_an_alarm() -> None:
    alarms = sum(alarm(seed, 400, 120, moved=0.0, pull=0.0) for seed in range(60))
    assert alarms <= 6  # 3 expected at the most; 7 of 60 would be a chance of 3 %


def test_new_songs_that_differ_are_found() -> None:
    assert sum(alarm(seed, 400, 120, moved=2.0, pull=0.0) for seed in range(10)) >= 9


def test_a_taste_that_turned_around_is_found() -> None:
    assert sum(alarm(seed, 2000, 300, moved=0.0, pull=-1.5) for seed in range(10)) >= 8


def shifts(moved: float) -> dict[str, drift.Shift]:
    catalogue, late = world(3, 600, 300, moved)
    then = DistributionSketch.of(catalogue, np.flatnonzero(~late))
    ((*shifts_seen,),) = drift.compare(
        [(then, DistributionSketch.of(catalogue, np.flatnonzero(late), then))]
    )
    return {shift.attribute: shift for shift in shifts_seen}


def test_the_attribute_that_moved_is_named_and_no_other() -> None:
    shifts_seen = shifts(moved=2.0)
    assert [name for name, shift in shifts_seen.items() if shift.drifted] == ["energy"]
    assert next(iter(shifts_seen)) == "energy"
    assert shifts_seen["energy"].psi > drift.LARGE
    assert sum(shifts_seen["energy"].now[:5]) < 0.2


def test_a_library_compared_with_itself_has_no_distance() -> None:
    catalogue, _ = world(0, 500, 100, 0.0)
    then = DistributionSketch.of(catalogue, np.arange(600))
    ((*shifts_seen,),) = drift.compare(
        [(then, DistributionSketch.of(catalogue, np.arange(600), then))]
    )
    assert {s.attribute for s in shifts_seen} == {
        "energy",
        "tempo_bpm",
        "year",
        "duration_s",
        "genre",
    }
    assert all(s.psi == pytest.approx(0) and s.p_corrected == 1 for s in shifts_seen)


def test_songs_of_one_artist_count_for_fewer_than_songs_drawn_singly() -> None:
    catalogue, _ = world(0, 500, 100, 0.0)
    together = DistributionSketch.of(catalogue, np.arange(600)).histograms[0]
    assert together.singly < 0.7 * together.songs


def test_a_sketch_survives_json() -> None:
    catalogue, _ = world(0, 500, 100, 0.0)
    sketch = DistributionSketch.of(catalogue, np.arange(600))
    assert DistributionSketch.read(json.loads(json.dumps(sketch.document()))) == sketch
    assert len(json.dumps(sketch.document())) < 8000


def test_nothing_known_and_nothing_there_are_survived() -> None:
    catalogue, _ = world(0, 40, 10, 0.0)
    empty = DistributionSketch.of(catalogue, np.zeros(0, np.int64))
    assert not empty.tells
    assert empty.histograms == ()
    then = DistributionSketch.of(catalogue, np.arange(40))
    nothing = DistributionSketch.of(catalogue, np.zeros(0, np.int64), then)
    assert drift.compare([(then, nothing)]) == ((),)
    assert drift.compare([]) == ()
