"""Where each demo song lies; nothing here makes a sound, so it is quick to import."""

from __future__ import annotations

from pathlib import Path

from musicrec_core.demo.catalogue import Album, Song, songs

UNSAFE_IN_NAMES = str.maketrans(dict.fromkeys('/\\:*?"<>|', "_"))


def is_complete(folder: Path) -> bool:
    """Whether all demo songs are there, so that none has to be made."""
    return all(song_path(folder, *entry).exists() for entry in songs())


def song_path(folder: Path, album: Album, number: int, song: Song) -> Path:
    """Artist/Album/NN Title.suffix, in names that every file system takes."""
    artist, title, name = (
        text.translate(UNSAFE_IN_NAMES).rstrip(".")
        for text in (album.artist, album.title, f"{number:02} {song.title}")
    )
    return folder / artist / title / f"{name}.{album.format}"
