"""M3U and M3U8 playlists, as bytes: a path is what the disk calls a file, whatever its letters.

`#EXTINF:seconds,artist - title` names the song whose path follows, `#PLAYLIST:` the list, and
`#EXTENC:` the letters of both (https://en.wikipedia.org/wiki/M3U). A .m3u8 is UTF-8; a .m3u is of
the letters its writer had, here UTF-8 where it can be and Windows-1252 where it cannot.
"""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from musicrec_core.text import one_line

_FILE_URL = re.compile(rb"file://(?:localhost)?(?=/)", re.IGNORECASE)
_URL = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
_EXTINF = re.compile(r"#EXTINF:\s*(-?\d+(?:\.\d+)?)?[^,]*,(.*)", re.IGNORECASE)
_NAME = re.compile(r"#PLAYLIST:(.*)", re.IGNORECASE)
_ENCODING = re.compile(rb"^#EXTENC:[ \t]*([\w-]+)", re.IGNORECASE | re.MULTILINE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class PlaylistLine:
    """A song in a playlist file: what stands there, and what that means as a path."""

    text: str
    """The line itself, safe to show."""
    path: str | None
    """Absolute, `os.fsdecode` of its bytes; None for a stream or another address."""
    label: str = ""
    """What #EXTINF calls it."""


@dataclass(frozen=True, slots=True)
class PlaylistFile:
    """What a playlist file says. name: of the list, "" where it says none."""

    name: str
    lines: tuple[PlaylistLine, ...]


@dataclass(frozen=True, slots=True)
class WrittenSong:
    """A song to write: its path, absolute or relative to the file, and what it is called."""

    path: bytes
    label: str
    duration_s: float | None


def parse(content: bytes, folder: str) -> PlaylistFile:
    """Read a playlist file; relative paths start at its `folder`. Nothing makes it fail."""
    content, encoding = _letters(content)
    name, label = "", ""
    lines: list[PlaylistLine] = []
    for raw in re.split(rb"[\r\n]+", content):
        line = raw.lstrip(b" \t\0")
        text = one_line(_text(line, encoding))
        if match := _EXTINF.match(text):
            label = match[2].strip()
        elif match := _NAME.match(text):
            name = match[1].strip()
        elif line and not line.startswith(b"#"):
            lines.append(PlaylistLine(text, _path(line, folder, encoding), label))
            label = ""
    return PlaylistFile(name, tuple(lines))


def format_m3u(
    songs: Iterable[WrittenSong], name: str = "", *, says_encoding: bool = False
) -> bytes:
    """Extended M3U in UTF-8, each path as the bytes it has on disk.

    says_encoding: for a .m3u, of which readers would expect other letters.
    Songs whose path has a line break, which no playlist can hold, are for the caller to leave out.
    """
    encoding = (b"#EXTENC:UTF-8",) if says_encoding else ()
    return b"\n".join((b"#EXTM3U", *encoding, *_lines(songs, name))) + b"\n"


def can_be_written(path: bytes) -> bool:
    """Whether a playlist file can hold this path."""
    return b"\n" not in path and b"\r" not in path


def _lines(songs: Iterable[WrittenSong], name: str) -> Iterator[bytes]:
    if name:
        yield f"#PLAYLIST:{one_line(name)}".encode()
    for song in songs:
        seconds = round(song.duration_s) if song.duration_s else -1
        yield f"#EXTINF:{seconds},{one_line(song.label)}".encode()
        # A relative path that looks like a comment or ends in a space would not be read as one.
        yield b"./" + song.path if song.path[:1] in (b"#", b" ") else song.path


def _letters(content: bytes) -> tuple[bytes, str]:
    """The content without a byte order mark, and its encoding; UTF-16 is made UTF-8."""
    if content.startswith(_UTF16):
        return content.decode("utf-16", "replace").encode(), "utf-8"
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        content.decode()
    except UnicodeDecodeError:
        stated = _ENCODING.search(content)
        return content, _known_encoding(stated[1].decode()) if stated else "cp1252"
    return content, "utf-8"


def _known_encoding(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _text(line: bytes, encoding: str) -> str:
    return line.decode(encoding, "replace")


def _path(line: bytes, folder: str, encoding: str) -> str | None:
    if url := _FILE_URL.match(line):
        return os.path.normpath(os.fsdecode(unquote_to_bytes(line[url.end() :])))
    text = _text(line, encoding)
    if _URL.match(text):
        return None
    # Bytes that are not UTF-8 may be the file's own name, or a name in the writer's letters.
    path = os.fsdecode(line)
    if not os.path.lexists(os.path.join(folder, path)):
        path = (path if encoding == "utf-8" else text).rstrip()
    if "\\" in path and "/" not in path:  # written on Windows
        path = re.sub(r"^[A-Za-z]:", "", path).replace("\\", "/")
    return os.path.normpath(os.path.join(folder, path))
