"""From the names in a request to songs of the library and to a playlist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from musicrec_core.app.assistant import finding
from musicrec_core.app.assistant.places import is_amount, is_position
from musicrec_core.app.assistant.records import UnclearError
from musicrec_core.folding import fold
from musicrec_core.text import count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musicrec_core.app.assistant.talk import Talk
    from musicrec_core.language.records import Chip, Request
    from musicrec_core.records import Track

MOST_CHOICES = 10
_NAMES = ("track", "artist", "album")
_LEADING_TO = r"(?:to|from|into|onto|in|on|of|my|the|show|view|clear|empty|shuffle|open|called)"
_CALLED = re.compile(r"\b(?:my|the|our) ((?:\w+ ){0,3}?\w+) (?:playlist|mix tape|mixtape)\b")
_AT_END = re.compile(
    r"\b(?:(?:to|into|onto|from)(?: my| the| our)?|on my|in my) ((?:\w+ ){0,3}\w+)$"
)
_ORDINARY = frozenset(
    [
        "a",
        "an",
        "the",
        "my",
        "our",
        "this",
        "that",
        "these",
        "those",
        "it",
        "them",
        "him",
        "her",
        "playlist",
        "list",
        "queue",
        "new",
        "whole",
        "entire",
        "current",
        "same",
        "last",
        "first",
        "second",
        "third",
        "one",
        "ones",
        "all",
        "everything",
        "song",
        "songs",
        "track",
        "tracks",
        "album",
        "favourites",
        "favorites",
        "library",
        "end",
        "top",
        "start",
        "beginning",
        "bottom",
        "here",
        "there",
        "music",
        "next",
    ]
)


def texts(request: Request, slot: str) -> list[str]:
    """The values of a slot that are names."""
    value = request.slots.get(slot, ())
    values = value if isinstance(value, tuple) else (value,)
    return [str(one) for one in values if not (is_position(str(one)) or is_amount(str(one)))]


def amounts(request: Request) -> list[str]:
    """What was taken for a title and is so many of something: "five live versions"."""
    value = request.slots.get("track", ())
    values = value if isinstance(value, tuple) else (value,)
    return [str(one) for one in values if is_amount(str(one))]


def playlist_of(talk: Talk, request: Request) -> str | None:
    """The playlist that a request names, whether there is one of that name; None for none."""
    if whole_title(talk, request):
        return None
    named = texts(request, "playlist")
    if named:
        return named[0]
    folded = fold(request.text)
    for playlist in talk.context.store.playlists.all(talk.context.profile):
        name = re.escape(fold(playlist.name))
        if re.search(rf"\b{_LEADING_TO} (?:(?:my|the|our) )?{name}(?: playlist| list)?$", folded):
            return playlist.name
        if re.search(rf"\b{name} (?:playlist|list)\b", folded):
            return playlist.name
    return _new_name(request, folded)


def _new_name(request: Request, folded: str) -> str | None:
    """A name that only its place makes that of a playlist: "to Evening", "the evening playlist"."""
    match = _CALLED.search(folded) or _AT_END.search(folded)
    name = match[1] if match else ""
    if not name or not _ORDINARY.isdisjoint(name.split()):
        return None
    spoken = [fold(one) for slot in _NAMES for one in texts(request, slot)]
    if any(name in one and name != one for one in spoken):
        return None  # "Road to Nowhere" is a title
    at = request.text.casefold().rfind(name)
    return request.text[at : at + len(name)] if at >= 0 else name


def whole_title(talk: Talk, request: Request) -> list[int]:
    """Ids of songs that are called as all that follows the verb: "add Road to Nowhere"."""
    title = _after_verb(request)
    return talk.context.store.search.full_matches(title) if title else []


def _after_verb(request: Request) -> str:
    return request.text.partition(" ")[2].strip()


def songs(talk: Talk, request: Request, *, whole: bool, chips: Sequence[Chip] = ()) -> list[Track]:
    """The songs named; an artist or album stands for all of its songs where `whole` is True.

    None where nothing is named; names among the constraints count too, as in "dislike Hammer".
    Raises UnclearError where a name is unknown or means several.
    """
    if whole_title(talk, request):
        title = _after_verb(request)
        return [_only(f"“{title}”", finding.song(talk.context, title).tracks)]
    besides = fold(playlist_of(talk, request) or "")
    titles, artists, albums = (
        [name for name in _named(request, slot, chips) if fold(name) != besides] for slot in _NAMES
    )
    if albums and not titles:
        return _group(talk, albums[0], "album", artists[0] if artists else None, whole)
    if not titles and len(artists) > 1:
        titles, artists = artists[:-1], artists[-1:]
    if titles:
        by = artists[0] if len(artists) == 1 else None
        return [_one(talk, title, by) for title in titles]
    if artists:
        return _by(talk, artists[0], whole)
    return []


def _named(request: Request, slot: str, chips: Sequence[Chip]) -> list[str]:
    """The names of a slot, else those that stand as constraints."""
    among = (str(chip.value) for chip in chips if chip.kind == slot)
    return texts(request, slot) or [name for name in among if not is_position(name)]


def _by(talk: Talk, name: str, whole: bool) -> list[Track]:
    """An artist's songs, or the song of that name where one song is wanted or no artist has it."""
    if not whole:
        match = finding.song(talk.context, name)
        if match.tracks:
            return [_only(f"“{name}”", match.tracks)]
    if talk.context.store.search.by_artist(name):
        return _group(talk, name, "artist", None, whole)
    return [_one(talk, name, None)]


def _group(talk: Talk, name: str, kind: str, artist: str | None, whole: bool) -> list[Track]:
    search = talk.context.store.search
    ids = search.by_artist(name) if kind == "artist" else search.of_album(name)
    if artist is not None:
        ids &= search.by_artist(artist)
    tracks = list(talk.context.store.tracks.by_id(sorted(ids)).values())
    tracks.sort(key=lambda t: (fold(t.album), t.disc_no or 0, t.track_no or 0, t.path))
    if not tracks:
        return [_one(talk, name, artist)]
    if len(tracks) > 1 and not whole:
        raise UnclearError(
            f"“{name}” has {count(len(tracks), 'song')} here: which one?", tracks[:MOST_CHOICES]
        )
    return tracks


def _one(talk: Talk, title: str, artist: str | None) -> Track:
    match = finding.song(talk.context, title, artist)
    called = f"“{title}” by {artist}" if artist else f"“{title}”"
    if match.tracks:
        return _only(called, match.tracks)
    nearest = "; the nearest:" if match.near else ""
    raise UnclearError(f"{called} is not in your library{nearest}", match.near)


def _only(called: str, tracks: tuple[Track, ...]) -> Track:
    if len(tracks) == 1:
        return tracks[0]
    raise UnclearError(
        f"{called} could be {count(len(tracks), 'song')}: which one?", tracks[:MOST_CHOICES]
    )
