"""Tags in the chunks of WAV, RF64 and AIFF: INFO lists, ID3, and AIFF's own texts.

mutagen knows the ID3 ones only; recorders and rippers write the others.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from musicrec_core.library.dialects import Fields

FORMS = {b"RIFF": "<", b"RF64": "<", b"BW64": "<", b"FORM": ">"}
"""How each kind of file orders the bytes of its numbers."""
NAMES = {
    b"INAM": "title",
    b"IART": "artist",
    b"IPRD": "album",
    b"IMUS": "composer",
    b"IGNR": "genre",
    b"ICRD": "date",
    b"ITRK": "tracknumber",
    b"IPRT": "tracknumber",
}
AIFF_NAMES = {b"NAME": "title", b"AUTH": "artist"}
MOST_CHUNKS = 1000
MOST_BYTES = 1 << 20
"""A longer list of texts holds no tags."""
UNKNOWN_SIZE = 0xFFFFFFFF
"""Written to a pipe, or told in a chunk before it."""


@dataclass(slots=True)
class Tagged:
    """What was found: an ID3 tag as bytes, and fields under their common names."""

    id3: bytes = b""
    fields: Fields = field(default_factory=dict)


def tagged(file: BinaryIO, start: int = 0) -> Tagged:
    """The tags in a file's chunks; nothing where it is of no such kind."""
    tags = Tagged()
    end = file.seek(0, os.SEEK_END)
    file.seek(start)
    head = file.read(12)
    order = FORMS.get(head[:4])
    if len(head) < 12 or order is None or head[8:] not in (b"WAVE", b"AIFF", b"AIFC"):
        return tags
    texts: dict[str, list[str]] = {}
    sound_bytes = UNKNOWN_SIZE  # of RF64, whose data chunk does not say it
    for _ in range(MOST_CHUNKS):
        header = file.read(8)
        if len(header) < 8:
            break
        name, size = struct.unpack(f"{order}4sI", header)
        at = file.tell()
        if name == b"ds64":
            sound_bytes = int.from_bytes(file.read(16)[8:], "little")
        elif name == b"data" and size == UNKNOWN_SIZE:
            size = sound_bytes
        elif name.lower() == b"id3 ":
            tags.id3 = tags.id3 or file.read(min(size, end - at))
        elif name == b"LIST" and size <= MOST_BYTES:
            content = file.read(size)
            if content[:4] == b"INFO":
                _add(texts, NAMES, _chunks(content[4:]))
        elif name in AIFF_NAMES and size <= MOST_BYTES and order == ">":
            _add(texts, AIFF_NAMES, [(name, file.read(size))])
        file.seek(at + size + size % 2)  # chunks start at even places
    tags.fields = texts
    return tags


def _add(
    texts: dict[str, list[str]], names: dict[bytes, str], entries: Iterable[tuple[bytes, bytes]]
) -> None:
    for name, value in entries:
        text = _text(value)
        if name in names and text:
            texts.setdefault(names[name], []).append(text)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, at)
        yield name, content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _text(value: bytes) -> str:
    """Up to the zero at its end. The format states no encoding: UTF-8 where it is that."""
    value = value.split(b"\0", 1)[0]
    try:
        return value.decode("utf-8").strip()
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace").strip()
