"""Reads what the database holds of tracks into the arrays of `LibraryFacts`, many at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.scores.albums import album_text
from musicrec_core.store.library.rows import to_track

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from musicrec_core.app.scores.facts import LibraryFacts
    from musicrec_core.records import FloatArray, IntArray

    TagList = tuple[tuple[str, float], ...]
    Room = Callable[[str, str, tuple[int, ...]], NDArray[Any]]


# What reaches the taste model as plain numbers. Loudness is left out: it is a property of the
# mastering, and players level it away.
ATTRIBUTE_COLUMNS = (
    "tempo_bpm", "energy", "acousticness", "danceability", "instrumentalness",
    "brightness_hz", "dynamic_range_db",
)  # fmt: skip
COLUMN_NAMES = (*ATTRIBUTE_COLUMNS, "arousal", "valence", "year", "duration_s")
_AROUSAL, _YEAR = COLUMN_NAMES.index("arousal"), COLUMN_NAMES.index("year")


class FactReader:
    """Reads tracks from the store."""

    def __init__(self, context: Context, facts: LibraryFacts) -> None:
        self.context, self.facts = context, facts
        from musicrec_core.app.scores.metadata import TagSource  # for tracks read anew

        self.tags = TagSource.load(context)
        self.lists: dict[tuple[str, ...], int] = {}
        """By artist, album, album artist and genres as they are written: albums share them."""

    def read(self, rows: IntArray) -> None:
        """All facts of the tracks of some rows."""
        arrays = self.facts.arrays
        for name in ("sound", "nearness"):
            arrays[name][rows] = np.nan
        arrays["words"][:, rows] = 0
        arrays["columns_by_name"][:, rows] = np.nan
        ids = self.facts.track_ids[rows].tolist()
        row_of = dict(zip(ids, rows.tolist(), strict=True))
        self._read_files(ids, row_of)
        self._read_attributes(ids, row_of)
        self._read_heard(ids, row_of)

    def _read_files(self, ids: Sequence[int], row_of: Mapping[int, int]) -> None:
        """Of several files of a track the last one by its path; for its song, the newest."""
        files: dict[int, tuple[Any, ...]] = {}
        songs: dict[int, tuple[int, str]] = {}
        for song, file_id, *row in self.context.store.tracks.present_of(ids):
            files[row[0]] = tuple(row)
            songs[row[0]] = max(songs.get(row[0], (0, "")), (file_id, song))
        columns = self.facts.arrays["columns_by_name"]
        for track_id, file in files.items():
            at = row_of[track_id]
            self._read_file(at, file)
            digest = hashlib.blake2b(_song(songs[track_id][1], track_id), digest_size=8)
            self.facts.arrays["song_digests"][at] = int.from_bytes(
                digest.digest(), "little", signed=True
            )
            year, duration_s = file[10], file[13]
            columns[_YEAR : _YEAR + 2, at] = [_number(year), _number(duration_s)]

    def _read_file(self, at: int, row: tuple[Any, ...]) -> None:
        artist, album, album_artist, genres, lead = row[3], row[4], row[5], row[7], row[11]
        facts, lead = self.facts, lead or artist
        facts.arrays["lead_texts"][at] = facts.texts.of(lead)
        facts.arrays["maker_texts"][at] = facts.texts.of(lead or album_artist)
        text = album_text(album, album_artist, lead, row[1], said=bool(row[12]))
        facts.arrays["album_texts"][at] = facts.texts.of(text)
        alike = (artist, album, album_artist, genres)
        place = None if self.tags.by_subject["track"] else self.lists.get(alike)
        if place is None:
            weighted = self.tags.weighted(to_track(row))
            place = self.lists[alike] = facts.tag_lists.of(tuple(weighted.items()))
        facts.arrays["list_places"][at] = place

    def _read_attributes(self, ids: Sequence[int], row_of: Mapping[int, int]) -> None:
        rows = self.context.store.analysis.numbers_of(ids, ATTRIBUTE_COLUMNS)
        if rows:
            numbers = np.array([row[1:] for row in rows], np.float64).astype(np.float32)
            at = [row_of[int(row[0] or 0)] for row in rows]
            self.facts.arrays["columns_by_name"][: len(ATTRIBUTE_COLUMNS), at] = numbers.T

    def _read_heard(self, ids: Sequence[int], row_of: Mapping[int, int]) -> None:
        heard = self.context.store.analysis.heard_of(ids, self.context.ears.version)
        if not heard:
            return
        arrays = self.facts.arrays
        at = np.array([row_of[row[0]] for row in heard], np.int64)
        embeddings = np.frombuffer(b"".join(row[1] for row in heard), "<f4").reshape(len(heard), -1)
        arrays["sound"][at] = unit(embeddings[:, : arrays["sound"].shape[1]])
        if arrays["nearness"].shape[1]:
            arrays["nearness"][at] = embeddings
        moods = np.array([row[2:4] for row in heard], np.float32)
        arrays["columns_by_name"][_AROUSAL : _AROUSAL + 2, at] = moods.T
        words = np.frombuffer(b"".join(row[4] for row in heard), "<u2").reshape(len(heard), -1)
        arrays["words"][:, at] = words.T


def _song(song: str, track_id: int) -> bytes:
    return (song.casefold() or f"{track_id}").encode("utf-8", "surrogatepass")


def _number(value: float | None) -> float:
    return np.nan if value is None else float(value)


def unit(rows: FloatArray) -> FloatArray:
    """Rows of length one; NaN rows stay so."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    made: FloatArray = rows / np.maximum(lengths, np.float32(1e-6))
    return made
