"""What the ears are trained on: labelled clips, free songs, and songs as codecs leave them."""

from __future__ import annotations

import collections
import csv
import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from musicrec_core.audio.decode import Excerpts, read_excerpts
from musicrec_core.audio.features import describe
from musicrec_core.audio.version import FEATURE_VERSION
from musicrec_core.errors import UnreadableFileError
from training.ears_copies import other_copies, taught_copies

Array = NDArray[np.float32]
VIEWS = 3
"""All windows of a song, the first half of them, the second half."""
SONG_SUFFIXES = {".ogg", ".oga", ".opus", ".mp3", ".flac", ".m4a"}
SHORTEST_SONG_BYTES = 500_000
LISTENERS_GENRES = {
    "classical": "classical",
    "electronic": "electronic",
    "pop": "pop/rock",
    "rock": "pop/rock",
}


@dataclass(frozen=True)
class Clips:
    """views: float32 [n, 3, D]; labels: 0/1 [n, 2 + M + G]; artists: [n]; and the names."""

    views: Array
    labels: Array
    artists: NDArray[np.str_]
    moods: tuple[str, ...]
    genres: tuple[str, ...]


@dataclass(frozen=True)
class Songs:
    """paths, and whose each is: its package; views: float32 [n, 3, D].

    copies: float32 [n, 3, D], a lossless minute, the same through Opus, and mixed to mono.
    """

    paths: tuple[Path, ...]
    sources: NDArray[np.str_]
    views: Array
    copies: Array

    @property
    def changes(self) -> Array:
        """What Opus and mixing to mono did, float32 [2 n, D]."""
        changes = self.copies[:, 1:] - self.copies[:, :1]
        return changes.reshape(-1, changes.shape[-1])


class Analyst:
    """Analyses files and remembers the result in a folder, by version, file and size."""

    def __init__(self, cache: Path) -> None:
        self.cache = cache
        cache.mkdir(parents=True, exist_ok=True)

    def views(self, path: Path) -> Array:
        """All of a file and its halves, float32 [3, D]."""
        return self._kept(path, "views", lambda: _views(read_excerpts(str(path))))

    def copies(self, path: Path) -> Array:
        """What `taught_copies` finds, float32 [3, D]."""
        return self._kept(path, "taught copies", lambda: taught_copies(path))

    def other_copies(self, path: Path) -> Array:
        """What `other_copies` finds, float32 [3, D]."""
        return self._kept(path, "other copies", lambda: other_copies(path))

    def _kept(self, path: Path, what: str, make) -> Array:  # type: ignore[no-untyped-def]
        key = f"{FEATURE_VERSION} {what} {path} {path.stat().st_size}"
        file = self.cache / f"{hashlib.sha256(key.encode()).hexdigest()}.npy"
        if not file.exists():
            np.save(file, make())
        return np.load(file)


def read_moods(music: Path, analyst: Analyst, moods: int, genres: int) -> Clips:
    """The clips of moods.csv with the most frequent moods and genres as labels."""
    rows = _rows(music / "moods.csv")
    mood_labels, mood_names = _tags([row["moods"] for row in rows], moods)
    genre_labels, genre_names = _tags([row["genres"] for row in rows], genres)
    quadrant = np.array([row["quadrant"] for row in rows])
    plane = np.stack([np.isin(quadrant, ["Q1", "Q2"]), np.isin(quadrant, ["Q1", "Q4"])], axis=1)
    labels = np.concatenate([plane, mood_labels, genre_labels], axis=1).astype(np.float32)
    views = np.stack([analyst.views(music / row["path"]) for row in rows])
    artists = np.array([row["artist"] for row in rows])
    return Clips(views, labels, artists, mood_names, genre_names)


def read_listeners(music: Path, analyst: Analyst, like: Clips) -> Clips:
    """The clips of listeners.csv, with soft labels in the columns of `like`, NaN where unknown.

    Arousal and valence: the rank of the mean answer among the clips, in [0.1, 0.9].
    """
    rows = _rows(music / "listeners.csv")
    labels = np.full((len(rows), like.labels.shape[1]), np.nan, dtype=np.float32)
    felt = felt_plane(music, [row["track_id"] for row in rows])
    labels[:, :2] = 0.1 + 0.8 * felt.argsort(axis=0).argsort(axis=0) / (len(rows) - 1)
    named = np.array([LISTENERS_GENRES[row["genre"].lower()] for row in rows])
    for name in sorted(set(LISTENERS_GENRES.values()) & set(like.genres)):
        labels[:, 2 + len(like.moods) + like.genres.index(name)] = named == name
    views = np.stack([analyst.views(music / row["path"]) for row in rows])
    artists = np.array([row["artist"] for row in rows])
    return Clips(views, labels, artists, like.moods, like.genres)


def felt_plane(music: Path, tracks: list[str]) -> NDArray[np.float64]:
    """Mean answers a clip [n, 2]: arousal as power less calmness, valence as joy less sadness."""
    answers = collections.defaultdict(list)
    for row in _rows(music / "listeners_annotations.csv"):
        arousal = float(row["power"]) - float(row["calmness"])
        valence = float(row["joyful_activation"]) - float(row["sadness"])
        answers[row["track_id"]].append((arousal, valence))
    return np.array([np.mean(answers[track], axis=0) for track in tracks])


def read_songs(folder: Path, analyst: Analyst) -> Songs:
    """Songs without labels under a folder, which has a folder for each package."""
    paths, views, copies = [], [], []
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in SONG_SUFFIXES or path.stat().st_size < SHORTEST_SONG_BYTES:
            continue
        try:
            heard = analyst.views(path), analyst.copies(path)
        except UnreadableFileError:
            continue
        paths.append(path)
        views.append(heard[0])
        copies.append(heard[1])
    sources = np.array([path.relative_to(folder).parts[0] for path in paths])
    return Songs(tuple(paths), sources, np.stack(views), np.stack(copies))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _tags(cells: list[str], most: int) -> tuple[Array, tuple[str, ...]]:
    """The most frequent names of a column of `;`-separated tags, lower case: [n, T] and names."""
    sets = [{tag.strip().lower() for tag in cell.split(";") if tag.strip()} for cell in cells]
    counts = collections.Counter(tag for tags in sets for tag in tags)
    names = sorted(counts, key=lambda name: (-counts[name], name))[:most]
    return np.array([[name in tags for name in names] for tags in sets]), tuple(names)


def _views(excerpts: Excerpts) -> Array:
    half = len(excerpts.windows) // 2
    parts = (slice(None), slice(max(1, half)), slice(half, None))
    return np.stack([describe(_part(excerpts, part))[0] for part in parts])


def _part(excerpts: Excerpts, windows: slice) -> Excerpts:
    sides = None if excerpts.sides is None else excerpts.sides[windows]
    return replace(excerpts, windows=excerpts.windows[windows], sides=sides)
