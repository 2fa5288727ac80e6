"""A title taken apart: its own words, and what stands in brackets or after a dash behind them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from musicrec_core.folding import fold, plain_letters
from musicrec_core.late_pattern import late_pattern
from musicrec_core.songs.markers import Marker, bare_marker, marker
from musicrec_core.songs.separators import FEATURED

_OPEN, _CLOSE = "([{\uff08\u3010\uff3b\u3008\u300a", ")]}\uff09\u3011\uff3d\u3009\u300b"
_TRACK_NUMBER = late_pattern(r"^(0\d|\d{1,3})\s*[-.)_]\s*(?=\S)|^(0\d)\s+(?=\S)")
_DASH = late_pattern(r"\s+[-\u2010-\u2015:|~\u301c/]+\s*|[-\u2010-\u2015]\s+|\s*[\u301c\uff5e~]\s*")
_DIVIDED = late_pattern(
    rf"[{re.escape(_OPEN)}\u301c\uff5e~]|\s[-\u2010-\u2015:|/]|[-\u2010-\u2015]\s"
)
# "(with Somebody)" names a guest, "(With You)" is part of a title.
_GUEST = late_pattern(
    r"^(?:(?i:feat\.?|ft\.?|featuring|duet with)\s+\S|(?i:feat\.|ft\.|f/)\s*\S"
    r"|(?:with|w/|avec|con|mit)\s+[^\W\d_a-z])"
)
_WAVES = r"-~\u301c\uff5e\u2013"
_WRAPPED = late_pattern(rf"\s+[{_WAVES}]\s*(\S[^{_WAVES}]*?)[{_WAVES}]$")


MOST_MARKS = 16
"""Nobody marks a title more often; a text of a thousand brackets costs no more than this."""


@dataclass(frozen=True, slots=True)
class Title:
    """A title without what marks a version, and those marks with what each says.

    body: what remains, as it is spelled. marks: (text, marker) each, from the outside in.
    """

    body: str
    marks: tuple[tuple[str, Marker], ...]


@lru_cache(maxsize=16384)
def parse(title: str, track_no: int | None = None) -> Title:
    """Take a title apart; a title that would have no words left keeps them."""
    body = _without_number(title.strip(), track_no)
    marks: list[tuple[str, Marker]] = []
    if body.isalnum():  # one word, the quick way
        return Title(body, ())
    divided = _DIVIDED.search(body)
    for _ in range(MOST_MARKS):
        shorter = next(_without_last(body, marks, bool(divided)), None)
        if shorter is None or not fold(shorter):
            break
        body = shorter
    return Title(body, tuple(marks))


def _without_last(body: str, marks: list[tuple[str, Marker]], divided: bool) -> Iterator[str]:
    """The body without its last mark or guest, where it has one; notes the mark."""
    for start, end, text in _candidates(body) if divided else ():
        if _GUEST.match(text):
            behind = text.rpartition(",")[2].strip()
            beside = marker(plain_letters(behind)) if behind != text else None
            if beside:
                marks.append((behind, beside))
            yield _joined(body, start, end)
        versions = marker(plain_letters(text))
        if versions is not None and fold(body[:start]):
            marks.append((text, versions))
            yield _joined(body, start, end)
    guest = FEATURED.search(body)
    if guest and guest.start():
        yield body[: guest.start()].rstrip()
    bare = bare_marker(plain_letters(body), body)
    if bare:
        length, versions = bare
        marks.append((body[-length:].strip(), versions))
        yield body[:-length].rstrip(" -\u2013,:")


def _candidates(body: str) -> Iterator[tuple[int, int, str]]:
    """What may be a mark: each bracket from the last to the first, then what follows a dash."""
    yield from reversed(list(_brackets(body)))
    wrapped = _WRAPPED.search(body)
    if wrapped:
        yield wrapped.start(), len(body), wrapped[1]
    for dash in _DASH.finditer(body):
        if dash.start() and dash.end() < len(body):
            yield dash.start(), len(body), body[dash.end() :].strip(" -~\u301c\uff5e")


def _brackets(body: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, inside) of every outermost bracket, closed or cut off at the end."""
    depth, start = 0, 0
    for place, sign in enumerate(body):
        if sign in _OPEN:
            start, depth = (place, 1) if not depth else (start, depth + 1)
        elif sign in _CLOSE and depth:
            depth -= 1
            if not depth:
                yield start, place + 1, body[start + 1 : place].strip()
    if depth:
        yield start, len(body), body[start + 1 :].strip()


def _joined(body: str, start: int, end: int) -> str:
    return f"{body[:start].rstrip()} {body[end:].lstrip()}".strip()


def _without_number(title: str, track_no: int | None) -> str:
    """The title without the number of its track before it: "01 - Title", "7. Title" of track 7."""
    match = _TRACK_NUMBER.match(title)
    if not match:
        return title
    number = match[1] or match[2]
    if number.startswith("0") or (track_no is not None and int(number) == track_no):
        return title[match.end() :]
    return title
