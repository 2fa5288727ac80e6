"""QUERY: a path, an id, or words, and the track or tracks it means."""

from __future__ import annotations

import os

from musicrec_core.app.context import Context
from musicrec_core.app.library import groups
from musicrec_core.errors import QueryError
from musicrec_core.folding import composed, fold
from musicrec_core.records import Track

MOST_CANDIDATES = 10


def one(context: Context, query: str) -> Track:
    """The one track that is meant; QueryError lists the candidates otherwise."""
    exact = _exact(context, query)
    if exact:
        return exact
    matches = _tracks(context, context.store.search.full_matches(query))
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise _ambiguous(query, matches)
    only = _only_one(context, query)
    if only is None:
        raise _unknown(context, query)
    return only


def many(context: Context, query: str) -> list[Track]:
    """The track that is meant, or the songs of an artist, an album, a folder or a list.

    A list is `playlist:NAME`, a playlist file, `cluster:NAME` or `favourites`.
    """
    if groups.is_group(query):
        return groups.tracks(context, query)
    exact = _exact(context, query)
    if exact:
        return [exact]
    search = context.store.search
    group = _tracks(context, search.of_name(query)) or _below_folder(context, query)
    if group:
        return group
    matches = _tracks(context, search.full_matches(query))
    if len(matches) > 1:
        raise _ambiguous(query, matches)
    only = None if matches else _only_one(context, query)
    if not matches and only is None:
        raise _unknown(context, query)
    return matches if only is None else [only]


def in_order(context: Context, query: str) -> list[Track]:
    """As `many`, in the order in which they are heard: albums by name, and each as it runs."""
    tracks = many(context, query)
    if groups.is_group(query):
        return tracks
    return sorted(tracks, key=lambda t: (fold(t.album), t.disc_no or 0, t.track_no or 0, t.path))


def absence(context: Context, track_id: int) -> str | None:
    """Why no file of a track can be played, None where one can."""
    state, reason = context.store.tracks.state_of(track_id)
    match state:
        case "present":
            return None
        case "missing":
            return "its file is missing"
        case "failed":
            return f"its file could not be decoded: {reason}"
        case "offline":
            return "its folder is away"
    return "its file is not in the library"


def _exact(context: Context, query: str) -> Track | None:
    if not query.strip():
        raise QueryError("an empty query means no track: give a path, an id, or words")
    path = os.path.abspath(os.path.expanduser(query))
    at_path = context.store.tracks.at_path(os.fsencode(path))
    if at_path:
        return at_path
    if query.isascii() and query.isdigit() and len(query) < 19:
        return context.store.tracks.by_id([int(query)]).get(int(query))
    return None


def _only_one(context: Context, query: str) -> Track | None:
    """The only track that holds all the words as they are typed; a misspelt one is not guessed."""
    file_ids = context.store.search.holding(query, MOST_CANDIDATES)
    tracks = {track.id: track for track in context.store.tracks.by_file_ids(file_ids)}
    return next(iter(tracks.values())) if len(tracks) == 1 else None


def _below_folder(context: Context, query: str) -> list[Track]:
    if os.sep not in query:
        return []
    folder = composed(os.path.join(os.path.abspath(os.path.expanduser(query)), ""))
    return [t for t in context.store.tracks.present() if composed(t.path).startswith(folder)]


def _tracks(context: Context, track_ids: list[int]) -> list[Track]:
    return list(context.store.tracks.by_id(track_ids).values())


def _ambiguous(query: str, matches: list[Track]) -> QueryError:
    return QueryError(
        f"{query!r} means {len(matches)} tracks: name one by its path or id", _lines(matches)
    )


def _unknown(context: Context, query: str) -> QueryError:
    absent = _absent(context, query)
    if absent:
        return absent
    near = context.store.tracks.by_file_ids(context.store.search.find(query, MOST_CANDIDATES))
    hint = "; did you mean one of these?" if near else ""
    return QueryError(f"no track is {query!r}{hint}", _lines(near))


def _absent(context: Context, query: str) -> QueryError | None:
    songs = {
        track: reason
        for track in _tracks(context, context.store.search.absent(query))
        if (reason := absence(context, track.id))
    }
    if not songs:
        return None
    reasons = "; ".join(dict.fromkeys(songs.values()))
    return QueryError(f"{query!r} is known, but {reasons}", _lines(list(songs)))


def _lines(tracks: list[Track]) -> list[str]:
    shown = [f"{t.id}  {t.label}  ({t.path})" for t in tracks[:MOST_CANDIDATES]]
    more = len(tracks) - len(shown)
    return [*shown, f"... and {more} more"] if more > 0 else shown
