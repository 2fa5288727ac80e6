"""Queries that mean a list of songs: a playlist, its file, a cluster, this person's favourites."""

from __future__ import annotations

import os
from pathlib import Path

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import evidence, songs
from musicrec_core.errors import QueryError
from musicrec_core.feedback_kinds import CLEARLY_LIKED
from musicrec_core.records import Track

PLAYLIST = "playlist:"
"""Begins a query that means the songs of a playlist."""
CLUSTER = "cluster:"
"""Begins one that means a kind of music of the library, by its number or name."""
FAVOURITES = ("favourites", "favorites")
FILE_SUFFIXES = (".m3u", ".m3u8")


def is_group(query: str) -> bool:
    """Whether a query is the name of a list, in the list's own order."""
    return query.startswith((PLAYLIST, CLUSTER)) or _is_favourites(query) or _is_file(query)


def tracks(context: Context, query: str) -> list[Track]:
    """The songs of the list that `is_group` saw. Raises MusicRecError where there is none."""
    from musicrec_core.app.playlists import files, lookup  # which ask for queries in turn

    if query.startswith(PLAYLIST):
        return list(lookup.show(context, query.removeprefix(PLAYLIST)).tracks)
    if query.startswith(CLUSTER):
        from musicrec_core.app.insights import clusters

        return clusters.tracks_of(context, query.removeprefix(CLUSTER))
    if _is_favourites(query):
        return favourites(context)
    playlist = files.read(context, Path(query).expanduser())
    if not playlist.tracks:
        raise QueryError(f"no song of {query} is in the library")
    return list(playlist.tracks)


def favourites(context: Context) -> list[Track]:
    """What this person liked or rated 4 or 5; raises QueryError where that is nothing."""
    feedback = songs.in_force(context)
    liked = {
        event.track_id
        for verdicts in (feedback.opinions, feedback.ratings)
        for event in verdicts.values()
        if evidence.evidence(event.kind, event.value, None) >= CLEARLY_LIKED
    }
    tracks = context.store.tracks.by_id(context.store.tracks.present_among(liked))
    if not tracks:
        raise QueryError("there are no favourites yet: they are the songs that you liked")
    return [tracks[track_id] for track_id in sorted(tracks)]


def _is_favourites(query: str) -> bool:
    return query.strip().casefold() in FAVOURITES


def _is_file(query: str) -> bool:
    path = os.path.expanduser(query)
    return os.path.splitext(path)[1].casefold() in FILE_SUFFIXES and os.path.isfile(path)
