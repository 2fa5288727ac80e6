"""What tags say of each file's song: its key, versions, credits, season and kind."""

from __future__ import annotations

import hashlib

from musicrec_core.app.context import Context
from musicrec_core.songs import (
    GUEST_WORDS,
    ArtistNames,
    SongFacts,
    SongTags,
    credits_of,
    describe_song,
    guests_in,
    may_be_several,
)
from musicrec_core.store.library.songs import StoredSong, TaggedFile

BATCH_FILES = 2000


def describe_pending(context: Context) -> int:
    """Describe the songs of files that came or changed; returns of how many files.

    Whether "A & B" are two artists shows in the rest of the library, so songs of such a text are
    described anew where that changed.
    """
    songs = context.store.songs
    if not songs.any_undescribed():
        return 0
    names = artist_names(context)
    with context.store.atomic():
        _renew_evidence(context, names)
    described = 0
    while files := songs.undescribed(BATCH_FILES):
        with context.store.atomic():
            songs.put([_stored(file, facts_of(file, names)) for file in files])
        described += len(files)
    return described


def artist_names(context: Context) -> ArtistNames:
    """What library and map show of artist names."""
    return ArtistNames.of_library(context.store.songs.artist_texts(), context.culture.listeners)


def facts_of(file: TaggedFile, names: ArtistNames) -> SongFacts:
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
        names,
    )


def _renew_evidence(context: Context, names: ArtistNames) -> None:
    songs = context.store.songs
    texts = sorted(filter(may_be_several, songs.artist_texts()))
    titles = songs.titles_with(GUEST_WORDS)
    divided = [
        *([credit.name for credit in credits_of([text], "", names)] for text in texts),
        *(guests_in(title, names) for title in titles),
    ]
    digest = hashlib.sha256(repr(divided).encode("utf-8", "surrogateescape")).hexdigest()
    if digest != songs.evidence():
        songs.set_evidence(digest, texts, GUEST_WORDS)


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
