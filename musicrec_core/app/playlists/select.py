"""Which songs of a playlist a QUERY means."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from musicrec_core.app.context import Context
from musicrec_core.app.playlists import lookup
from musicrec_core.app.playlists.records import PlaylistItem
from musicrec_core.errors import QueryError
from musicrec_core.folding import composed, fold
from musicrec_core.records import Track

MOST_CANDIDATES = 10


def positions(context: Context, name: str, query: str, *, every: bool = False) -> list[int]:
    """Where the song stands that a path, an id or words mean, at each of its places.

    Words are a title, artist and title, an album or an artist, else what names hold. Raises
    QueryError where they mean no song, or several and not `every` one of them is wanted.
    """
    playlist = lookup.show(context, name)
    meant = _meant(playlist.items, query)
    if not meant:
        raise QueryError(f"no song of {playlist.name} is {query!r}")
    if not every and len({item.track.id for item in meant}) > 1:
        raise QueryError(
            f"{query!r} means {len(meant)} songs of {playlist.name}: give their positions, "
            "or --all",
            [f"{item.position}  {item.track.label}" for item in meant[:MOST_CANDIDATES]],
        )
    return [item.position for item in meant]


def _meant(items: Sequence[PlaylistItem], query: str) -> list[PlaylistItem]:
    path = composed(os.path.abspath(os.path.expanduser(query)))
    exact = [i for i in items if composed(i.track.path) == path or str(i.track.id) == query]
    words = fold(query)
    if exact or not words:
        return exact
    tests: tuple[Callable[[Track], bool], ...] = (
        lambda t: words in (fold(t.title), fold(t.label)),
        lambda t: words in (fold(t.artist), fold(t.album), fold(t.album_artist)),
        lambda t: set(words.split()) <= set(fold(f"{t.label} {t.album}").split()),
    )
    groups = ([item for item in items if test(item.track)] for test in tests)
    return next((group for group in groups if group), [])
