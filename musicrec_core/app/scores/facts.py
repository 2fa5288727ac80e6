"""What the store says of each track of a library, before it is put side by side.

A catalogue holds codes and places that hang on all of a library. What is here hangs on one track
each, so it is read for those that changed and taken over for all others.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.scores.albums import album_text
from musicrec_core.recommender.data import mapped
from musicrec_core.store.library.rows import to_track

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

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
T = TypeVar("T")
_AROUSAL, _YEAR = COLUMN_NAMES.index("arousal"), COLUMN_NAMES.index("year")
BATCH = 8_192  # tracks that are read at once
LARGE = ("sound", "nearness", "words", "columns_by_name")
SMALL = ("lead_texts", "maker_texts", "album_texts", "song_digests", "list_places")


def in_memory(name: str, dtype: str, shape: tuple[int, ...]) -> NDArray[Any]:
    """Room for an array that is in no file."""
    del name
    return np.empty(shape, dtype)


@dataclass(frozen=True, slots=True, repr=False)
class LibraryFacts:
    """Of n tracks, by the path of the first file of each.

    track_ids: int64 [n]. arrays, by name:
    sound: float32 [n, E], of length one. nearness: float32 [n, N], all that taught ears hear, where
    that is more. words: uint16 [W, n], shares of the moods and genres heard. columns_by_name:
    float32 [A, n]. NaN, or 0 for words, where not known.
    lead_texts, maker_texts, album_texts: int32 [n], places in `texts`: who leads, who made it or
    its album, the album. song_digests: int64 [n], which song it is. list_places: int32 [n], places
    in `tag_lists`.
    """

    track_ids: IntArray
    arrays: dict[str, NDArray[Any]]
    texts: _Places[str]
    tag_lists: _Places[TagList]

    @classmethod
    def of(cls, context: Context, room: Room, kept: KeptFacts | None) -> LibraryFacts:
        """Taken over from those that are kept, and read where a track is new or changed."""
        _, first = np.unique(ids := _ids(context), return_index=True)
        track_ids = ids[np.sort(first)]
        arrays = _arrays(context, room, len(track_ids))
        texts = _Places(kept.texts if kept else ())
        facts = cls(track_ids, arrays, texts, _Places(kept.tag_lists if kept else ()))
        source = np.full(len(track_ids), -1, np.int64) if kept is None else kept.rows_of(track_ids)
        if kept is not None:
            facts._take_over(kept.arrays, source)
        reader = _Reader(context, facts)
        changed = np.flatnonzero(source < 0)
        for start in range(0, len(changed), BATCH):
            reader.read(changed[start : start + BATCH])
            for name in LARGE:
                mapped.let_go(facts.arrays[name])
        return facts.in_order()

    def _take_over(self, kept: Mapping[str, NDArray[Any]], source: IntArray) -> None:
        for start in range(0, len(source), BATCH):
            rows = start + np.flatnonzero(source[start : start + BATCH] >= 0)
            for name in (*LARGE, *SMALL):
                here, there = self.arrays[name], kept[name]
                if name in ("words", "columns_by_name"):
                    here[:, rows] = there[:, source[rows]]
                else:
                    here[rows] = there[source[rows]]
                if name in LARGE:
                    mapped.let_go(here)
                    mapped.let_go(there)

    def in_order(self) -> LibraryFacts:
        """Texts and lists in the order in which they come first; those of no track left out."""
        names = ("lead_texts", "maker_texts", "album_texts")
        codes, texts = numbered(np.concatenate([self.arrays[name] for name in names]))
        lists, tag_lists = numbered(self.arrays["list_places"])
        small = dict(zip(names, np.split(codes.astype(np.int32), len(names)), strict=True))
        return LibraryFacts(
            self.track_ids,
            {**self.arrays, **small, "list_places": lists.astype(np.int32)},
            _Places(self.texts.values[i] for i in texts.tolist()),
            _Places(self.tag_lists.values[i] for i in tag_lists.tolist()),
        )

    @property
    def kept(self) -> dict[str, NDArray[Any]]:
        """What is kept beside the catalogue's own arrays, by name."""
        written = json.dumps([self.texts.values, self.tag_lists.values])
        return {
            **{name: self.arrays[name] for name in SMALL},
            "facts": np.frombuffer(written.encode("utf-8", "surrogatepass"), np.uint8),
        }


@dataclass(frozen=True, slots=True, repr=False)
class KeptFacts:
    """The facts as they were kept, and the tracks that changed since."""

    arrays: Mapping[str, NDArray[Any]]
    texts: Sequence[str]
    tag_lists: Sequence[TagList]
    changed: IntArray

    @classmethod
    def read(cls, arrays: Mapping[str, NDArray[Any]], changed: Sequence[int]) -> KeptFacts:
        """Raises KeyError or ValueError where it is damaged."""
        texts, lists = json.loads(arrays["facts"].tobytes().decode("utf-8", "surrogatepass"))
        tag_lists = [tuple((tag, weight) for tag, weight in own) for own in lists]
        return cls(arrays, texts, tag_lists, np.array(changed, np.int64))

    def rows_of(self, track_ids: IntArray) -> IntArray:
        """Int64: the row of each track here; -1 where it is not, or not as it was."""
        ids, rows = self.arrays["ids_in_order"], self.arrays["rows_of_ids"]
        if not len(ids):
            return np.full(len(track_ids), -1, np.int64)
        places = np.minimum(np.searchsorted(ids, track_ids), len(ids) - 1)
        is_here = (ids[places] == track_ids) & ~np.isin(track_ids, self.changed)
        return np.where(is_here, rows[places], -1)


class _Places(Generic[T]):
    """Values, each once, and the place of each."""

    def __init__(self, values: Iterable[T]) -> None:
        self.values = list(values)
        self._place_of = {value: place for place, value in enumerate(self.values)}

    def of(self, value: T) -> int:
        place = self._place_of.setdefault(value, len(self.values))
        if place == len(self.values):
            self.values.append(value)
        return place


def _ids(context: Context) -> IntArray:
    return np.array(context.store.tracks.present_in_order(), np.int64)


def _arrays(context: Context, room: Room, n: int) -> dict[str, NDArray[Any]]:
    """Room for all of them."""
    ears, size = context.ears, context.bundled_ears.embedding_size
    wider = ears.embedding_size if ears.embedding_size > size else 0
    words = len(ears.mood_names) + len(ears.genre_names)
    return {
        "sound": room("sound", "<f4", (n, size)),
        "nearness": room("nearness", "<f4", (n, wider)),
        "words": room("words", "<u2", (words, n)),
        "columns_by_name": room("columns_by_name", "<f4", (len(COLUMN_NAMES), n)),
        **{name: np.zeros(n, np.int64 if name == "song_digests" else np.int32) for name in SMALL},
    }


class _Reader:
    """Reads tracks from the store."""

    def __init__(self, context: Context, facts: LibraryFacts) -> None:
        self.context, self.facts = context, facts
        from musicrec_core.app.services.metadata import TagSource  # for tracks read anew

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


def numbered(values: NDArray[Any]) -> tuple[IntArray, NDArray[Any]]:
    """Int64 [n], a code for each of n values in the order in which they come first; and those."""
    own, first, which = np.unique(values, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(own), np.int64)
    rank[order] = np.arange(len(own))
    codes: IntArray = rank[which]
    return codes, own[order]
