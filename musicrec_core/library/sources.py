"""Every place in a file that tags may stand in, in the order in which they are believed.

The container's own tags come first, then those that other programs put around any container:
ID3v2 in front (also several in a row), APEv2 behind; then what FFmpeg reads besides; ID3v1, which
cuts at 30 letters, last. In MP3 and bare AAC, ID3v2 is the own kind, in APE, Musepack, WavPack and
TAK it is APEv2. What a file is, its bytes say and not its name.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from musicrec_core.library import chunks, dialects
from musicrec_core.library.dialects import Fields

MOST_ID3 = 16
"""Tags in a row; files with two or three are known."""
_APE_FIRST = (b"MAC ", b"wvpk", b"MPCK", b"MP+", b"tBaK", b"OFR ")
_ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c")
_MP4_ATOMS = frozenset((b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide", b"styp", b"pnot"))
MOST_IN_FRONT = 1 << 26
"""Bytes of a container read into memory where other tags stand in front of it."""

Read = Callable[[], Fields]


def sources(file: BinaryIO, texts: Mapping[str, str]) -> Iterator[Fields]:
    """The fields of each place, the most believed first; a damaged place is an empty one.

    `texts` are the tags as FFmpeg names them.
    """
    tags_in_front = list(_id3_places(file))
    start = tags_in_front[-1][1] if tags_in_front else 0
    file.seek(start)
    head = file.read(512)
    around: list[Read] = [
        *(lambda place=place: _id3(_part(file, *place)) for place in tags_in_front),
        lambda: _ape(file),
    ]
    if head.startswith(_APE_FIRST):
        around.reverse()
    own = _own(file, start, head)
    # Each is read only when it is asked for: mostly the first ones say everything.
    for read in (*own, *around, lambda: dialects.of_ffmpeg(texts), lambda: _id3v1(file)):
        yield _fenced(read)


def _fenced(read: Read) -> Fields:
    """What mutagen makes of it.

    mutagen promises MutagenError, but on damaged files raises whatever its parsing met:
    struct.error, ValueError, IndexError, AttributeError and more. No tag is worth a song, so the
    fence is as wide as that; only what takes more memory than there is, is refused.
    """
    try:
        return read()
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - see above
        return {}


def _own(file: BinaryIO, start: int, head: bytes) -> tuple[Read, ...]:
    """How to read what the container holds itself."""
    if head.startswith(b"fLaC"):
        return (lambda: _flac(file, start),)
    if head.startswith(b"OggS"):
        return (lambda: _ogg(file, start),)
    if head[4:8] in _MP4_ATOMS:
        return (lambda: _mutagen("mp4", "MP4", file, start),)
    if head[:4] in chunks.FORMS:
        chunks_of_file = _chunks(file, start)
        return (lambda: _id3(chunks_of_file().id3), lambda: chunks_of_file().fields)
    if head.startswith(_ASF):
        return (lambda: _mutagen("asf", "ASF", file, start),)
    if head.startswith(b"DSD "):
        return (lambda: _mutagen("dsf", "DSF", file, start),)
    if head.startswith(b"FRM8"):
        return (lambda: _mutagen("dsdiff", "DSDIFF", file, start),)
    return ()


def _chunks(file: BinaryIO, start: int) -> Callable[[], chunks.Tagged]:
    read: list[chunks.Tagged] = []

    def once() -> chunks.Tagged:
        if not read:
            read.append(chunks.tagged(file, start))
        return read[0]

    return once


def _id3_places(file: BinaryIO) -> Iterator[tuple[int, int]]:
    """Where each ID3v2 tag at the front starts and ends."""
    at = 0
    for _ in range(MOST_ID3):
        file.seek(at)
        head = file.read(10)
        if len(head) < 10 or head[:3] != b"ID3" or head[3] > 4 or max(head[6:10]) > 127:
            return
        size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        end = at + 10 + size + (10 if head[5] & 0x10 else 0)
        yield at, end
        at = end


def _part(file: BinaryIO, start: int, end: int) -> bytes:
    """The bytes that are there: a damaged size may claim more than the file holds."""
    end = min(end, file.seek(0, os.SEEK_END))
    file.seek(start)
    return file.read(max(0, end - start))


def _id3(data: bytes) -> Fields:
    from mutagen import id3

    reader: Any = id3.ID3  # untyped there
    return dialects.fields(reader(io.BytesIO(data), load_v1=False)) if data else {}


def _id3v1(file: BinaryIO) -> Fields:
    from mutagen import id3

    file.seek(max(0, file.seek(0, os.SEEK_END) - 128))
    untyped: Any = id3
    tags = untyped.ID3()
    for frame in (untyped.ParseID3v1(file.read(128)) or {}).values():
        tags.add(frame)
    return dialects.fields(tags)


def _ape(file: BinaryIO) -> Fields:
    from mutagen import apev2

    reader: Any = apev2.APEv2
    file.seek(0)
    try:
        return dialects.fields(reader(file))
    except apev2.APENoHeaderError:
        return {}


def _flac(file: BinaryIO, start: int) -> Fields:
    from mutagen import flac

    reader: Any = flac.FLAC
    source: Any = io.BytesIO(_part(file, start, start + MOST_IN_FRONT)) if start else file
    source.seek(0)
    return dialects.fields(reader(source).tags)


def _ogg(file: BinaryIO, start: int) -> Fields:
    """The first stream of sound, wherever it stands: a cover may be a film in front of it."""
    from mutagen.oggflac import OggFLACStreamInfo, OggFLACVComment
    from mutagen.oggopus import OggOpusInfo, OggOpusVComment
    from mutagen.oggspeex import OggSpeexInfo, OggSpeexVComment
    from mutagen.oggvorbis import OggVCommentDict, OggVorbisInfo

    file.seek(start)
    head = file.read(8192)
    kinds: tuple[tuple[bytes, Any, Any], ...] = (
        (b"\x01vorbis", OggVorbisInfo, OggVCommentDict),
        (b"OpusHead", OggOpusInfo, OggOpusVComment),
        (b"\x7fFLAC", OggFLACStreamInfo, OggFLACVComment),
        (b"Speex   ", OggSpeexInfo, OggSpeexVComment),
    )
    for mark, info, comments in kinds:
        if mark in head:
            file.seek(start)
            return dialects.fields(comments(file, info(file)))
    return {}


def _mutagen(module: str, name: str, file: BinaryIO, start: int) -> Fields:
    import importlib

    reader = getattr(importlib.import_module(f"mutagen.{module}"), name)
    source: Any = file
    if start:  # these know no tags in front of themselves
        source = io.BytesIO(_part(file, start, start + MOST_IN_FRONT))
    source.seek(0)
    return dialects.fields(reader(source).tags)
