"""Playlists from and to M3U files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from musicrec_core.app.context import Context
from musicrec_core.errors import MusicRecError
from musicrec_core.library.playlist_files import (
    PlaylistFile,
    PlaylistLine,
    WrittenSong,
    can_be_written,
    format_m3u,
    parse,
)
from musicrec_core.records import Track
from musicrec_core.replacing import replace_file

LARGEST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadPlaylist:
    """A playlist file matched with the library."""

    name: str
    """What the file calls the list, else the file's name."""
    tracks: tuple[Track, ...]
    unmatched: tuple[str, ...]
    """Lines whose song is not in the library."""
    elsewhere: int
    """Songs that were found in another folder than the file says, by its name and the one above."""


@dataclass(frozen=True, slots=True)
class WrittenPlaylist:
    """What became of songs that were to be written."""

    content: bytes
    songs: int
    left_out: tuple[str, ...]
    """Labels of songs that no playlist file can name."""


def read(context: Context, file: Path) -> ReadPlaylist:
    """Raises MusicRecError where the file cannot be read or names no song at all."""
    try:
        if file.stat().st_size > LARGEST_BYTES:
            raise MusicRecError(f"{file} is too large to be a playlist")
        content = file.read_bytes()
    except OSError as error:
        raise MusicRecError(f"cannot read {file}: {error.strerror}") from error
    playlist = parse(content, os.path.dirname(os.path.abspath(file)))
    if not playlist.lines:
        raise MusicRecError(f"{file} names no song: it is no M3U playlist, or an empty one")
    return _matched(context, playlist, playlist.name or file.stem)


def _matched(context: Context, playlist: PlaylistFile, name: str) -> ReadPlaylist:
    exact = [_at(context, line) for line in playlist.lines]
    tails = _tails(context) if None in exact else {}
    ids = [
        track_id if track_id is not None else tails.get(_tail(line.path or ""))
        for track_id, line in zip(exact, playlist.lines, strict=True)
    ]
    tracks = context.store.tracks.by_id(id_ for id_ in ids if id_ is not None)
    return ReadPlaylist(
        name,
        tuple(tracks[id_] for id_ in ids if id_ is not None),
        tuple(line.text for id_, line in zip(ids, playlist.lines, strict=True) if id_ is None),
        sum(a is None and b is not None for a, b in zip(exact, ids, strict=True)),
    )


def _at(context: Context, line: PlaylistLine) -> int | None:
    """The track whose file is at a line's path, in whatever case and composition of letters."""
    match = context.store.tracks.of_table(line.path) if line.path else None
    return match[0] if match else None


def _tails(context: Context) -> dict[tuple[str, str], int | None]:
    """Tracks by the names of file and folder; None where several have the same."""
    tails: dict[tuple[str, str], int | None] = {}
    for track_id, path in context.store.tracks.paths():
        tail = _tail(path)
        tails[tail] = track_id if tails.get(tail, track_id) == track_id else None
    return tails


def _tail(path: str) -> tuple[str, str]:
    from musicrec_core.folding import composed

    folder, name = os.path.split(composed(path).casefold())
    return os.path.basename(folder), name


def written(
    tracks: Sequence[Track], name: str, relative_to: Path | None = None, suffix: str = ".m3u8"
) -> WrittenPlaylist:
    """The content of an M3U file; with a folder, paths from there."""
    songs, left_out = [], []
    for track in tracks:
        path = os.fsencode(track.path)
        if relative_to is not None:
            path = os.path.relpath(path, os.fsencode(os.path.realpath(relative_to)))
        if can_be_written(path):
            songs.append(WrittenSong(path, track.label, track.duration_s))
        else:
            left_out.append(track.label)
    content = format_m3u(songs, name, says_encoding=suffix.casefold() == ".m3u")
    return WrittenPlaylist(content, len(songs), tuple(left_out))


def write(
    file: Path, tracks: Sequence[Track], name: str, *, relative: bool = False
) -> WrittenPlaylist:
    """Write a playlist file, whole or not at all. Raises MusicRecError."""
    folder = file.absolute().parent if relative else None
    playlist = written(tracks, name, folder, file.suffix)
    put(file, playlist.content)
    return playlist


def put(file: Path, content: bytes) -> None:
    """Let a file hold this and nothing else; a link keeps pointing where it did."""
    check_target(file)
    try:
        if file.exists() and not file.is_file():  # a device or a pipe
            file.write_bytes(content)
        else:
            replace_file(Path(os.path.realpath(file)), content, public=True)
    except OSError as error:
        raise MusicRecError(f"cannot write {file}: {error.strerror}") from error


def check_target(file: Path) -> None:
    """Refuse a file that cannot be written before the work, not after it."""
    if file.is_dir():
        raise MusicRecError(f"cannot write {file}: it is a folder")
    if not file.absolute().parent.is_dir():
        raise MusicRecError(f"cannot write {file}: there is no folder {file.parent}")
