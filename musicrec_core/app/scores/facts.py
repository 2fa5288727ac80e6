"""What the store says of each track of a library, before it is put side by side.

A catalogue holds codes and places that hang on all of a library. What is here hangs on one track
each, so it is read for those that changed and taken over for all others.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.scores.fact_reader import COLUMN_NAMES, FactReader
from musicrec_core.recommender.data import mapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from musicrec_core.records import IntArray

    TagList = tuple[tuple[str, float], ...]
    Room = Callable[[str, str, tuple[int, ...]], NDArray[Any]]

T = TypeVar("T")
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
        reader = FactReader(context, facts)
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


def numbered(values: NDArray[Any]) -> tuple[IntArray, NDArray[Any]]:
    """Int64 [n], a code for each of n values in the order in which they come first; and those."""
    own, first, which = np.unique(values, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(own), np.int64)
    rank[order] = np.arange(len(own))
    codes: IntArray = rank[which]
    return codes, own[order]
