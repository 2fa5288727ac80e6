"""Features and what the ears made of them, one row a recording."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import asdict

import numpy as np

from musicrec_core.records import Attributes, Features, FloatArray, IntArray, SoundPredictions
from musicrec_core.store.connection import atomic

CHUNK = 500  # well below SQLite's limit of bound values


class AnalysisTable:
    """Queries over analysis results. Vectors are stored as little-endian float32."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def put(self, track_id: int, features: Features) -> None:
        """Store or replace one track's features."""
        self._conn.execute(
            "INSERT OR REPLACE INTO features (track_id, version, vector, attributes) "
            "VALUES (?, ?, ?, ?)",
            (
                track_id,
                features.version,
                features.vector.astype("<f4").tobytes(),
                json.dumps(asdict(features.attributes)),
            ),
        )

    def forget(self, track_id: int) -> None:
        """A track's audio was replaced: what was measured in the old one is no longer true."""
        self._conn.execute("DELETE FROM features WHERE track_id = ?", (track_id,))
        self._conn.execute("DELETE FROM heard WHERE track_id = ?", (track_id,))

    def count(self, version: int) -> tuple[int, int]:
        """(present tracks with features of `version`, present tracks with older ones)."""
        row = self._conn.execute(
            "SELECT coalesce(sum(version = ?), 0), coalesce(sum(version != ?), 0) FROM features "
            "WHERE track_id IN (SELECT track_id FROM files WHERE state = 'present')",
            (version, version),
        ).fetchone()
        return int(row[0]), int(row[1])

    def unheard(self, ears_version: str, version: int) -> tuple[IntArray, FloatArray]:
        """(track ids int64 [n], vectors float32 [n, FEATURE_SIZE]) these ears have not heard."""
        rows = self._conn.execute(
            "SELECT track_id, vector FROM features WHERE version = ? AND track_id NOT IN "
            "(SELECT track_id FROM heard WHERE ears_version = ?) ORDER BY track_id",
            (version, ears_version),
        ).fetchall()
        return _ids(rows), _matrix([row[1] for row in rows])

    def vectors(self, track_ids: IntArray, version: int) -> tuple[IntArray, FloatArray]:
        """(ids int64 [n], vectors float32 [n, FEATURE_SIZE]) of those analysed in this version."""
        found: list[tuple[int, bytes]] = []
        for start in range(0, len(track_ids), CHUNK):
            chunk = track_ids[start : start + CHUNK].tolist()
            found += self._conn.execute(
                "SELECT track_id, vector FROM features WHERE version = ? AND track_id IN "
                f"({', '.join('?' * len(chunk))})",
                (version, *chunk),
            )
        found.sort()
        return _ids(found), _matrix([row[1] for row in found])

    def put_heard(self, ears_version: str, track_ids: IntArray, heard: SoundPredictions) -> None:
        """Store what the ears made of n tracks."""
        rows = zip(
            track_ids.tolist(),
            heard.embeddings.astype("<f4"),
            heard.arousal.tolist(),
            heard.valence.tolist(),
            heard.moods.astype("<f4"),
            heard.genres.astype("<f4"),
            strict=True,
        )
        with atomic(self._conn):
            self._conn.executemany(
                "INSERT OR REPLACE INTO heard (track_id, ears_version, embedding, arousal, "
                "valence, moods, genres) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [
                    (id_, ears_version, e.tobytes(), a, v, m.tobytes(), g.tobytes())
                    for id_, e, a, v, m, g in rows
                ],
            )

    def heard(
        self, ears_version: str, mood_names: tuple[str, ...], genre_names: tuple[str, ...]
    ) -> tuple[IntArray, SoundPredictions]:
        """(track ids int64 [n], what these ears heard of them), with their vocabularies."""
        rows = self._conn.execute(
            "SELECT track_id, embedding, arousal, valence, moods, genres FROM heard "
            "WHERE ears_version = ? ORDER BY track_id",
            (ears_version,),
        ).fetchall()
        return _ids(rows), SoundPredictions(
            embeddings=_matrix([row[1] for row in rows]),
            arousal=np.array([row[2] for row in rows], dtype=np.float32),
            valence=np.array([row[3] for row in rows], dtype=np.float32),
            moods=_matrix([row[4] for row in rows]),
            genres=_matrix([row[5] for row in rows]),
            mood_names=mood_names,
            genre_names=genre_names,
        )

    def attributes(self) -> Iterator[tuple[int, Attributes]]:
        """(track id, attributes) of every analysed track."""
        for track_id, text in self._conn.execute("SELECT track_id, attributes FROM features"):
            known = json.loads(text)
            yield (
                track_id,
                Attributes(
                    **{k: v for k, v in known.items() if k in Attributes.__dataclass_fields__}
                ),
            )


def _ids(rows: Sequence[tuple[object, ...]]) -> IntArray:
    return np.array([row[0] for row in rows], dtype=np.int64)


def _matrix(blobs: Sequence[bytes]) -> FloatArray:
    """float32 [n, width] from n blobs of one width."""
    if not blobs:
        return np.zeros((0, 0), dtype=np.float32)
    return np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(blobs), -1)
