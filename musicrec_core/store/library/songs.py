"""What tags say of the song behind each file, and which recordings are of one song."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from musicrec_core.folding import fold
from musicrec_core.records import Track
from musicrec_core.store.library.rows import TRACK_SELECT, to_track

CHUNK = 500  # well below SQLite's limit of bound values
EVIDENCE = "artists alone"


@dataclass(frozen=True, slots=True)
class TaggedFile:
    """A file whose song is to be described. artists: the separate values, if there are several."""

    id: int
    track: Track
    artists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StoredSong:
    """What is kept of a file's song. credits: (name, role), main ones first."""

    file_id: int
    song: str
    versions: tuple[str, ...]
    lead: str
    seasonal: str | None
    kind: str
    credits: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Recording:
    """One track as one of its files names it."""

    track_id: int
    song: str
    versions: frozenset[str]
    duration_s: float | None


_OF_SEVERAL = """
WITH own AS (
    SELECT track_id, song FROM files WHERE track_id IN ({marks}) AND song != ''
    UNION SELECT track_id, song FROM former_songs WHERE track_id IN ({marks})
)
SELECT DISTINCT track_id FROM own WHERE EXISTS (
    SELECT 1 FROM files
    WHERE files.song = own.song AND files.song != '' AND files.track_id != own.track_id
) OR EXISTS (
    SELECT 1 FROM former_songs AS former
    WHERE former.song = own.song AND former.track_id != own.track_id
)
"""


