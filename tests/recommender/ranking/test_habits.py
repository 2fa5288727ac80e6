"""Habits by the time of day are found where there are some, and nowhere else."""

from __future__ import annotations

import numpy as np

from musicrec_core.recommender.ranking.habits import cyclic, habit_of

DAYS, A_DAY = 90, 12


def plays(strength: float, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points of two kinds, hours and days: mornings are of the one, evenings of the other."""
    rng = np.random.default_rng(seed)
    days = np.repeat(np.arange(DAYS), A_DAY)
    evening = np.tile(np.arange(A_DAY) >= A_DAY // 2, DAYS)
    hours = np.where(evening, 20.0, 8.0) + rng.random(len(days))
    kind = np.where(rng.random(len(days)) < strength, evening, rng.random(len(days)) < 0.5)
    points = np.where(kind[:, None], 1.0, -1.0) * np.eye(1, 8) + 0.5 * rng.normal(size=(1, 8))
    return (points + 0.5 * rng.normal(size=(len(days), 8))).astype(np.float32), hours, days


def test_a_habit_is_found_and_leads_where_it_led() -> None:
    points, hours, days = plays(0.8)
    habit = habit_of(points, hours, days % 7, days)
    assert habit is not None
    assert habit.helps
    assert habit.direction(20, 2)[0] > 0 > habit.direction(8, 2)[0]


def test_without_a_habit_hardly_anyone_is_believed_to_have_one() -> None:
    habits = [habit_of(p, h, d % 7, d) for p, h, d in (plays(0.0, seed) for seed in range(40))]
    assert sum(habit is not None and habit.helps for habit in habits) <= 2


def test_a_habit_that_was_given_up_is_not_believed() -> None:
    points, hours, days = plays(0.8)
    newest = days >= 0.6 * DAYS
    points[newest] = plays(0.0, 1)[0][newest]
    habit = habit_of(points, hours, days % 7, days)
    assert habit is not None
    assert not habit.helps


def test_few_plays_or_few_days_say_nothing() -> None:
    points, hours, days = plays(0.8)
    assert habit_of(points[:60], hours[:60], days[:60] % 7, days[:60]) is None
    assert habit_of(points, hours, days % 7, days // 30) is None


def test_midnight_and_sunday_have_neighbours_on_both_sides() -> None:
    late, early, noon = cyclic(np.array([23.5, 0.5, 12.0]), np.array([6, 0, 3]))
    assert np.linalg.norm(late - early) < np.linalg.norm(late - noon)
