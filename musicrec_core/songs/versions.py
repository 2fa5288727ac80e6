"""Which version of a song a recording is, by its title, its album and who made it."""

from __future__ import annotations

from functools import lru_cache

from musicrec_core.folding import fold, plain_letters
from musicrec_core.songs import album_words as words
from musicrec_core.songs.titles import Title, parse

VERSIONS = (
    *("live", "remaster", "remix", "edit", "acoustic", "demo", "karaoke", "cover", "instrumental"),
)
"""In the order in which they are told.

edit: another cut, shorter or longer ("Radio Edit", "Extended Version"). remaster: the recording as
issued anew ("2011 Remaster", "2019 Mix"), which opinions treat as the plain one. remix: made
anew by somebody, or for dancing.
"""


def versions_of(title: Title, album: str = "", artist: str = "") -> dict[str, str]:
    """Each version that a recording is, with a sentence why; none for the plain recording.

    A mark in the title counts, then what the album says of all its songs, then a maker of karaoke
    or tributes.
    """
    reasons: dict[str, str] = {}
    for text, mark in title.marks:
        for name in mark.versions:
            reasons.setdefault(name, f'the title says "{text}"')
    opening = words.REMIX_TO.match(plain_letters(title.body))
    if opening:
        reasons.setdefault("remix", f'the title says "{title.body[: opening.end()].strip()}"')
    marked = set(reasons)
    for name in _of_album(album, artist):
        if not _overruled(name, title, marked):
            reasons.setdefault(name, f'the album is "{album}"')
    maker = _of_artist(artist)
    if maker == "karaoke" and "karaoke" not in reasons:
        reasons["karaoke"] = f'"{artist}" makes karaoke'
    elif maker == "cover" and "karaoke" not in reasons:
        reasons.setdefault("cover", f'"{artist}" plays the songs of others')
    if "karaoke" in reasons:  # a karaoke track is somebody else's song by its nature
        reasons.pop("cover", None)
    return {name: reasons[name] for name in VERSIONS if name in reasons}


def same_version(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether an opinion on the one holds for the other: a remaster counts as plain."""
    return one - {"remaster"} == other - {"remaster"}


def _overruled(name: str, title: Title, marked: set[str]) -> bool:
    """Whether a title knows better than its album.

    A demo or a concert on a remastered album is what it is; on an album of remixes the original
    and the radio edit stand too; a concert album may have a song from the studio.
    """
    if name == "remaster":
        return bool(marked - {"remaster"})
    if name == "remix":
        return bool(title.marks)
    return name == "live" and any("studio" in text.casefold() for text, _ in title.marks)


@lru_cache(maxsize=16384)
def _of_album(album: str, artist: str) -> tuple[str, ...]:
    """What an album's name says of every song on it."""
    plain = plain_letters(album)
    if not plain or fold(album) == fold(artist):
        return ()
    versions: list[str] = []
    named = words.LIVE_ALBUM.search(plain) and not words.NO_LIVE_ALBUM.search(plain)
    if named or fold(artist) in words.LIVE_BY.get(fold(parse(album).body), ()):
        versions.append("live")
    for _, mark in parse(album).marks:
        versions += [name for name in mark.versions if name in words.BY_MARK]
    versions += [name for name, pattern in words.ALBUMS.items() if pattern.search(plain)]
    return tuple(dict.fromkeys(versions))


@lru_cache(maxsize=16384)
def _of_artist(artist: str) -> str | None:
    """Whether a name is that of a maker of karaoke ("karaoke") or of tributes ("cover")."""
    plain = fold(artist)
    if words.KARAOKE_MAKER.search(plain) and len(plain.split()) + (not plain.isascii()) > 1:
        return "karaoke"
    return "cover" if words.TRIBUTE_MAKER.search(plain) else None
