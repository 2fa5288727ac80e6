"""The demo library on disk: one file a song, written once, complete or not at all; covers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

from musicrec_core.demo import covers, encode, tagging
from musicrec_core.demo.catalogue import Album, Song, songs
from musicrec_core.demo.places import song_path
from musicrec_core.demo.styles import STYLES
from musicrec_core.errors import LibraryError
from musicrec_core.records import Progress

Entry = tuple[Album, int, Song]


def write_songs(
    folder: Path,
    progress: Callable[[Progress], None] | None = None,
    entries: Iterable[Entry] | None = None,
) -> int:
    """Write the songs that are not there yet, of `entries` or else of the whole catalogue.

    Returns how many there are, written now or before. Raises LibraryError where it cannot write.
    """
    wanted = list(songs() if entries is None else entries)
    try:
        for done, (album, number, song) in enumerate(wanted):
            if progress:
                progress(Progress("synthesising", done, len(wanted), song.name))
            path = song_path(folder, album, number, song)
            if not path.exists():
                _write_song(path, album, number, song)
            if not (picture := path.with_name(covers.NAME)).exists():
                picture.write_bytes(covers.cover(album))
    except OSError as error:
        reason = error.strerror or str(error)
        raise LibraryError(f"{folder}: the demo library cannot be written ({reason})") from error
    if progress:
        progress(Progress("synthesising", len(wanted), len(wanted)))
    return len(wanted)


def _write_song(path: Path, album: Album, number: int, song: Song) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.part")  # hidden, and no scan takes it for music
    try:
        encode.write(unfinished, STYLES[song.style].perform(song.name, song.length_s), album.format)
        tagging.write(unfinished, album, number, song)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
