"""Writes a song's tags in each format's own way."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from mutagen.flac import FLAC
from mutagen.mp3 import EasyMP3
from mutagen.mp4 import MP4
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis

from musicrec_core.demo.catalogue import Album, Format, Song
from musicrec_core.demo.styles import STYLES

# Named outright: mutagen would guess by the suffix, which a half-written file does not have.
_OPENERS: dict[Format, Callable[[Path], Any]] = {
    "flac": FLAC, "mp3": EasyMP3, "ogg": OggVorbis, "opus": OggOpus, "m4a": MP4,
}  # fmt: skip
_ATOMS = {
    "title": "\xa9nam", "artist": "\xa9ART", "album": "\xa9alb", "albumartist": "aART",
    "composer": "\xa9wrt", "genre": "\xa9gen", "date": "\xa9day",
}  # fmt: skip


def write(path: Path, album: Album, number: int, song: Song) -> None:
    """Tag the file at `path`, whatever its suffix."""
    file = _OPENERS[album.format](path)
    atoms = album.format == "m4a"  # MP4 has names of its own, and types beside text
    for name, values in _texts(album, song).items():
        file[_ATOMS[name] if atoms else name] = values
    if atoms:
        file["trkn"] = [(number, len(album.songs))]
        file["cpil"] = album.compilation
    else:
        file["tracknumber"] = f"{number}/{len(album.songs)}"
        if album.compilation:
            file["compilation"] = "1"
    file.save()


def _texts(album: Album, song: Song) -> dict[str, list[str]]:
    """Tags that are plain text, by their Vorbis names; several genres are several values."""
    texts = {
        "title": [song.title],
        "artist": [song.artist],
        "album": [album.title],
        "albumartist": [album.artist],
        "date": [str(album.year)],
        "genre": list(STYLES[song.style].genres),
    }
    return texts | ({"composer": [album.composer]} if album.composer else {})
