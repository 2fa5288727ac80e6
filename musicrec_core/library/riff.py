"""The INFO list of a WAV file, which mutagen does not read: what recorders and rippers write."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from musicrec_core.library.dialects import Fields

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
MOST_CHUNKS = 1000
MOST_BYTES = 1 << 20
"""A longer list holds no tags."""


def info_fields(file: BinaryIO) -> Fields:
    """The fields under their common names; none where the file is no WAV or has no such list."""
    file.seek(0)
    if struct.unpack("<4s4x4s", file.read(12)) not in ((b"RIFF", b"WAVE"), (b"RF64", b"WAVE")):
        return {}
    for _ in range(MOST_CHUNKS):
        header = file.read(8)
        if len(header) < 8:
            break
        name, size = struct.unpack("<4sI", header)
        if name == b"LIST" and size <= MOST_BYTES:
            content = file.read(size)
            if content[:4] == b"INFO":
                return _fields(content[4:])
            file.seek(size % 2, 1)
        else:
            file.seek(size + size % 2, 1)  # chunks start at even places
    return {}


def _fields(content: bytes) -> Fields:
    found: dict[str, list[str]] = {}
    for name, value in _chunks(content):
        text = _text(value)
        if name in NAMES and text:
            found.setdefault(NAMES[name], []).append(text)
    return found


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
