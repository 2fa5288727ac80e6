"""Features and what the ears made of them, one row a recording."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator, Sequence
from typing import Any

from musicrec_core.records import Attributes, Features, FloatArray, IntArray, SoundPredictions
from musicrec_core.store.connection import atomic
from musicrec_core.store.measured import packing

CHUNK = 500  # well below SQLite's limit of bound values
ATTRIBUTES = tuple(Attributes.__dataclass_fields__)
NOT_ANALYSED = -1  # the version under which such tracks are counted


class AnalysisTable:
    """Queries over analysis results; packing.py says how vectors are stored."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def put(self, track_id: int, features: Features) -> None:
        """Store or replace one track's features."""
        updates = ", ".join(f"{name} = excluded.{name}" for name in ("version", *ATTRIBUTES))
        with atomic(self._conn):
            # No OR REPLACE: it would count as a new row, not as a changed one.
            self._conn.execute(
                f"INSERT INTO features (track_id, version, {', '.join(ATTRIBUTES)}) "
                f"VALUES (?, ?{', ?' * len(ATTRIBUTES)}) "
                f"ON CONFLICT (track_id) DO UPDATE SET {updates}",
                (
                    track_id,
                    features.version,
                    *(getattr(features.attributes, name) for name in ATTRIBUTES),
                ),
            )
            self._conn.executemany(
                "INSERT OR REPLACE INTO vectors (id, part) VALUES (?, ?)",
                packing.vector_rows(track_id, features.vector.astype("<f4").tobytes()),
            )

    def put_length(self, path: bytes, length_s: float) -> bool:
        """Note the length that decoding bore out, where over a second off; whether it was."""
        cursor = self._conn.execute(
            "UPDATE files SET duration_s = ?1, measured_s = ?1 WHERE path = ?2 "
            "AND (duration_s IS NULL OR abs(duration_s - ?1) > 1)",
            (length_s, path),
        )
        return cursor.rowcount > 0

    def forget(self, track_id: int) -> None:
        """A track's audio was replaced: what was measured in the old one is no longer true."""
        self._conn.execute("DELETE FROM features WHERE track_id = ?", (track_id,))
        self._conn.execute("DELETE FROM heard WHERE track_id = ?", (track_id,))
        first = track_id * packing.PARTS
        self._conn.execute(
            "DELETE FROM vectors WHERE id BETWEEN ? AND ?", (first, first + packing.PARTS - 1)
        )

    def count(self, version: int) -> tuple[int, int]:
        """(present tracks with features of `version`, present tracks with older ones)."""
        counts = self._counts()
        counts.pop(NOT_ANALYSED, None)
        return counts.pop(version, 0), sum(counts.values())

    def present(self) -> int:
        """How many tracks have a present file."""
        return sum(self._counts().values())

    def pending(self, version: int) -> int:
        """How many present tracks have no features of `version`."""
        counts = self._counts()
        counts.pop(version, None)
        return sum(counts.values())

    def _counts(self) -> dict[int, int]:
        """Present tracks by the version of their features; triggers keep these numbers."""
        return dict(self._conn.execute("SELECT version, tracks FROM version_counts"))

    def unheard(self, ears_version: str, version: int) -> IntArray:
        """Track ids int64 [n], rising, that were analysed in this version and these ears missed."""
        rows = self._conn.execute(
            "SELECT track_id FROM features WHERE version = ? AND track_id NOT IN "
            "(SELECT track_id FROM heard WHERE ears_version = ?) ORDER BY track_id",
            (version, ears_version),
        )
        return _ids(rows.fetchall())

    def vectors(self, track_ids: IntArray, version: int) -> tuple[IntArray, FloatArray]:
        """(ids int64 [n], vectors float32 [n, FEATURE_SIZE]) of those analysed in this version."""
        ids: list[tuple[int]] = []
        parts: list[bytes] = []
        ordered = sorted(track_ids.tolist())
        for start in range(0, len(ordered), CHUNK):
            chunk = ordered[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            there = self._conn.execute(
                f"SELECT track_id FROM features WHERE version = ? AND track_id IN ({marks}) "
                "ORDER BY track_id",
                (version, *chunk),
            ).fetchall()
            ids += there
            for (track_id,) in there:
                first = track_id * packing.PARTS
                rows = self._conn.execute(
                    "SELECT part FROM vectors WHERE id BETWEEN ? AND ? ORDER BY id",
                    (first, first + packing.PARTS - 1),
                )
                parts += [row[0] for row in rows]
        return _ids(ids), packing.joined_vectors(parts)

    def put_heard(self, ears_version: str, track_ids: IntArray, heard: SoundPredictions) -> None:
        """Store what the ears made of n tracks."""
        rows = zip(
            track_ids.tolist(),
            heard.embeddings.astype("<f4"),
            heard.arousal.tolist(),
            heard.valence.tolist(),
            packing.shares(heard.moods),
            packing.shares(heard.genres),
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
        import numpy as np

        rows = self._conn.execute(
            "SELECT track_id, embedding, arousal, valence, moods, genres FROM heard "
            "WHERE ears_version = ? ORDER BY track_id",
            (ears_version,),
        ).fetchall()
        return _ids(rows), SoundPredictions(
            embeddings=_matrix([row[1] for row in rows]),
            arousal=np.array([row[2] for row in rows], dtype=np.float32),
            valence=np.array([row[3] for row in rows], dtype=np.float32),
            moods=packing.rows_of_probabilities([row[4] for row in rows]),
            genres=packing.rows_of_probabilities([row[5] for row in rows]),
            mood_names=mood_names,
            genre_names=genre_names,
        )

    def embeddings(self, track_ids: Sequence[int]) -> dict[int, Sequence[float]]:
        """What some tracks sound like, by track id, whichever ears heard them."""
        vectors: dict[int, Sequence[float]] = {}
        for start in range(0, len(track_ids), CHUNK):
            chunk = track_ids[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            rows = self._conn.execute(
                f"SELECT track_id, embedding FROM heard WHERE track_id IN ({marks})", chunk
            )
            vectors.update((id_, struct.unpack(f"<{len(blob) // 4}f", blob)) for id_, blob in rows)
        return vectors

    def words_of(self, track_ids: Sequence[int], ears_version: str) -> tuple[IntArray, FloatArray]:
        """(track ids int64 [m], probabilities float32 [m, M + G] of the moods, then the genres).

        Those of some tracks that were not heard are left out.
        """
        rows: list[tuple[int, bytes, bytes]] = []
        for start in range(0, len(track_ids), CHUNK):
            chunk = track_ids[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            rows += self._conn.execute(
                f"SELECT track_id, moods, genres FROM heard WHERE track_id IN ({marks}) "
                "AND ears_version = ?",
                (*chunk, ears_version),
            )
        shares = [moods + genres for _, moods, genres in rows]
        return _ids(rows), packing.rows_of_probabilities(shares)

    def attributes(self) -> Iterator[tuple[int, Attributes]]:
        """(track id, attributes) of every analysed track."""
        rows = self._conn.execute(f"SELECT track_id, {', '.join(ATTRIBUTES)} FROM features")
        for track_id, *values in rows:
            yield track_id, Attributes(*values)

    def attributes_of(self, track_id: int) -> Attributes | None:
        """The attributes of one track, None where it was not analysed."""
        sql = f"SELECT {', '.join(ATTRIBUTES)} FROM features WHERE track_id = ?"
        row = self._conn.execute(sql, (track_id,)).fetchone()
        return Attributes(*row) if row else None

    def attributes_among(self, track_ids: Sequence[int]) -> dict[int, Attributes]:
        """The attributes of those of some tracks that were analysed."""
        rows = self._among(f"SELECT track_id, {', '.join(ATTRIBUTES)} FROM features", track_ids)
        return {track_id: Attributes(*values) for track_id, *values in rows}

    def keys(self) -> list[tuple[int, str]]:
        """(track id, key) of every track that has one."""
        sql = "SELECT track_id, key FROM features WHERE key IS NOT NULL"
        return self._conn.execute(sql).fetchall()

    def moods_among(self, track_ids: Sequence[int], ears_version: str) -> dict[int, list[float]]:
        """Probabilities of moods that these ears heard in some tracks."""
        rows = self._among("SELECT track_id, ears_version, moods FROM heard", track_ids)
        return {
            track_id: packing.rows_of_probabilities([moods])[0].tolist()
            for track_id, version, moods in rows
            if version == ears_version
        }

    def _among(self, select: str, track_ids: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        for start in range(0, len(track_ids), CHUNK):
            chunk = track_ids[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            yield from self._conn.execute(f"{select} WHERE track_id IN ({marks})", chunk)

    def shares_of(self, track_id: int, ears_version: str) -> tuple[list[float], list[float]] | None:
        """Probabilities of moods and of genres that these ears heard in one track."""
        row = self._conn.execute(
            "SELECT moods, genres FROM heard WHERE track_id = ? AND ears_version = ?",
            (track_id, ears_version),
        ).fetchone()
        if row is None:
            return None
        moods, genres = (packing.rows_of_probabilities([blob])[0].tolist() for blob in row)
        return moods, genres

    def heard_of(
        self, track_ids: Sequence[int], ears_version: str
    ) -> list[tuple[int, bytes, float, float, bytes]]:
        """(track id, embedding, arousal, valence, shares of moods and genres) of some tracks."""
        rows: list[tuple[int, bytes, float, float, bytes]] = []
        for start in range(0, len(track_ids), CHUNK):
            chunk = track_ids[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            sql = (
                "SELECT track_id, embedding, arousal, valence, moods, genres FROM heard "
                f"WHERE track_id IN ({marks}) AND ears_version = ?"
            )
            for *row, moods, genres in self._conn.execute(sql, (*chunk, ears_version)).fetchall():
                rows.append((*row, moods + genres))
        return rows

    def numbers_of(
        self, track_ids: Sequence[int], names: Sequence[str]
    ) -> list[tuple[float | None, ...]]:
        """(track id, attributes) of those of some tracks that were analysed."""
        if not set(names) <= set(ATTRIBUTES):
            raise ValueError(f"not all attributes: {names}")
        return list(self._among(f"SELECT track_id, {', '.join(names)} FROM features", track_ids))


def _ids(rows: Sequence[tuple[object, ...]]) -> IntArray:
    import numpy as np

    return np.array([row[0] for row in rows], dtype=np.int64)


def _matrix(blobs: Sequence[bytes]) -> FloatArray:
    """float32 [n, width] from n blobs of one width."""
    import numpy as np

    if not blobs:
        return np.zeros((0, 0), dtype=np.float32)
    return np.frombuffer(b"".join(blobs), dtype="<f4").reshape(len(blobs), -1)
