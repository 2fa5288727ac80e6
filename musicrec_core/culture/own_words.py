"""The words of one library that the map lacks, placed among the artists who carry them.

Only where these lie nearer to each other than chance would have it is a word understood.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.culture.by_sound import (
    Repeated,
    anywhere,
    artist_means,
)
from musicrec_core.culture.map import CultureMap, unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Vectors = NDArray[np.float32]
    Makers = tuple[tuple[str, float], ...]


FEWEST_ARTISTS = 3  # fewer say as much of themselves as of the word


BEYOND_CHANCE = 2.5
"""Standard deviations of chance; not two, for a library has thousands of words."""


@dataclass(frozen=True, slots=True)
class TaggedTracks:
    """Who made n tracks, and how they are tagged.

    artists: int64 [n], one code an artist, -1 where nobody is named. codes: int64, indexes into
    `names`, those of track i at `starts[i]:starts[i + 1]`; starts: int64 [n + 1].
    """

    artists: NDArray[np.int64]
    codes: NDArray[np.int64]
    starts: NDArray[np.int64]
    names: tuple[str, ...]


def learn_words(
    culture: CultureMap, vectors: Vectors | Repeated, tagged: TaggedTracks
) -> dict[str, Vectors]:
    """The tags that the map lacks and this library explains, for `CultureMap.tag_pulls`.

    vectors: float32 [n, D], the tracks where they are without these words; NaN where nowhere.
    A word's place is the mean of its artists, shrunk (James and Stein 1961) towards what the map
    understands of it, or else the middle of the library; its length is the rarity of the word
    times what the shrinking left.
    """
    lacking = np.array([culture.lacks(name) for name in tagged.names], np.bool_)
    artists, places = _by_artist(vectors, tagged.artists)
    if not lacking.any() or not len(places):
        return {}
    middle = places.mean(axis=0)
    apart = places - middle
    spread = apart.T @ apart / np.float32(len(apart))
    words: dict[str, Vectors] = {}
    for code, rows in _carriers(lacking, artists, tagged):
        believed = (
            _believed(apart[rows], spread, len(apart)) if len(rows) >= FEWEST_ARTISTS else 0.0
        )
        if believed > 0:
            name = tagged.names[code]
            understood = culture.tag_vectors([name])
            prior = np.where(np.isnan(understood), middle, understood)
            place = unit(believed * places[rows].mean(axis=0) + (1 - believed) * prior, 0.0)[0]
            words[name] = place * np.float32(
                -believed * np.log((1 + len(rows)) / (2 + len(places)))
            )
    return words


def _carriers(
    lacking: NDArray[np.bool_], artists: NDArray[np.int64], tagged: TaggedTracks
) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """The codes that are `lacking`, each with the places in `artists` of all who carry it."""
    cells = np.flatnonzero(lacking[tagged.codes])
    by = tagged.artists[tracks_of_codes(tagged)[cells]]
    is_asked = np.isin(by, artists)
    if not is_asked.any():
        return
    places = np.searchsorted(artists, by[is_asked])
    pairs = np.unique(tagged.codes[cells][is_asked] * len(artists) + places)
    codes, starts = np.unique(pairs // len(artists), return_index=True)
    rows = np.split(pairs % len(artists), starts[1:])
    yield from zip(codes.tolist(), rows, strict=True)


def _believed(own: Vectors, spread: Vectors, among: int) -> float:
    """What of the mean of `own` [n, D] is to be believed, in [0, 1); 0 where it may be chance.

    Rows are artists less the middle of all `among` of them, whose covariance is `spread` [D, D].
    For rows drawn at random (none twice) the squared sum is about a gamma variable, whose cube
    root is about normal (Wilson and Hilferty 1931). The mean product of two rows estimates the
    word's squared distance from the middle.
    """
    n = len(own)
    if n == among:
        return 0.0
    total = own.sum(axis=0)
    all_together = float(total @ total)
    trace = float(np.trace(spread))
    freedom = trace**2 / max(float((spread * spread).sum()), 1e-12)
    by_chance = n * trace * (among - n) / (among - 1)
    middle, deviation = 1 - 2 / (9 * freedom), (2 / (9 * freedom)) ** 0.5
    if (all_together / max(by_chance, 1e-12)) ** (1 / 3) <= middle + BEYOND_CHANCE * deviation:
        return 0.0
    squares = float((own * own).sum())
    together = max((all_together - squares) / (n * (n - 1)), 0.0)
    return n * together / (n * together + max(squares / n - together, 1e-12))


def _by_artist(
    vectors: Vectors | Repeated, artists: NDArray[np.int64]
) -> tuple[NDArray[np.int64], Vectors]:
    """Codes int64 [a] of the artists that are anywhere, ascending, and their places [a, D]."""
    rows = np.flatnonzero(anywhere(vectors) & (artists >= 0))
    return np.unique(artists[rows]), unit(artist_means(vectors, artists, rows), unknown=0.0)


def tracks_of_codes(tagged: TaggedTracks) -> NDArray[np.int64]:
    """The track of every code."""
    return np.repeat(np.arange(len(tagged.artists)), np.diff(tagged.starts))
