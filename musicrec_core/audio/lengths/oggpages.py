"""The streams of an Ogg file, one after the other or side by side, read from its page headers.

RFC 3533. FFmpeg refuses a chain whose links differ and measures only its first or last one.
"""

from __future__ import annotations

import mmap
import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

PAGE = struct.Struct("<4sBBqIIIB")
FIRST = 2
"""Flag of a page with which a stream starts."""
MOST_LINKS = 10_000
ENDS = 1 << 16
"""Bytes read at either end of a file to tell whether it must be read whole."""
MUCH_LONGER = 1.5


@dataclass(frozen=True, slots=True)
class OggPage:
    """The header of a page, its places in the data, and how its content begins."""

    start: int
    end: int
    flags: int
    granule: int
    serial: int
    opening: bytes


@dataclass(slots=True)
class Link:
    """One audio stream; `start` and `end` are places in the file."""

    serial: int
    rate_hz: int
    skipped: int
    start: int
    end: int = 0
    first: int | None = None
    """Samples until the end of the first page of sound."""
    last: int | None = None
    pages: int = 0
    per_page: float = 0.0
    """Samples, about."""

    @property
    def length_s(self) -> float:
        """From its first sample, which in recorded radio is not the zeroth, to its last."""
        if self.last is None or self.first is None:
            return 0.0
        # The first page's own samples are not known without decoding: as many as in the others.
        before = self.first - self.per_page
        late = before if self.pages > 1 and before > self.rate_hz else 0.0
        return max(0.0, (self.last - late - self.skipped) / self.rate_hz)


def links(path: str) -> list[Link]:
    """The audio streams of a file in their order, from all of it; none where it is no Ogg file."""
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return _streams(_pages(data))


def chain(path: str) -> list[Link]:
    """The streams that follow one another in a file, in order; none where there are fewer than two.

    Raises OSError where the file cannot be read.
    """
    with open(path, "rb") as file:
        if file.read(4) != b"OggS":
            return []
    if only_link(path):
        return []
    chained: list[Link] = []
    for link in links(path):
        if link.length_s and (not chained or link.start >= chained[-1].end):
            chained.append(link)
    return chained if len(chained) > 1 else []


def only_link(path: str) -> Link | None:
    """The audio stream of a file that holds just one, by its first and last pages.

    None where that cannot be told from there: it needs all of the file.
    """
    size = os.stat(path).st_size
    with open(path, "rb") as file:
        head = file.read(ENDS)
        file.seek(max(0, size - ENDS))
        tail = file.read(ENDS)
    streams = _streams(_pages(head))
    if len(streams) != 1 or size <= 2 * ENDS:
        return None
    (link,) = streams
    ends = [page for page in _pages(tail) if page.serial == link.serial and page.granule > 0]
    serials = {page.serial for page in _pages(head) if page.flags & FIRST}
    if not ends or link.pages < 2 or any(page.serial not in serials for page in _pages(tail)):
        return None
    opening = (link.last or 0) - (link.first or 0)
    link.per_page = opening / (link.pages - 1)
    link.last, link.end = max(page.granule for page in ends), size
    # At the pace of its opening the file would last much longer: other links lie between.
    if size / ENDS * opening > MUCH_LONGER * link.last:
        return None
    return link


def _pages(data: bytes | mmap.mmap) -> Iterator[OggPage]:
    at = data.find(b"OggS")
    while at >= 0 and at + PAGE.size <= len(data):
        _, version, flags, granule, serial, _, _, segments = PAGE.unpack_from(data, at)
        body = at + PAGE.size + segments
        if version == 0 and body <= len(data):
            end = body + sum(data[at + PAGE.size : body])
            yield OggPage(at, end, flags, granule, serial, data[body : body + 64])
            at = end if data[end : end + 4] == b"OggS" else data.find(b"OggS", end)
        else:
            at = data.find(b"OggS", at + 4)


def _streams(pages: Iterable[OggPage]) -> list[Link]:
    streams: list[Link] = []
    running: dict[int, Link] = {}
    for page in pages:
        if len(streams) >= MOST_LINKS:
            break
        if page.flags & FIRST:
            running.pop(page.serial, None)
            if link := _link(page.opening, page.serial, page.start):
                streams.append(link)
                running[page.serial] = link
        elif (stream := running.get(page.serial)) and page.granule > 0:
            _count(stream, page)
    return streams


def _count(link: Link, page: OggPage) -> None:
    link.first = page.granule if link.first is None else link.first
    link.last = max(page.granule, link.last or 0)
    link.end = page.end
    link.pages += 1
    link.per_page = (link.last - link.first) / max(1, link.pages - 1)


def _link(header: bytes, serial: int, start: int) -> Link | None:
    """A stream by its first packet; None where it is no sound."""
    if header[:7] == b"\x01vorbis" and len(header) >= 16:
        rate_hz, skipped = struct.unpack_from("<I", header, 12)[0], 0
    elif header[:8] == b"OpusHead" and len(header) >= 12:
        rate_hz, skipped = 48000, struct.unpack_from("<H", header, 10)[0]
    elif header[:8] == b"Speex   " and len(header) >= 40:
        rate_hz, skipped = struct.unpack_from("<I", header, 36)[0], 0
    elif header[:5] == b"\x7fFLAC" and len(header) >= 30:
        rate_hz, skipped = int.from_bytes(header[27:30], "big") >> 4, 0
    else:
        return None
    return Link(serial, rate_hz, skipped, start) if 0 < rate_hz < 1 << 20 else None
