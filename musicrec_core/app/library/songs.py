"""What tags say of each file's song: its key, versions, credits, season and kind."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from musicrec_core.app.context import Context
from musicrec_core.names import artist_key
from musicrec_core.songs import (
    SongFacts,
    SongTags,
    alone_in_library,
    credits_of,
    describe_song,
    may_be_several,
)
from musicrec_core.store.songs import StoredSong, TaggedFile

BATCH_FILES = 2000


def describe_pending(context: Context) -> int:
    """Describe the songs of files that came or changed; returns of how many files.

    Whether "A & B" are two artists shows in the rest of the library, so songs of such a text are
    described anew where that changed.
    """
    songs = context.store.songs
    if not songs.any_undescribed():
        return 0
    occurs_alone = names_alone(context)
    with context.store.atomic():
        _renew_evidence(context, occurs_alone)
    described = 0
    while files := songs.undescribed(BATCH_FILES):
        with context.store.atomic():
            songs.put([_stored(file, facts_of(file, occurs_alone)) for file in files])
        described += len(files)
    return described


def names_alone(context: Context) -> Callable[[str], bool]:
    """Whether a name is an artist's by itself: in the library, or on the map."""
    alone = alone_in_library(context.store.songs.artist_texts())
    culture = context.culture

    def occurs_alone(name: str) -> bool:
        return artist_key(name) in alone or culture.listeners(name) is not None

    return occurs_alone


def facts_of(file: TaggedFile, occurs_alone: Callable[[str], bool]) -> SongFacts:
    """All that a file's tags say of its song."""
    track = file.track
    artists = file.artists or ((track.artist,) if track.artist else ())
    return describe_song(
        SongTags(
            title=track.title,
            artists=artists,
            album=track.album,
            album_artist=track.album_artist,
            genres=track.genres,
            duration_s=track.duration_s,
            track_no=track.track_no,
        ),
        occurs_alone,
    )


def _renew_evidence(context: Context, occurs_alone: Callable[[str], bool]) -> None:
    songs = context.store.songs
    doubtful = sorted(text for text in songs.artist_texts() if may_be_several(text))
    divided = [
        [credit.name for credit in credits_of([text], "", occurs_alone)] for text in doubtful
    ]
    digest = hashlib.sha256(repr(divided).encode("utf-8", "surrogateescape")).hexdigest()
    if digest != songs.evidence():
        songs.set_evidence(digest, doubtful)


def _stored(file: TaggedFile, facts: SongFacts) -> StoredSong:
    lead = facts.credits[0].name if facts.credits else ""
    return StoredSong(
        file_id=file.id,
        song=facts.song,
        versions=facts.versions,
        lead=lead if lead != file.track.artist else "",
        seasonal=facts.seasonal,
        kind=facts.kind,
        credits=tuple((credit.name, credit.role) for credit in facts.credits),
    )
