"""The offline map: artists and tags as points of one space, so that near means alike.

Trained by `training/train_culture.py`; models/MODEL_CARD.md says on what and how well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import numpy as np

from musicrec_core.culture.files import MapData, read
from musicrec_core.culture.hygiene import TagClass, classify, clean_weighted
from musicrec_core.culture.spelling import CLOSE_SPELLING, TagLexicon, likeness
from musicrec_core.names import artist_key, is_nobody

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]

T = TypeVar("T")
TagList: TypeAlias = tuple[tuple[str, float], ...]

PULL_BATCH = 10_000  # lists of tags turned into vectors at a time, some 20 MB

TAG_SHARE = 0.5
"""The pull of a track's own tags beside that of a well-known artist."""

DOUBT_LISTENERS = 2.0
"""An artist known from this many listeners pulls half as strongly as a famous one."""


class CultureMap:
    """Vectors of artists and tags, and what follows from them. Never changes once made."""

    def __init__(self, data: MapData) -> None:
        self._data = data
        self._artist = {key: i for i, key in enumerate(data.artist_keys)}
        self._lexicon = TagLexicon(data.tag_names)
        artists_with = np.bincount(data.tag_index, minlength=len(data.tag_names))
        self._telling_tags = [tag for tag in data.tag_names if classify(tag) is not TagClass.OTHER]
        share = (1 + artists_with) / (1 + len(data.artist_names))
        self._specific = -np.log(share).astype(np.float32)

    @classmethod
    def load(cls, path: Path) -> CultureMap:
        """Read `path` (`.json`, `.safetensors` or the stem of both). Raises ModelError."""
        return cls(read(path))

    @property
    def size(self) -> int:
        """D, the length of every vector."""
        return int(self._data.artist_vectors.shape[1])

    @property
    def tag_names(self) -> tuple[str, ...]:
        """Every tag on the map, in its one spelling."""
        return self._data.tag_names

    @property
    def artist_names(self) -> tuple[str, ...]:
        """Every artist on the map."""
        return self._data.artist_names

    def tag_vectors(self, tags: Sequence[str]) -> Vectors:
        """float32 [n, D], rows of length one; NaN where a tag is not understood at all."""
        rows = np.full((len(tags), self.size), np.nan, np.float32)
        for row, tag in zip(rows, tags, strict=True):
            row[:] = self._meaning(self._lexicon.understand(tag))
        return rows

    def popularity(self, artist: str) -> float | None:
        """How widely the artist is played, in [0, 1] by the logarithm of the listeners."""
        index = self._find_artist(artist)
        if index is None:
            return None
        heard = np.log1p(self._data.listeners)
        return float(heard[index] / max(float(heard.max()), 1.0))

    @property
    def most_listeners(self) -> int:
        """Of the artist that most people of the map played."""
        return int(self._data.listeners.max(initial=0))

    def listeners(self, artist: str) -> int | None:
        """How many of the people that the map was made from played the artist."""
        index = self._find_artist(artist)
        return None if index is None else int(self._data.listeners[index])

    def track_vectors(self, artists: Sequence[str], tags: Sequence[Mapping[str, float]]) -> Vectors:
        """float32 [n, D]: for track i, its artist's vector blended with that of its tags.

        Tags come with weights in (0, 1]. Rows have length one, or are NaN where neither the artist
        nor a tag is known. An artist known from few listeners counts for less, a tag that few
        artists share for more.
        """
        names, at = distinct(artists)
        lists, list_at = distinct([tuple(weights.items()) for weights in tags])
        by_artist, by_tags = self.artist_pulls(names), self.tag_pulls(lists)
        return unit(by_artist[at] + by_tags[list_at], unknown=np.nan)

    def artist_pulls(self, names: Sequence[str]) -> Vectors:
        """float32 [m, D]: vectors as long, in [0, 1), as the artists are well known; else zero."""
        row_of_name = [self._find_artist(name) for name in names]
        rows = np.array([-1 if row is None else row for row in row_of_name], np.int64)
        heard = np.maximum(self._data.listeners[rows], 1).astype(np.float32)
        trust = np.where(rows < 0, 0, heard / (heard + np.float32(DOUBT_LISTENERS)))
        pulls: Vectors = self._data.artist_vectors[rows] * trust[:, None].astype(np.float32)
        return pulls

    def tag_pulls(
        self, lists: Sequence[TagList], words: Mapping[str, Vectors] | None = None
    ) -> Vectors:
        """float32 [m, D]: the pull of each list of weighted tags; zero where none is understood.

        words: vectors float32 [D] of clean tags that mean something of their own here, as long as
        they are telling; they count in place of what the map would understand. The root of a
        tag's weight counts: the first tag says most, but not all. As `_meaning` for each, but many
        at a time: a library has as many lists as tracks.
        """
        words = words or {}
        pulls = np.zeros((len(lists), self.size), np.float32)
        weighed = self._data.tag_vectors * self._specific[:, None]
        own = {word: (len(weighed) + i,) for i, word in enumerate(words)}
        weighed = np.concatenate([weighed, *(vector[None] for vector in words.values())])
        for start in range(0, len(lists), PULL_BATCH):
            understood = [
                [
                    (index, weight)
                    for tag, weight in clean_weighted(weights).items()
                    for index in own.get(tag) or self._lexicon.understand(tag)
                ]
                for weights in lists[start : start + PULL_BATCH]
            ]
            telling = [row for row, tags in enumerate(understood) if tags]
            if telling:
                counts = [len(understood[row]) for row in telling]
                tag_weights = [pair for row in telling for pair in understood[row]]
                heft = np.sqrt(np.array([weight for _, weight in tag_weights], np.float32))
                starts = np.cumsum([0, *counts[:-1]])
                terms = weighed[[index for index, _ in tag_weights]] * heft[:, None]
                sums = np.add.reduceat(terms, starts, axis=0)
                pulls[start + np.array(telling)] = unit(sums, unknown=0.0) * np.float32(TAG_SHARE)
        return pulls

    def lacks(self, tag: str) -> bool:
        """Whether the map has no such tag under any spelling, though its words may be known."""
        return self._lexicon.find(tag) is None

    def nearest_tags(
        self,
        tag: str,
        among: Iterable[str] | None = None,
        n: int = 10,
        words: Mapping[str, Vectors] | None = None,
    ) -> list[tuple[str, float]]:
        """The tags nearest in meaning or spelling to `tag`, with similarities up to 1.

        `among` limits the answer to these names, as they are spelled there; without it, the
        whole map is searched, but for tags of no class. A name equal to `tag` but for its
        spelling comes first, with 1. `words` as in `tag_pulls`.
        """
        names = list(dict.fromkeys(self._telling_tags if among is None else among))
        if not names:
            return []
        vectors = self.tag_vectors(names)
        for row, name in enumerate(names):
            if words and name in words:
                vectors[row] = words[name] / np.linalg.norm(words[name])
        similar = np.nan_to_num(vectors @ self.tag_vectors([tag])[0], nan=0.0)
        similar = np.clip(similar, 0.0, 0.99)
        spelled = np.array([likeness(tag, name) for name in names], np.float32)
        similar = np.where(spelled >= CLOSE_SPELLING, np.maximum(similar, spelled), similar)
        if not similar.any():
            similar = spelled * 0.5
        order = np.argsort(-similar, kind="stable")[:n]
        return [(names[i], float(similar[i])) for i in order if similar[i] > 0]

    def _find_artist(self, name: str) -> int | None:
        return None if is_nobody(name) else self._artist.get(artist_key(name))

    def _meaning(self, tags: Sequence[int]) -> Vectors:
        """float32 [D]: the direction of several known tags together; NaN for none."""
        rows = self._data.tag_vectors[list(tags)] * self._specific[list(tags), None]
        direction: Vectors = unit(rows.sum(axis=0, keepdims=True), unknown=np.nan)[0]
        return direction


def distinct(values: Sequence[T]) -> tuple[list[T], list[int]]:
    """The distinct values, and for each value its place among them."""
    places: dict[T, int] = {}
    at = [places.setdefault(value, len(places)) for value in values]
    return list(places), at


def unit(rows: Vectors, unknown: float) -> Vectors:
    """The rows at length one; rows of length zero filled with `unknown`."""
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    unit = rows / np.where(length > 0, length, 1)
    return np.where(length > 1e-9, unit, unknown).astype(np.float32)
