"""The song that a title, and perhaps an artist, mean: one, several, or none and the nearest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from musicrec_core.folding import fold
from musicrec_core.records import Track

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from musicrec_core.app.context import Context

NEAREST = 5
CANDIDATES = 50
SURE = 85.0
"""Likeness of title and of artist, 0 to 100, from which on a difference is a typing mistake."""
CLEAR = 4.0
"""By how much the best must lead, to be no guess."""


@dataclass(frozen=True, slots=True)
class FoundSongs:
    """tracks: the one that is meant, or all that equally are. near: the nearest where none is."""

    tracks: tuple[Track, ...] = ()
    near: tuple[Track, ...] = ()


def song(context: Context, title: str, artist: str | None = None) -> FoundSongs:
    """By title, or a text that holds artist and title in either order."""
    exact = _exact(context, title, artist)
    if exact:
        return FoundSongs(_preferred(context, exact))
    ranked = _ranked(context, title, artist)
    best = [track for score, track in ranked if score >= max(SURE, ranked[0][0] - CLEAR)]
    if best:
        return FoundSongs(_preferred(context, _alike(best)))
    return FoundSongs(near=tuple(track for _, track in ranked[:NEAREST]))


def _exact(context: Context, title: str, artist: str | None) -> list[Track]:
    """Songs of exactly that name."""
    search = context.store.search
    names = [(title, artist)]
    if artist is None:
        folded = fold(title)
        names += [
            (folded[:at], folded[at + 4 :])
            for at in range(len(folded))
            if folded.startswith(" by ", at)
        ]
    for name, by in names:
        ids = search.full_matches(name if by is None else f"{by} {name}")
        if ids:
            return list(context.store.tracks.by_id(ids).values())
    return []


def _ranked(context: Context, title: str, artist: str | None) -> list[tuple[float, Track]]:
    """Songs with like names, the likest first."""
    from rapidfuzz import fuzz

    text = f"{title} {artist or ''}"
    files = context.store.search.find(text, CANDIDATES)
    if artist or not files:
        files = [*files, *context.store.search.find(title, CANDIDATES)]
    tracks = {track.id: track for track in context.store.tracks.by_file_ids(files)}.values()
    name, by = fold(title), fold(artist or "")

    def likeness(track: Track) -> float:
        if by:
            own = fuzz.ratio(name, fold(track.title))
            return min(own, max(fuzz.ratio(by, fold(a)) for a in (track.artist, track.lead)))
        names = (track.title, track.label, f"{track.title} by {track.artist}")
        return max(fuzz.ratio(name, fold(one)) for one in names)

    return sorted(((likeness(track), track) for track in tracks), key=lambda pair: -pair[0])


def _alike(tracks: Sequence[Track]) -> list[Track]:
    """Those that are called as the first is; one mistake in a word may lead to several."""
    return list(tracks)


def _preferred(context: Context, tracks: Iterable[Track]) -> tuple[Track, ...]:
    """One of each song: the one that was played or judged, else the plain recording."""
    by_song: dict[tuple[str, str], Track] = {}
    for track in sorted(tracks, key=lambda t: _rank(context, t)):
        by_song.setdefault((fold(track.lead or track.artist), fold(track.title)), track)
    return tuple(by_song.values())


def _rank(context: Context, track: Track) -> tuple[bool, int, int]:
    store = context.store
    said = bool(store.feedback.in_force(context.profile, track.id))
    facts = store.songs.facts_of(track.id)
    return (not said, len(facts[0]) if facts else 0, track.id)
