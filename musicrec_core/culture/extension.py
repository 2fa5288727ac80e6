"""What one library adds to the map: its own artists and its own words, placed by what is known.

An artist that the map lacks, or knows from few listeners, is drawn to those whom a music service
holds similar to it. A tag that the map lacks, the user's own word, is placed among the artists who
carry it, where these lie nearer to each other than chance would have it, and then helps to place
the rest. Sound has a say where the artist is in doubt. Nothing is kept: it follows from the
library and the service's answers each time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from musicrec_core.culture.by_sound import (
    ROWS_AT_ONCE,
    Repeated,
    anywhere,
    guess_places,
)
from musicrec_core.culture.map import CultureMap, TagList, distinct, unit
from musicrec_core.culture.own_words import TaggedTracks, learn_words
from musicrec_core.names import artist_key

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.service_records import Similar

    Vectors = NDArray[np.float32]
    Makers = tuple[tuple[str, float], ...]

T = TypeVar("T")

DOUBTED = 0.1
"""Artists whom the map trusts to 1 less this stay where they are: 18 listeners and more."""

NEIGHBOUR_DOUBT = 1.0
"""Neighbours whose matches add up to this place an artist half as surely as fame would."""

SOUND_SHARE = np.float32(0.2)
"""The pull of sound on an artist known by nothing else; tags pull with 0.5."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where n tracks lie: float32 [n, D], rows of length one, or NaN where nothing is known.

    by_sound: bool [n], true where nothing but sound says so.
    """

    vectors: Vectors
    by_sound: NDArray[np.bool_]


def place_tracks(
    culture: CultureMap,
    artists: Sequence[str],
    tags: Sequence[Mapping[str, float]],
    similar: Mapping[str, Sequence[Similar]],
    tagged: TaggedTracks,
    sound: Vectors,
    others: Mapping[int, Sequence[tuple[str, float]]] | None = None,
) -> Placed:
    """As `CultureMap.track_vectors`, on the map as this library extends it.

    others: of some tracks the further artists, each with its weight beside the first one's 1.
    similar: whom a service holds similar to an artist, by `artist_key`. tagged: the same tracks.
    sound: float32 [n, E], what the ears hear, NaN where nothing was heard yet.
    """
    makers: list[str | Makers] = list(artists)
    for track, further in (others or {}).items():
        makers[track] = ((artists[track], 1.0), *further)
    lists = Distinct.of([tuple(weights.items()) for weights in tags])
    return place(culture, Distinct.of(makers), lists, similar, tagged, sound)


@dataclass(frozen=True, slots=True)
class Distinct(Generic[T]):
    """n values, of which many are alike: the distinct ones, and at int64 [n] which it is."""

    values: Sequence[T]
    at: NDArray[np.int64]

    @classmethod
    def of(cls, values: Sequence[T]) -> Distinct[T]:
        """In the order in which they come first."""
        own, at = distinct(values)
        return cls(own, np.array(at, np.int64))


def place(
    culture: CultureMap,
    makers: Distinct[str | Makers],
    lists: Distinct[TagList],
    similar: Mapping[str, Sequence[Similar]],
    tagged: TaggedTracks,
    sound: Vectors,
    out: Vectors | None = None,
) -> Placed:
    """As `place_tracks`, of whoever made each track and how it is tagged, each once.

    out: float32 [n, D], where the vectors are to be written.
    """
    by_artist = _place_makers(culture, makers.values, similar)
    by_tags = culture.tag_pulls(lists.values)
    # Most songs of an album share both, so each pair is put together once.
    size = max(len(lists.values), 1)
    pairs, at = np.unique(makers.at * size + lists.at, return_inverse=True)
    of_artist, of_list = np.divmod(pairs, size)
    pulls = by_artist[of_artist] + by_tags[of_list]
    vectors = Repeated(unit(pulls, unknown=np.nan), at)
    words = learn_words(culture, vectors, tagged)
    touched = [i for i, own in enumerate(lists.values) if any(tag in words for tag, _ in own)]
    if touched:
        by_tags[touched] = culture.tag_pulls([lists.values[i] for i in touched], words)
        pulls = by_artist[of_artist] + by_tags[of_list]
        vectors = Repeated(unit(pulls, unknown=np.nan), at)
    doubt = (1 - np.linalg.norm(by_artist, axis=1))[of_artist]
    known = anywhere(vectors)
    places = guess_places(sound, vectors, tagged.artists, doubt[at] > DOUBTED)
    placed = np.empty((len(at), culture.size), np.float32) if out is None else out
    for start in range(0, len(at), ROWS_AT_ONCE):
        part = slice(start, start + ROWS_AT_ONCE)
        placed[part] = vectors.values[at[part]]
        if places is not None:
            asked = start + np.flatnonzero(places.asked[part])
            by_sound = places.of(sound[asked])
            drawn = np.isfinite(by_sound[:, 0])
            asked, by_sound = asked[drawn], by_sound[drawn]
            by_sound *= (SOUND_SHARE * doubt[at[asked]])[:, None]
            placed[asked] = unit(pulls[at[asked]] + by_sound, unknown=np.nan)
    return Placed(placed, np.isfinite(placed[:, 0]) & ~known)


def _place_makers(
    culture: CultureMap, makers: Sequence[str | Makers], similar: Mapping[str, Sequence[Similar]]
) -> Vectors:
    """float32 [m, D]: as `place_artists`, of one artist or of several together.

    Several lie in the middle of those of them who are known, as surely as these are on the whole.
    """
    lists = [((maker, 1.0),) if isinstance(maker, str) else maker for maker in makers]
    names, at = distinct([name for credited in lists for name, _ in credited])
    placed = place_artists(culture, names, similar)[at]
    weights = np.array([weight for credited in lists for _, weight in credited], np.float32)
    starts = np.cumsum([0, *(len(credited) for credited in lists)])
    first: Vectors = placed[starts[:-1]]
    for i in np.flatnonzero(np.diff(starts) > 1).tolist():
        part = slice(starts[i], starts[i + 1])
        trust = np.linalg.norm(placed[part], axis=1)
        surely = float(weights[part] @ trust) / max(float(weights[part][trust > 0].sum()), 1e-6)
        first[i] = unit((weights[part] @ placed[part])[None], unknown=0.0)[0] * np.float32(surely)
    return first


def doubted(culture: CultureMap, names: Sequence[str]) -> list[str]:
    """Those of the artists whom the map lacks, or knows too little of."""
    trust = np.linalg.norm(culture.artist_pulls(names), axis=1)
    return [
        name
        for name, certainty in zip(names, trust, strict=True)
        if name and certainty < 1 - DOUBTED
    ]


def place_artists(
    culture: CultureMap, names: Sequence[str], similar: Mapping[str, Sequence[Similar]]
) -> Vectors:
    """float32 [m, D]: as `CultureMap.artist_pulls`; what fame leaves in doubt, neighbours fill.

    A neighbour counts by its match and by how well the map knows it; the more of them, the more
    surely they place the artist.
    """
    pulls = culture.artist_pulls(names)
    doubt = 1 - np.linalg.norm(pulls, axis=1)
    links = [
        (row, near.artist, near.match)
        for row in np.flatnonzero(doubt > DOUBTED).tolist()
        for near in similar.get(artist_key(names[row]), ())
    ]
    if not links:
        return pulls
    friends, at = distinct([name for _, name, _ in links])
    vectors = culture.artist_pulls(friends)
    trust = np.linalg.norm(vectors, axis=1)
    matches = np.array([match for _, _, match in links], np.float32)
    rows, starts = np.unique([row for row, _, _ in links], return_index=True)
    ends = [*starts[1:], len(links)]
    drawn = np.zeros((len(rows), culture.size), np.float32)
    neighbour_trust = np.zeros(len(rows), np.float32)
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        match, near = matches[start:end], at[start:end]
        drawn[i], neighbour_trust[i] = match @ vectors[near], match @ trust[near]
    surely = doubt[rows] * neighbour_trust / (neighbour_trust + np.float32(NEIGHBOUR_DOUBT))
    pulls[rows] += unit(drawn, unknown=0.0) * surely[:, None]
    return pulls
