"""Rows to records and back; the one place that knows the column order of a file."""

from __future__ import annotations

import json
import os
from typing import Any

from musicrec_core.folding import fold, search_terms
from musicrec_core.records import FoundFile, Tags, Track
from musicrec_core.text import one_line

TAG_COLUMNS = (
    "title", "artist", "album", "album_artist", "composer", "genres",
    "track_no", "disc_no", "year", "compilation", "duration_s",
    "folded_title", "folded_artist", "folded_album_artist", "folded_album",
    "title_terms", "other_terms", "file_terms", "rating", "rating_number", "artists",
)  # fmt: skip

DISK_COLUMNS = ("size_bytes", "mtime_ns", "ctime_ns")
_SAME_SOUND = "track_id IS excluded.track_id AND excluded.size_bytes < 1.3 * size_bytes"
KEPT_COLUMNS = {
    "song": "NULL",
    "rating_taken": "CASE WHEN track_id IS excluded.track_id THEN rating_taken END",
    "rating_stars": "CASE WHEN rating_number IS excluded.rating_number THEN rating_stars END",
    "measured_s": f"CASE WHEN {_SAME_SOUND} THEN measured_s END",
    "duration_s": f"coalesce(CASE WHEN {_SAME_SOUND} THEN measured_s END, excluded.duration_s)",
}
"""What is known of a file besides what it says, and when that holds on. A download that goes on
has the same opening, so it is told by its size."""

TRACK_SELECT = (
    "SELECT files.track_id, files.path, title, artist, album, album_artist, composer, genres, "
    "track_no, disc_no, year, lead, compilation, duration_s FROM files"
)


def disk_values(file: FoundFile) -> tuple[int, int, int]:
    """The values of DISK_COLUMNS."""
    return file.size_bytes, file.mtime_ns, file.ctime_ns


def tag_values(path: bytes, tags: Tags) -> tuple[object, ...]:
    """The values of TAG_COLUMNS of the file at `path`."""
    title, artist, album = (fold(s) for s in (tags.title or name_of(path), tags.artist, tags.album))
    return (
        tags.title, tags.artist, tags.album, tags.album_artist, tags.composer,
        json.dumps(tags.genres, ensure_ascii=False),
        tags.track_no, tags.disc_no, tags.year, int(tags.compilation), tags.duration_s,
        title, artist, fold(tags.album_artist), album,
        search_terms(tags.title or name_of(path)),
        other_terms(tags.artist, tags.album_artist, tags.album, "\n".join(tags.genres)),
        file_terms(path, tags.year, title, artist, album),
        tags.rating, tags.rating_number,
        json.dumps(tags.artists, ensure_ascii=False) if len(tags.artists) > 1 else None,
    )  # fmt: skip


def to_track(row: tuple[Any, ...]) -> Track:
    """A row of TRACK_SELECT as a Track; a file without a title is known by its name."""
    track_id, path, title, *middle, compilation, duration_s = row
    artist, album, album_artist, composer, genres, track_no, disc_no, year, lead = middle
    shown = os.fsdecode(path)
    return Track(
        id=track_id,
        path=shown,
        title=title or name_of(path),
        artist=artist,
        album=album,
        album_artist=album_artist,
        composer=composer,
        genres=tuple(json.loads(genres)),
        track_no=track_no,
        disc_no=disc_no,
        year=year,
        compilation=bool(compilation),
        duration_s=duration_s,
        lead=lead or artist,
    )


def name_of(path: bytes) -> str:
    """What a file without a title is called: its name."""
    return one_line(os.path.splitext(os.path.basename(os.fsdecode(path)))[0])


def file_terms(path: bytes, year: int | None, *folded: str) -> str:
    """The year, and the words of the file's name that its `folded` tags lack."""
    tag_words = set(" ".join(folded).split())
    name = fold(one_line(os.path.basename(os.fsdecode(path))))
    words = [word for word in dict.fromkeys(name.split()) if word not in tag_words]
    return " ".join((*words, *((str(year),) if year else ())))


def other_terms(artist: str, album_artist: str, album: str, genres: str) -> str:
    """What the search needs beside the folded columns and the genres as they are spelled."""
    terms = search_terms("\n".join((artist, album_artist, album, genres)))
    return terms if genres.isascii() else f"{terms} {fold(genres)}".lstrip()
