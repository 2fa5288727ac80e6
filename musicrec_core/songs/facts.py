"""All that a file's tags say of its song, said at once."""

from __future__ import annotations

from dataclasses import dataclass

from musicrec_core.songs.artist_names import ArtistNames
from musicrec_core.songs.credits import Credit, credits_of
from musicrec_core.songs.keys import song_key
from musicrec_core.songs.kinds import Kind, kind_of
from musicrec_core.songs.seasons import season_of
from musicrec_core.songs.titles import parse
from musicrec_core.songs.versions import versions_of

_NOBODY_KNOWN = ArtistNames()


@dataclass(frozen=True, slots=True)
class SongTags:
    """What is asked about: the tags of one file.

    artists: the ARTIST values, several only where the tag format separates them. duration_s: None
    where it is unknown.
    """

    title: str
    artists: tuple[str, ...] = ()
    album: str = ""
    album_artist: str = ""
    genres: tuple[str, ...] = ()
    duration_s: float | None = None
    track_no: int | None = None


@dataclass(frozen=True, slots=True)
class SongFacts:
    """What the tags say of a song.

    song: the key that all versions of it share. versions: as in `versions.VERSIONS`, none for the
    plain recording. seasonal: "christmas", "halloween", ... or None. because: a sentence each for
    every version, for "seasonal", and for "kind" where it is no song.
    """

    credits: tuple[Credit, ...]
    song: str
    versions: tuple[str, ...]
    seasonal: str | None
    kind: Kind
    because: dict[str, str]


def describe_song(tags: SongTags, names: ArtistNames = _NOBODY_KNOWN) -> SongFacts:
    """Credits, key, versions, season and kind of a song; `names` as for `credits_of`."""
    credits = credits_of(tags.artists, tags.title, names)  # noqa: A001
    artist = credits[0].name if credits else tags.album_artist
    title = parse(tags.title, tags.track_no)
    because = versions_of(title, tags.album, artist)
    versions = tuple(because)
    season = season_of(tags.title, tags.album, tags.genres, artist)
    if season:
        because["seasonal"] = season[1]
    kind, why = kind_of(tags.title, tags.album, tags.genres, tags.duration_s, artist)
    if kind != "song":
        because["kind"] = why
    return SongFacts(
        credits=credits,
        song=song_key(title, artist, tags.album),
        versions=versions,
        seasonal=season[0] if season else None,
        kind=kind,
        because=because,
    )
