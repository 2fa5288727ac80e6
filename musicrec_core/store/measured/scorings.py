"""Materialised scores, so that showing recommendations needs no model and no torch."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
    scores, uncertainty: float32 [n]. picks: the best thousand or so, best first.
    """

    stamp: str
    model: str
    track_ids: IntArray
    scores: FloatArray
    uncertainty: FloatArray
    picks: tuple[ScoredTrack, ...]


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
                    _picks_text(scoring.picks),
                ),
            )

    def explain(
        self, profile: str, scoring: StoredScoring, reasons: Mapping[int, tuple[Reason, ...]]
    ) -> StoredScoring:
        """The same scoring with further reasons by track id, kept where it is still the stored."""
        picks = tuple(
            replace(p, reasons=reasons[p.track_id]) if p.track_id in reasons else p
            for p in scoring.picks
        )
        if is_read_only(self._conn):
            return replace(scoring, picks=picks)
        with atomic(self._conn):
            self._conn.execute(
                "UPDATE scorings SET picks = ? WHERE profile = ? AND stamp = ?",
                (_picks_text(picks), profile, scoring.stamp),
            )
        return replace(scoring, picks=picks)

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

        stamp, model, track_ids, scores, uncertainty, picks = row
        return StoredScoring(
            stamp=stamp,
            model=model,
            track_ids=np.frombuffer(track_ids, dtype="<i8"),
            scores=np.frombuffer(scores, dtype="<f4"),
            uncertainty=np.frombuffer(uncertainty, dtype="<f4"),
            picks=tuple(
                ScoredTrack(track_id, score, rating, reasons and tuple(Reason(*r) for r in reasons))
                for track_id, score, rating, reasons in json.loads(picks)
            ),
        )


def _picks_text(picks: Sequence[ScoredTrack]) -> str:
    written = [
        [
            p.track_id,
            p.score,
            p.rating,
            p.reasons and [[r.text, r.weight, r.kind] for r in p.reasons],
        ]
        for p in picks
    ]
    return json.dumps(written, ensure_ascii=False)
