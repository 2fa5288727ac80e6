"""Libraries of clips whose moods and genres are known, heard by ears that never met their artists.

The bundled ears were trained on these clips, so each half of the artists is heard by ears trained
on the other half. A library comes in three states: genre tags hidden, one coarse genre each (the
commonest of its genres), and all genres and moods as tags.
"""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from musicrec_core import paths
from musicrec_core.app.facade import MusicRec
from musicrec_core.audio.version import FEATURE_VERSION
from musicrec_core.recommender.ears import Ears
from musicrec_core.store import Store

HALVES = 2
STATES = ("hidden", "coarse", "full")


@dataclass(frozen=True)
class Clip:
    """What is known of a clip: its quadrant, and its genres and moods in lower case."""

    path: str
    artist: str
    quadrant: str
    genres: tuple[str, ...]
    moods: tuple[str, ...]

    @property
    def words(self) -> frozenset[str]:
        """Each mood and genre, and each part of a name such as calm/peaceful."""
        names = (*self.genres, *self.moods)
        return frozenset(part for name in names for part in (name, *name.split("/")))


def read_clips(music: Path) -> list[Clip]:
    """The clips of moods.csv."""
    with (music / "moods.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Clip(
            str((music / row["path"]).absolute()), row["artist"], row["quadrant"],
            _names(row["genres"]), _names(row["moods"]),
        )
        for row in rows
    ]  # fmt: skip


def _names(cell: str) -> tuple[str, ...]:
    return tuple(part.strip().lower() for part in cell.split(";") if part.strip())


def half_of(clips: list[Clip], seed: int) -> NDArray[np.int64]:
    """Int64 [n]: which half each clip is in; no artist is in both."""
    artists = sorted({clip.artist for clip in clips})
    np.random.default_rng(seed).shuffle(artists)
    place = {artist: i % HALVES for i, artist in enumerate(artists)}
    return np.array([place[clip.artist] for clip in clips])


def scanned(music: Path, cache: Path) -> Path:
    """A home that has listened to all clips; made once."""
    home = cache / "full"
    with MusicRec(home=home) as musicrec:
        musicrec.library.scan([str(music / "moods")], jobs=1)
    return home


def taught(home: Path, clips: list[Clip], learn: NDArray[np.bool_], models: Path) -> None:
    """Put ears that learned from some of the clips into a folder."""
    from training.ears_fit import EarsRecipe, Lessons, train_ears
    from training.train_ears import write

    bundled = Ears.load(paths.bundled_models() / "ears.safetensors")
    part = [clip for clip, wanted in zip(clips, learn, strict=True) if wanted]
    vectors = _vectors(home, [clip.path for clip in part])
    plane = [(c.quadrant in ("Q1", "Q2"), c.quadrant in ("Q1", "Q4")) for c in part]
    names = [[name in clip.moods for name in bundled.mood_names] for clip in part]
    genres = [[name in clip.genres for name in bundled.genre_names] for clip in part]
    lessons = Lessons(
        features=vectors,
        labels=np.concatenate([plane, names, genres], axis=1).astype(np.float32),
        anchors=np.arange(len(part)),
        changes=np.zeros((1, vectors.shape[1]), np.float32),
        alike=vectors,
        alike_group=np.unique([clip.artist for clip in part], return_inverse=True)[1],
        mood_names=bundled.mood_names,
        genre_names=bundled.genre_names,
    )
    recipe = EarsRecipe()
    models.mkdir(parents=True, exist_ok=True)
    write(train_ears(lessons, recipe, 0, "", FEATURE_VERSION), recipe, models)


def with_bundled(models: Path) -> None:
    """Put the other bundled models, as they are now, beside the ears of a folder."""
    for file in paths.bundled_models().iterdir():
        if not file.name.startswith("ears."):
            shutil.copy(file, models)


def _vectors(home: Path, wanted: list[str]) -> NDArray[np.float32]:
    """Float32 [n, D]: the analyses of the files, in their order."""
    with closing(Store(paths.database(home))) as store:
        ids = {track.path: track.id for track in store.tracks.present()}
        rows = np.array([ids[path] for path in wanted], np.int64)
        track_ids, vectors = store.analysis.vectors(np.unique(rows), FEATURE_VERSION)
    return np.asarray(vectors[np.searchsorted(track_ids, rows)])


def stated(source: Path, target: Path, clips: list[Clip], state: str) -> None:
    """A copy of a home that holds only these clips, tagged as the state says."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    with (
        closing(sqlite3.connect(paths.database(source))) as old,
        closing(sqlite3.connect(paths.database(target))) as new,
    ):
        old.backup(new)
        genres = {clip.path: json.dumps(tags(clip, clips, state)) for clip in clips}
        with new:
            for number, path in new.execute("SELECT id, path FROM files").fetchall():
                name = path.decode("utf-8", "surrogateescape")
                if name in genres:
                    new.execute("UPDATE files SET genres = ? WHERE id = ?", (genres[name], number))
                else:
                    new.execute("UPDATE files SET state = 'missing' WHERE id = ?", (number,))
            new.execute("DELETE FROM heard")
            new.execute("DELETE FROM scorings")


def tags(clip: Clip, clips: list[Clip], state: str) -> list[str]:
    """What a clip's file says in a state."""
    common = Counter(name for other in clips for name in other.genres)
    if state == "hidden":
        return []
    if state == "coarse":
        return sorted(clip.genres, key=lambda name: -common[name])[:1]
    return [*clip.genres, *clip.moods]


def libraries(
    music: Path, cache: Path, seeds: Iterable[int]
) -> Iterator[tuple[int, str, Path, list[Clip]]]:
    """(seed, state, home, clips) of every half of every split, in every state of its tags.

    While one is looked at, the product's ears are those that the other half taught.
    """
    clips = read_clips(music)
    for seed in seeds:
        halves = half_of(clips, seed)
        for half in range(HALVES):
            own = [clip for clip, at in zip(clips, halves, strict=True) if at == half]
            models = cache / f"models {seed} {half}"
            if not models.exists():
                taught(scanned(music, cache), clips, halves != half, models)
            with_bundled(models)
            with using(models):
                for state in STATES:
                    home = cache / f"{state} {seed} {half}"
                    stated(cache / "full", home, own, state)
                    yield seed, state, home, own


@contextmanager
def using(models: Path) -> Iterator[None]:
    """The product with the models of a folder in place of the bundled ones."""
    with mock.patch.object(paths, "bundled_models", return_value=models):
        yield
