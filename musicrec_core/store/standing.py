"""A profile's feedback in force, kept between questions: events are only ever appended.

So what arrived since the last look is all there is to read, however much was said before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from musicrec_core.feedback_kinds import LISTENED
from musicrec_core.records import Feedback


@dataclass(frozen=True, slots=True)
class _Read:
    """Everything up to one event. standing: by id, what no undo took back."""

    last_id: int
    standing: dict[int, Feedback]
    in_force: tuple[Feedback, ...]


class StandingFeedback:
    """Reads each event of a profile once."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._read: dict[str, _Read] = {}

    def of(self, profile: str) -> tuple[Feedback, ...]:
        """Events in force, in the order in which they arrived."""
        read = self._read.get(profile) or _Read(0, {}, ())
        rows = self._conn.execute(
            "SELECT id, track_id, kind, value, at_s, source, undoes FROM feedback "
            "WHERE profile = ? AND id > ? ORDER BY id",
            (profile, read.last_id),
        )
        arrived = [Feedback(*row) for row in rows]
        if not arrived:
            return read.in_force
        standing = dict(read.standing)
        for event in arrived:
            if event.kind == "undo":
                standing.pop(event.undoes or 0, None)
            else:
                standing[event.id] = event
        read = _Read(arrived[-1].id, standing, in_force(standing.values()))
        if not self._conn.in_transaction:  # which may yet be rolled back
            self._read[profile] = read
        return read.in_force


def in_force(standing: Iterable[Feedback]) -> tuple[Feedback, ...]:
    """Of events by rising id that no undo took back, those that count, in the same order.

    Of opinions about a track the one that arrived last counts, whatever its time: like and dislike
    replace each other, a rating replaces a rating; plays and skips add up.
    """
    latest: dict[tuple[int, str], Feedback] = {}
    acts: list[Feedback] = []
    for event in standing:
        if event.kind in LISTENED:
            acts.append(event)
        else:
            opinion = "rating" if event.kind == "rating" else "like"
            latest[event.track_id, opinion] = event
    return tuple(sorted([*latest.values(), *acts], key=lambda event: event.id))