class SongsTable:
    """Queries over songs and credits."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    # --- describing ---

    def any_undescribed(self) -> bool:
        """Whether a file came or changed since songs were described last."""
        sql = "SELECT 1 FROM files WHERE song IS NULL AND track_id IS NOT NULL LIMIT 1"
        return self._conn.execute(sql).fetchone() is not None

    def artist_texts(self) -> list[str]:
        """Every different artist text of the library, the separate values one by one."""
        rows = self._conn.execute(
            "SELECT artist FROM files WHERE artists IS NULL UNION "
            "SELECT album_artist FROM files UNION "
            "SELECT value FROM files, json_each(files.artists) WHERE artists IS NOT NULL"
        )
        return [row[0] for row in rows if row[0]]

    def evidence(self) -> str | None:
        """What stood for the names that occur alone when songs were described last."""
        row = self._conn.execute("SELECT value FROM bookmarks WHERE name = ?", (EVIDENCE,))
        columns = row.fetchone()
        return None if columns is None else str(columns[0])

    def titles_with(self, words: Sequence[str]) -> list[str]:
        """Every different title that holds one of some words."""
        rows = self._conn.execute(
            f"SELECT DISTINCT title FROM files WHERE {_title_with(words)} ORDER BY title",
            [f"%{word}%" for word in words],
        )
        return [row[0] for row in rows]

    def set_evidence(self, digest: str, artists: Sequence[str], words: Sequence[str]) -> None:
        """Other names occur alone now: these artists and titles are to be described anew.

        artists: texts. words: of which a title holds one. Separate values go with either.
        """
        self._conn.execute(
            "UPDATE files SET song = NULL WHERE artists IS NOT NULL "
            "OR artist IN (SELECT value FROM json_each(?))",
            (json.dumps(artists),),
        )
        self._conn.execute(
            f"UPDATE files SET song = NULL WHERE {_title_with(words)}",
            [f"%{word}%" for word in words],
        )
        self._conn.execute(
            "INSERT OR REPLACE INTO bookmarks (name, value) VALUES (?, ?)", (EVIDENCE, digest)
        )

    def undescribed(self, limit: int) -> list[TaggedFile]:
        """Some of the files that are to be described."""
        sql = TRACK_SELECT.replace("SELECT ", "SELECT files.id, artists, ", 1)
        rows = self._conn.execute(
            f"{sql} WHERE song IS NULL AND track_id IS NOT NULL LIMIT ?", (limit,)
        )
        return [_tagged(*row) for row in rows]

    def present(self) -> Iterator[TaggedFile]:
        """Every present file with its tags, in path order."""
        sql = TRACK_SELECT.replace("SELECT ", "SELECT files.id, artists, ", 1)
        for row in self._conn.execute(f"{sql} WHERE state = 'present' ORDER BY path"):
            yield _tagged(*row)

    def put(self, songs: Sequence[StoredSong]) -> None:
        """Keep what was found out. Credits are kept where there are several."""
        self._conn.executemany(
            "UPDATE files SET song = ?, versions = ?, lead = ?, seasonal = ?, kind = ? "
            "WHERE id = ?",
            [(s.song, " ".join(s.versions), s.lead, s.seasonal, s.kind, s.file_id) for s in songs],
        )
        self._conn.executemany(
            "DELETE FROM credits WHERE file_id = ?", [(s.file_id,) for s in songs]
        )
        self._conn.executemany(
            "INSERT INTO credits (file_id, position, name, folded, role) VALUES (?, ?, ?, ?, ?)",
            [
                (s.file_id, position, name, fold(name), role)
                for s in songs
                if len(s.credits) > 1
                for position, (name, role) in enumerate(s.credits)
            ],
        )

    # --- asking ---

    def of_several(self, track_ids: Sequence[int]) -> list[int]:
        """Those of the tracks whose artist and title another recording has as well."""
        several: list[int] = []
        for start in range(0, len(track_ids), CHUNK):
            chunk = track_ids[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            rows = self._conn.execute(_OF_SEVERAL.format(marks=marks), (*chunk, *chunk))
            several += [row[0] for row in rows.fetchall()]
        return several

    def alike(self, track_ids: Sequence[int]) -> dict[int, list[Recording]]:
        """Of each track, itself and the other recordings of the same artist and title."""
        songs_of: dict[int, set[str]] = {}
        for recording in self._recordings("track_id", track_ids):
            songs_of.setdefault(recording.track_id, set()).add(recording.song)
        by_song: dict[str, dict[Recording, None]] = {}
        for recording in self._recordings("song", sorted(set().union(*songs_of.values()))):
            by_song.setdefault(recording.song, {})[recording] = None
        return {
            track_id: [recording for song in sorted(songs) for recording in by_song[song]]
            for track_id, songs in songs_of.items()
        }

    def _recordings(self, column: str, values: Sequence[object]) -> Iterator[Recording]:
        """Those with one of some values in a column, of files that are there or were."""
        for start in range(0, len(values), CHUNK):
            chunk = values[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            for table in ("files", "former_songs"):
                rows = self._conn.execute(
                    f"SELECT track_id, song, versions, duration_s FROM {table} "
                    f"WHERE {column} IN ({marks}) AND song != '' AND track_id IS NOT NULL",
                    chunk,
                )
                for track_id, song, versions, duration_s in rows:
                    yield Recording(track_id, song, frozenset(versions.split()), duration_s)

    def facts_of(self, track_id: int) -> tuple[tuple[str, ...], str | None, str] | None:
        """Versions, season and kind of a track by a present file of it, None without one."""
        row = self._conn.execute(
            "SELECT versions, seasonal, kind FROM files WHERE track_id = ? AND song IS NOT NULL "
            "AND state = 'present' ORDER BY id LIMIT 1",
            (track_id,),
        ).fetchone()
        return None if row is None else (tuple(row[0].split()), row[1], row[2])

    def marked(self, track_ids: Sequence[int]) -> set[int]:
        """Those of the tracks whose files all say that they are a version: live, remix, demo."""
        is_marked_by_id: dict[int, bool] = {}
        for start in range(0, len(track_ids), CHUNK):
            chunk = track_ids[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            rows = self._conn.execute(
                "SELECT track_id, min(versions NOT IN ('', 'remaster')) FROM files "
                f"WHERE track_id IN ({marks}) AND state = 'present' GROUP BY track_id",
                chunk,
            )
            is_marked_by_id.update(rows)
        return {track_id for track_id, is_marked in is_marked_by_id.items() if is_marked}

    def further_credits(self) -> Iterator[tuple[int, str, str]]:
        """(track id, name, role) of every artist but the leading one, by track, each once."""
        yield from self._conn.execute(
            "SELECT track_id, name, max(role) FROM credits JOIN files ON files.id = file_id "
            "WHERE state = 'present' AND track_id IS NOT NULL AND folded != "
            "(SELECT folded FROM credits AS first WHERE first.file_id = files.id AND position = 0) "
            "GROUP BY track_id, folded ORDER BY track_id, min(position)"
        )

    def song_rows(self) -> Iterator[tuple[int, str, str]]:
        """(track id, song, versions) of every present file."""
        rows = self._conn.execute(
            "SELECT track_id, coalesce(song, ''), versions FROM files WHERE state = 'present'"
        )
        yield from rows


def _tagged(file_id: int, artists: str | None, *row: object) -> TaggedFile:
    return TaggedFile(file_id, to_track(row), tuple(json.loads(artists)) if artists else ())


def _title_with(words: Sequence[str]) -> str:
    return " OR ".join(["title LIKE ?"] * len(words))
