"""The song that a title, and perhaps an artist, mean: one, several, or none and the nearest.

A mistake in one of two names leaves the other as it is, and an index leads from there to few songs,
however many there are. Where both are unknown, or only one is given, single words lead to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from musicrec_core.folding import fold
from musicrec_core.names import artist_key
from musicrec_core.records import Track

if TYPE_CHECKING:
    from musicrec_core.app.context import Context
    from musicrec_core.store.library.name_search import NamedFile, NameSearch

NEAREST = 5
MOST_NAMED = 3_000  # files of one title or artist that are looked at
MOST_HOLDING = 500  # files that hold the same words
LONGEST = 12  # words
WORDS_MENDED = 3
LONG_ENOUGH = 5  # letters of a title that stands alone, for a mistake in it to be forgiven
ALIKE = 55.0  # of 100: what is less like it is not offered


@dataclass(frozen=True, slots=True)
class FoundSongs:
    """tracks: the one that is meant, or all that equally are. near: the nearest where none is."""

    tracks: tuple[Track, ...] = ()
    near: tuple[Track, ...] = ()


def song(context: Context, title: str, artist: str | None = None) -> FoundSongs:
    """By title, or by a text that holds artist and title in either order."""
    exact = [] if artist else context.store.search.full_matches(title)
    if exact:
        return FoundSongs(_preferred(context, exact))
    for name, by in _readings(title, artist):
        near = _near(context.store.name_search, fold(name), fold(by) if by else None)
        if near:
            return FoundSongs(_preferred(context, near))
    return FoundSongs(near=_nearest(context, fold(title), fold(artist or "")))


def _readings(title: str, artist: str | None) -> Iterator[tuple[str, str | None]]:
    """(title, artist) as a text may mean them."""
    if artist is None:
        lower = title.casefold()
        places = [at for at in range(len(lower)) if lower.startswith(" by ", at)]
        yield from ((title[:at], title[at + 4 :]) for at in reversed(places))
        before, dash, rest = title.partition(" - ")
        if dash:
            yield rest, before
    yield title, artist


def _near(search: NameSearch, title: str, artist: str | None) -> list[int]:
    """Track ids whose names differ least, where that is no more than a slip of the keys."""
    best: tuple[int, list[int]] = (99, [])
    for file in _candidates(search, title, artist):
        away = _distance(file, title, artist)
        if away is not None and away < best[0]:
            best = (away, [])
        if away == best[0]:
            best[1].append(file.track_id)
    return best[1]


def _candidates(search: NameSearch, title: str, artist: str | None) -> list[NamedFile]:
    """Files that either name leads to; by their words where neither does."""
    if not title:
        return []
    named = search.titled(title, MOST_NAMED)
    if artist:
        for spelling in {artist, artist.removeprefix("the "), f"the {artist}"}:
            named += search.by(spelling, MOST_NAMED)
    return named or _by_words(search, f"{title} {artist or ''}".split()[:LONGEST])


def _by_words(search: NameSearch, words: Sequence[str]) -> list[NamedFile]:
    """Files that hold these words but for one, which is mistyped or left out."""
    unknown = [word for word in words if not search.is_word(word)]
    files: list[NamedFile] = []
    if len(unknown) <= WORDS_MENDED:
        mended = {word: search.one_mistake_away(word) for word in unknown}
        files = search.holding([mended.get(word, [word]) for word in words], MOST_HOLDING)
    if not files and len(words) > 1:
        for i in range(len(words)):
            files += search.holding([[w] for j, w in enumerate(words) if j != i], MOST_HOLDING)
    return files


def _distance(file: NamedFile, title: str, artist: str | None) -> int | None:
    """Letters that differ, twice; one more for another version. None where too many do."""
    from rapidfuzz.distance import OSA

    away = OSA.distance(title, file.title)
    marked = 0
    if away > _forgiven(title) and len(file.title) > len(title):
        away, marked = OSA.distance(title, _body(file)), 1
    if artist is None:
        whole = min(OSA.distance(title, f"{file.artist} {file.title}"),
                    OSA.distance(title, f"{file.title} {file.artist}"))  # fmt: skip
        if whole < away:
            return 2 * whole if whole <= _forgiven(title) else None
        sure = not away or (len(title) >= LONG_ENOUGH and title[:1] == file.title[:1])
        return 2 * away + marked if sure and away <= _forgiven(title) else None
    names = {artist_key(name) for name in (file.artist, file.album_artist) if name}
    key = artist_key(artist)
    by = min((OSA.distance(key, name) for name in names), default=99)
    if away > _forgiven(title) or by > _forgiven(artist) or (away and by and not _both(away, by)):
        return None
    return 2 * (away + by) + marked


def _both(title_away: int, artist_away: int) -> bool:
    """Whether mistakes in both names are still so few that they are no other song's."""
    return title_away + artist_away <= 2


def _forgiven(name: str) -> int:
    """How many letters may differ."""
    return 1 if len(name) < 6 else 2


def _body(file: NamedFile) -> str:
    """The title without what marks a version."""
    from musicrec_core.songs.titles import parse

    return fold(parse(file.written).body)


def _nearest(context: Context, title: str, artist: str) -> tuple[Track, ...]:
    """The songs that are called most like it."""
    from rapidfuzz import fuzz

    text = f"{title} {artist}".strip()
    files = {f.track_id: f for f in _candidates(context.store.name_search, title, artist or None)}
    likeness = {
        id_: max(fuzz.ratio(text, f"{file.title} {file.artist}"), fuzz.ratio(text, file.title))
        for id_, file in files.items()
    }
    best = sorted((id_ for id_ in likeness if likeness[id_] >= ALIKE), key=lambda i: -likeness[i])
    return _preferred(context, best[: 4 * NEAREST], keep_order=True)[:NEAREST]


def _preferred(
    context: Context, track_ids: Iterable[int], *, keep_order: bool = False
) -> tuple[Track, ...]:
    """One of each song: the one that was played or judged, else the plain recording."""
    tracks = list(context.store.tracks.by_id(track_ids).values())
    if not keep_order:
        tracks.sort(key=lambda track: _rank(context, track))
    by_song: dict[tuple[str, str], Track] = {}
    for track in tracks:
        by_song.setdefault((artist_key(track.lead or track.artist), fold(track.title)), track)
    return tuple(by_song.values())


def _rank(context: Context, track: Track) -> tuple[bool, int, int]:
    store = context.store
    judged = bool(store.feedback.in_force(context.profile, track.id))
    facts = store.songs.facts_of(track.id)
    return (not judged, len(facts[0]) if facts else 0, track.id)
