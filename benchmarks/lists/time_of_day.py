"""Whether habits by the time of day are found where there are some, and nowhere else.

    python -m benchmarks time_of_day [--listeners 60] [--first 100] [--write]

Simulated, for no data at hand says when somebody played what: a made-up library, a listener who
plays 120 days long some songs of six styles in bursts of a quarter of an hour to two hours, at
hours of a mix of evenings and mornings. With a habit of strength s the style is drawn by a taste
that is s parts a taste of that third of the day, or of weekends, and 1 - s parts the same at all
times. By strength and number of plays: how often the habit is believed, and the mean share of the
library that lies less in the direction of the time than the songs that were really played in
the 20 days after (0.5 is chance, and what lists without habits have).
"""

from __future__ import annotations

import argparse

import numpy as np

from benchmarks.lists.worlds import library
from benchmarks.results import record
from musicrec_core.recommender.features.points import Points
from musicrec_core.recommender.ranking.habits import habit_of

COMMAND = "python -m benchmarks time_of_day"
DAYS, AFTER, STYLES = 120, 20, 6
STRENGTHS, PLAYS = (0.0, 0.2, 0.4, 0.8), (200, 600, 2000)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--listeners", type=int, default=60)
    parser.add_argument("--first", type=int, default=100, help="those from 0 chose the settings")
    parser.add_argument("--write", action="store_true", help="record the figures")
    options = parser.parse_args()
    catalogue = library(6_000)
    points = Points.of(catalogue).at(np.arange(len(catalogue)))
    style = catalogue.tag_codes[::2]
    print(f"{'strength':>9}{'plays':>7}{'believed':>10}{'place of what was played':>28}")
    for strength in STRENGTHS:
        for plays in PLAYS:
            rows = [
                listener(points, style, strength, plays, options.first + number)
                for number in range(options.listeners)
            ]
            believed = np.mean([is_on for is_on, _ in rows])
            places = np.array([place for _, place in rows])
            error = places.std() / len(places) ** 0.5
            print(f"{strength:9.1f}{plays:7}{believed:10.2f}{places.mean():20.3f} ± {error:.3f}")
            if options.write:
                note = f"place of what was played {places.mean():.3f} ± {error:.3f}"
                name = f"habits believed, strength {strength}, {plays} plays"
                share = round(float(believed), 2)
                record("time_of_day", name, share, "of listeners", COMMAND, note)


def listener(
    points: np.ndarray, style: np.ndarray, strength: float, plays: int, seed: int
) -> tuple[bool, float]:
    """Whether the habit is believed, and the mean place of what was played after."""
    rng = np.random.default_rng(seed)
    liked = rng.permutation(np.unique(style))[:STYLES]
    always = rng.dirichlet(np.ones(STYLES))
    of_time = rng.dirichlet(np.full(STYLES, 0.5), size=4)
    rows, at_h = [], []
    while len(rows) < plays * (DAYS + AFTER) / DAYS:
        start = 24 * rng.integers(DAYS + AFTER) + rng.choice([8, 20]) + 3 * rng.standard_normal()
        for song in range(int(rng.integers(4, 30))):
            now = start + song / 15
            part = 3 if (now // 24) % 7 >= 5 else int(now % 24 // 8)
            mix = strength * of_time[part] + (1 - strength) * always
            own = np.flatnonzero(style == liked[rng.choice(STYLES, p=mix / mix.sum())])
            rows.append(int(rng.choice(own[: max(20, len(own) // 3)])))
            at_h.append(now)
    order = np.argsort(at_h)
    played, hours = np.array(rows)[order], np.array(at_h)[order]
    before = hours < 24 * DAYS
    habit = habit_of(
        points[played[before]], hours[before] % 24, (hours[before] // 24 % 7).astype(np.int64),
        (hours[before] // 24).astype(np.int64),
    )  # fmt: skip
    if habit is None or not habit.helps:
        return False, 0.5
    places = []
    for row, hour in zip(played[~before].tolist(), hours[~before].tolist(), strict=True):
        along = points @ habit.direction(hour % 24, int(hour // 24 % 7))
        there = np.isin(style, liked)  # of what is liked at all, or every direction would do
        places.append(float((along[there] < along[row]).mean()))
    return True, float(np.mean(places))


if __name__ == "__main__":
    main()
