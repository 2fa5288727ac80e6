"""Last.fm's XML as records. What is missing or odd in an answer is left out, never guessed.

The format: https://www.last.fm/api, one page a method; the elements are those that its sample
answers show.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from musicrec_core.service_records import Answer, Listen, ListenPage, Popularity, Similar, Subject
from musicrec_core.text import one_line

if TYPE_CHECKING:
    from xml.dom.minidom import Document, Element

MOST_TAGS = 40  # what comes after these was said by one or two people
LONGEST_NAME = 300
HIGHEST_COUNT = 10**15
FIRST_SCROBBLE_S = (
    1_009_843_200  # 2002, when Audioscrobbler began; an earlier time is a wrong clock
)


def tags(document: Document) -> Answer:
    """`getTopTags`: Last.fm counts up to 100; other servers count people, so the heaviest is 1."""
    top = _first(document, "toptags")
    counts: dict[str, float] = {}
    for element in _children(top, "tag"):
        name, count = _text(element, "name"), _number(_text(element, "count"))
        if name and count > 0:
            counts.setdefault(name, count)
    most = max(100.0, *counts.values(), 0.0)
    heaviest = sorted(counts.items(), key=lambda item: -item[1])[:MOST_TAGS]
    weighted = tuple((name, round(count / most, 4)) for name, count in heaviest)
    return Answer(*_called(top, "album", "track"), tags=tuple(t for t in weighted if t[1] > 0))


def similar(document: Document) -> Answer:
    """`getSimilar` of an artist or a track."""
    top = _first(document, "similarartists", "similartracks")
    neighbours = [_neighbour(e) for kind in ("artist", "track") for e in _children(top, kind)]
    near = tuple(n for n in neighbours if n.artist and n.match > 0)
    return Answer(*_called(top, "album", "track"), similar=near)


def info(document: Document, subject: Subject) -> Answer:
    """`getInfo`: listeners and play count. An artist's stand in `stats`."""
    top = _first(document, subject)
    counted = next(_children(top, "stats"), None) or top
    listeners, plays = (_count(_text(counted, name)) for name in ("listeners", "playcount"))
    name = _text(top, "name")
    artist = name if subject == "artist" else _artist_of(top)
    popularity = Popularity(listeners, plays) if listeners or plays else None
    return Answer(artist, "" if subject == "artist" else name, popularity=popularity)


def listens(document: Document, kind: str) -> ListenPage:
    """`user.getLovedTracks` or `user.getRecentTracks`, without what plays just now."""
    top = _first(document, "lovedtracks", "recenttracks")
    entries = [e for e in _children(top, "track") if e.getAttribute("nowplaying") != "true"]
    times = [_time_s(e) for e in entries]
    scrobbles = tuple(
        Listen(
            "like" if kind == "like" else "play",
            _artist_of(e), _text(e, "name"), _text(e, "album"), at_s,
        )
        for e, at_s in zip(entries, times, strict=True)
        if at_s >= FIRST_SCROBBLE_S and _artist_of(e) and _text(e, "name")
    )  # fmt: skip
    page, pages = (_count(_attribute(top, name)) for name in ("page", "totalPages"))
    return ListenPage(
        scrobbles, min(times, default=None), max(pages - max(page, 1), 0) if entries else 0
    )


def _neighbour(element: Element) -> Similar:
    name, match = _text(element, "name"), min(_number(_text(element, "match")), 1.0)
    if element.tagName == "artist":
        return Similar(name, "", match)
    return Similar(_artist_of(element), name if _artist_of(element) else "", match)


def _called(top: Element | None, *kinds: str) -> tuple[str, str]:
    """(artist, name) as the service spells them; "" where it does not say."""
    named = [_attribute(top, kind) for kind in kinds]
    return _attribute(top, "artist"), next(filter(None, named), "")


def _artist_of(element: Element | None) -> str:
    """The artist, which some methods give as text and others as an element with a name."""
    artist = next(_children(element, "artist"), None)
    return _text(artist, "name") or _text(element, "artist")


def _first(document: Document, *names: str) -> Element | None:
    """The first child of the outermost element that has one of the names."""
    return next((e for name in names for e in _children(document.documentElement, name)), None)


def _children(element: Element | None, name: str) -> Iterator[Element]:
    for child in element.childNodes if element is not None else ():
        if child.nodeType == child.ELEMENT_NODE and child.tagName == name:
            yield child


def _text(element: Element | None, name: str) -> str:
    """The text of a child, cleaned of control characters; "" where there is none."""
    child = next(_children(element, name), None)
    parts = child.childNodes if child is not None else ()
    text = "".join(p.data for p in parts if p.nodeType in (p.TEXT_NODE, p.CDATA_SECTION_NODE))
    return _clean(text)


def _attribute(element: Element | None, name: str) -> str:
    return _clean(element.getAttribute(name)) if element is not None else ""


def _clean(text: str) -> str:
    return one_line(text).strip()[:LONGEST_NAME]


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if math.isfinite(value) and value > 0 else 0.0


def _count(text: str) -> int:
    return int(min(_number(text), HIGHEST_COUNT))


def _time_s(element: Element) -> float:
    date = next(_children(element, "date"), None)
    return _number(_attribute(date, "uts"))
