"""Materialised scores, so that showing recommendations needs no model and no torch."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from musicrec_core.records import FloatArray, IntArray, Reason
from musicrec_core.store.connection import atomic, is_read_only


@dataclass(frozen=True, slots=True)
class ScoredTrack:
    """One of the best tracks, with what ranking needs to know of it."""

    track_id: int
    score: float
    rating: float | None
    reasons: tuple[Reason, ...] | None = None
    """None where nobody asked for them yet."""


@dataclass(frozen=True, slots=True)
class StoredScoring:
    """The scores of a whole library for one profile.

    stamp: what they were made from (library generation, model, feedback). track_ids int64 [n],
    scores, uncertainty: float32 [n]. picks: the best thousand or so, best first. others: reasons of
    further tracks that were asked for, by track id.
    """

    stamp: str
    model: str
    track_ids: IntArray
    scores: FloatArray
    uncertainty: FloatArray
    picks: tuple[ScoredTrack, ...]
    others: Mapping[int, tuple[Reason, ...]] = field(default_factory=dict)

    @property
    def reasons(self) -> dict[int, tuple[Reason, ...]]:
        """All that are kept, by track id."""
        return {p.track_id: p.reasons for p in self.picks if p.reasons is not None} | dict(
            self.others
        )

    def explained(self, reasons: Mapping[int, tuple[Reason, ...]]) -> StoredScoring:
        """The same with further reasons, by track id; those it has stay."""
        picks = tuple(
            replace(p, reasons=reasons[p.track_id])
            if p.reasons is None and p.track_id in reasons
            else p
            for p in self.picks
        )
        best = {p.track_id for p in picks}
        others = {id_: why for id_, why in reasons.items() if id_ not in best} | dict(self.others)
        return replace(self, picks=picks, others=dict(list(others.items())[:MOST_OTHERS]))


MOST_OTHERS = 500


class ScoringsTable:
    """One scoring a profile; a new one replaces it."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def put(self, profile: str, scoring: StoredScoring) -> None:
        """Replace the profile's scoring; in a home that is read-only, go on without."""
        if is_read_only(self._conn):
            return
        with atomic(self._conn):
            self._conn.execute(
                "INSERT OR REPLACE INTO scorings (profile, stamp, model, track_ids, scores, "
                "uncertainty, picks) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    profile,
                    scoring.stamp,
                    scoring.model,
                    scoring.track_ids.astype("<i8").tobytes(),
                    scoring.scores.astype("<f4").tobytes(),
                    scoring.uncertainty.astype("<f4").tobytes(),
                    _picks_text(scoring),
                ),
            )

    def explain(
        self, profile: str, scoring: StoredScoring, reasons: Mapping[int, tuple[Reason, ...]]
    ) -> StoredScoring:
        """The same scoring with further reasons by track id, kept where it is still the stored."""
        made = scoring.explained(reasons)
        if not is_read_only(self._conn):
            with atomic(self._conn):
                self._conn.execute(
                    "UPDATE scorings SET picks = ? WHERE profile = ? AND stamp = ?",
                    (_picks_text(made), profile, scoring.stamp),
                )
        return made

    def stamp(self, profile: str) -> str | None:
        """What the stored scoring was made from, without reading it."""
        row = self._conn.execute("SELECT stamp FROM scorings WHERE profile = ?", (profile,))
        columns = row.fetchone()
        return columns[0] if columns else None

    def get(self, profile: str) -> StoredScoring | None:
        """The profile's scoring, or None before the first."""
        row = self._conn.execute(
            "SELECT stamp, model, track_ids, scores, uncertainty, picks FROM scorings "
            "WHERE profile = ?",
            (profile,),
        ).fetchone()
        if row is None:
            return None
        import numpy as np  # here, for what reads no scores starts sooner without it

        stamp, model, track_ids, scores, uncertainty, text = row
        stored = json.loads(text)
        picks, others = (stored["picks"], stored["others"]) if "others" in stored else (stored, {})
        return StoredScoring(
            stamp=stamp,
            model=model,
            track_ids=np.frombuffer(track_ids, dtype="<i8"),
            scores=np.frombuffer(scores, dtype="<f4"),
            uncertainty=np.frombuffer(uncertainty, dtype="<f4"),
            picks=tuple(
                ScoredTrack(track_id, score, rating, None if reasons is None else _read(reasons))
                for track_id, score, rating, reasons in picks
            ),
            others={int(track_id): _read(reasons) for track_id, reasons in others.items()},
        )


def _read(reasons: Sequence[tuple[str, float, str]]) -> tuple[Reason, ...]:
    return tuple(Reason(*reason) for reason in reasons)


def _written(reasons: Sequence[Reason]) -> list[tuple[str, float, str]]:
    return [(reason.text, reason.weight, reason.kind) for reason in reasons]


def _picks_text(scoring: StoredScoring) -> str:
    picks = [
        (p.track_id, p.score, p.rating, None if p.reasons is None else _written(p.reasons))
        for p in scoring.picks
    ]
    others = {track_id: _written(reasons) for track_id, reasons in scoring.others.items()}
    return json.dumps({"picks": picks, "others": others}, ensure_ascii=False)
