"""What a music service said, brought to the library's own tracks, many at a time.

Tags pass through the same hygiene as those of files and keep their weights. A track inherits the
tags of its album and artist at a discount.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from musicrec_core.app.context import Context
from musicrec_core.culture.hygiene import clean_tags, clean_weighted
from musicrec_core.culture.matching import title_key
from musicrec_core.names import artist_key, is_nobody
from musicrec_core.service_records import Popularity, Similar, Subject

if TYPE_CHECKING:
    from musicrec_core.records import Track
    from musicrec_core.store.services.enrichment import Key

# What is said of a whole album or artist is less sure to hold for one song.
FROM_ALBUM = 0.8
FROM_ARTIST = 0.6

LEAST_WEIGHT = 0.1  # lighter tags were given by few and are as often wrong as right
MOST_TAGS = 10


def artist_of(track: Track) -> str:
    """Who plays a track; "" where nobody in particular does."""
    name = track.artist or track.album_artist
    return "" if is_nobody(name) else name


def key_of(track: Track, subject: Subject) -> Key | None:
    """The key of a track, its album or its artist in the store; None where it has no name."""
    if subject == "album":
        by = track.album_artist or track.artist
        named = track.album and not is_nobody(by)
        return (artist_key(by), title_key(track.album)) if named else None
    artist = artist_of(track)
    if not artist:
        return None
    return (artist_key(artist), title_key(track.title) if subject == "track" else "")


def popularity(context: Context, tracks: Sequence[Track]) -> list[Popularity | None]:
    """How widely each track is heard, in the order of the tracks; None where nobody said."""
    return _of_each(context.store.enrichment.popularity("track"), tracks, "track")


def artist_popularity(context: Context, tracks: Sequence[Track]) -> list[Popularity | None]:
    """How widely each track's artist is heard, likewise."""
    return _of_each(context.store.enrichment.popularity("artist"), tracks, "artist")


def _of_each(
    by_key: Mapping[Key, Popularity], tracks: Sequence[Track], subject: Subject
) -> list[Popularity | None]:
    keys = [key_of(track, subject) for track in tracks] if by_key else [None] * len(tracks)
    return [None if key is None else by_key.get(key) for key in keys]


def artist_tags(context: Context) -> dict[str, dict[str, float]]:
    """Clean tags and weights in (0, 1] of every artist asked about, by `artist_key`."""
    tags_by_key = context.store.enrichment.tags("artist")
    return {artist: clean_weighted(tags) for (artist, _), tags in tags_by_key.items()}


def similar_artists(context: Context, artists: Iterable[str]) -> dict[str, tuple[Similar, ...]]:
    """Whom the service holds similar to each of these artists, by `artist_key`."""
    keys = {(artist_key(artist), "") for artist in artists if not is_nobody(artist)}
    similar_by_key = context.store.enrichment.similar("artist", keys) if keys else {}
    return {artist: similar for (artist, _), similar in similar_by_key.items()}


@dataclass(frozen=True, slots=True)
class TagSource:
    """The tags of tracks: those of their files at full weight, and what a service adds."""

    by_subject: Mapping[Subject, Mapping[Key, tuple[tuple[str, float], ...]]]
    _inherited: dict[tuple[Key | None, Key | None], dict[str, float]] = field(default_factory=dict)

    @classmethod
    def load(cls, context: Context) -> TagSource:
        """Read all that is known."""
        subjects: tuple[Subject, ...] = ("artist", "album", "track")
        return cls({subject: context.store.enrichment.tags(subject) for subject in subjects})

    def weighted(self, track: Track) -> dict[str, float]:
        """Clean tags and weights in (0, 1], the heaviest first; its file's own tags are 1."""
        weights = dict.fromkeys(_own(track.genres), 1.0)
        added = self._of_its_kin(track)
        own = self._of(key_of(track, "track") if self.by_subject["track"] else None, "track")
        if own:
            added = _heaviest(_together(added, clean_weighted(own), 1.0))
        for tag, weight in added.items():
            weights.setdefault(tag, weight)
        return weights

    def _of_its_kin(self, track: Track) -> dict[str, float]:
        """What a track takes over from its album and artist."""
        artist, album = key_of(track, "artist"), key_of(track, "album")
        if (artist, album) not in self._inherited:
            of_artist = clean_weighted(self._of(artist, "artist"))
            both = _together({}, of_artist, FROM_ARTIST)
            both = _together(both, clean_weighted(self._of(album, "album")), FROM_ALBUM)
            self._inherited[artist, album] = _heaviest(both)
        return self._inherited[artist, album]

    def _of(self, key: Key | None, subject: Subject) -> tuple[tuple[str, float], ...]:
        return () if key is None else self.by_subject[subject].get(key, ())


def _together(some: dict[str, float], more: dict[str, float], share: float) -> dict[str, float]:
    """Both, `more` at a share of its weights; the larger weight counts."""
    both = dict(some)
    for tag, weight in more.items():
        if weight * share > both.get(tag, 0.0):
            both[tag] = weight * share
    return both


def _heaviest(tags: dict[str, float]) -> dict[str, float]:
    """The few heaviest, in their order."""
    heavy = [(-weight, tag) for tag, weight in tags.items() if weight >= LEAST_WEIGHT]
    return {tag: -weight for weight, tag in sorted(heavy)[:MOST_TAGS]}


@cache
def _own(genres: tuple[str, ...]) -> tuple[str, ...]:
    return clean_tags(genres)
