"""Which playlist a name means, and what it holds."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import songs
from musicrec_core.app.library import query
from musicrec_core.app.playlists.records import Playlist, PlaylistItem, PlaylistSummary
from musicrec_core.errors import MusicRecError, QueryError
from musicrec_core.records import Track
from musicrec_core.store.playlist_records import (
    PlaylistCounts,
    PlaylistEntry,
    StoredPlaylist,
    folded_name,
)

LONGEST_NAME = 100
NEAR_NAMES = 5
GONE = Track(0, path="", title="a song that is not in the library", artist="", album="")


def checked_name(name: str) -> str:
    """A name as it is kept. Raises MusicRecError where it cannot be one."""
    clean = " ".join(name.split())
    if not clean or not clean.isprintable() or len(clean) > LONGEST_NAME:
        shown = f"{clean[:20]}..." if len(clean) > LONGEST_NAME else clean
        raise MusicRecError(
            f"the name of a playlist is 1 to {LONGEST_NAME} printable characters, not {shown!r}"
        )
    return clean


def stored(context: Context, name: str) -> StoredPlaylist:
    """The playlist of that name; QueryError with those of similar names where there is none."""
    playlist = context.store.playlists.named(context.profile, name)
    if playlist is None:
        raise _unknown(context, name)
    return playlist


def near(context: Context, name: str) -> list[str]:
    """Names of playlists much like one."""
    names = {folded_name(p.name): p.name for p in context.store.playlists.all(context.profile)}
    wanted = folded_name(name)
    begun = [folded for folded in names if wanted and folded.startswith(wanted)]
    alike = get_close_matches(wanted, names, n=NEAR_NAMES, cutoff=0.6)
    return [names[folded] for folded in dict.fromkeys((*begun, *alike))][:NEAR_NAMES]


def summaries(context: Context) -> list[PlaylistSummary]:
    """All playlists of this profile, by name."""
    counts = context.store.playlists.counts(context.profile)
    return [
        _summary(playlist, counts.get(playlist.id, PlaylistCounts()))
        for playlist in context.store.playlists.all(context.profile)
    ]


def show(context: Context, name: str) -> Playlist:
    """A playlist with its songs, each through a file that is there where any recording has one."""
    playlist = stored(context, name)
    entries = context.store.playlists.entries(playlist.id)
    return Playlist(
        playlist.name, items(context, entries), playlist.made_at_s, playlist.changed_at_s
    )


def items(context: Context, entries: Sequence[PlaylistEntry]) -> tuple[PlaylistItem, ...]:
    """Entries with their songs."""
    tracks, absent = _tracks(context, {entry.track_id for entry in entries})
    return tuple(
        PlaylistItem(
            position, tracks[entry.track_id], absent.get(entry.track_id), guest=entry.guest
        )
        for position, entry in enumerate(entries, 1)
    )


def _tracks(context: Context, ids: set[int]) -> tuple[dict[int, Track], dict[int, str]]:
    """The song of each track id, and why those that are not there are not."""
    store = context.store
    tracks = {id_: replace(GONE, id=id_) for id_ in ids}
    tracks |= store.playlists.remembered(ids) | store.tracks.by_id(ids)
    away = ids - store.tracks.present_among(ids)
    absent = {id_: query.absence(context, id_) or "" for id_ in away}
    others = songs.recordings(context, away) if away else {}
    stand_ins = store.tracks.by_id(id_ for ids_ in others.values() for id_ in ids_)
    for id_, recordings in others.items():
        there = next((r for r in recordings if store.tracks.present_paths(r)), None)
        if there is not None:
            tracks[id_] = stand_ins[there]
            del absent[id_]
    return {id_: _readable(context, track) for id_, track in tracks.items()}, absent


def _readable(context: Context, track: Track) -> Track:
    """The track at another of its files, where the one it is known by is not there."""
    if not track.path or os.path.lexists(os.fsencode(track.path)):
        return track
    paths = context.store.tracks.present_paths(track.id)
    there = next((path for path in paths if os.path.lexists(path)), None)
    return replace(track, path=os.fsdecode(there)) if there else track


def _summary(playlist: StoredPlaylist, counts: PlaylistCounts) -> PlaylistSummary:
    return PlaylistSummary(
        playlist.name,
        counts.songs,
        counts.songs - counts.present,
        counts.guests,
        counts.duration_s,
        playlist.changed_at_s,
    )


def _unknown(context: Context, name: str) -> QueryError:
    names = near(context, name)
    if names:
        return QueryError(f"no playlist is called {name!r}; did you mean one of these?", names)
    every = [p.name for p in context.store.playlists.all(context.profile)]
    hint = "there are these:" if every else "there is none yet: `musicrec playlist add NAME QUERY`"
    return QueryError(f"no playlist is called {name!r}; {hint}", every[: 2 * NEAR_NAMES])
