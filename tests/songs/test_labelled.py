"""The rules keep to the real titles that were labelled before they were written."""

from __future__ import annotations

import csv
from collections import Counter

from benchmarks.songs.song_rules import DATA, facts_of, labels, marks

GOAL = 0.95
UNSAID = "fourth"
"""A part of which many skits and songs of Christmas are named by nothing that tags say."""


def test_every_verdict_is_right_on_nearly_all_labelled_titles() -> None:
    with DATA.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    rows = [row for row in rows if row["part"] != UNSAID]
    right: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    given: Counter[str] = Counter()
    for row, fact in zip(rows, facts_of(rows), strict=True):
        right.update(labels(row) & marks(fact))
        wanted.update(labels(row))
        given.update(marks(fact))
    assert len(wanted) > 14
    for name in wanted:
        assert right[name] >= GOAL * max(wanted[name], given[name]), name
