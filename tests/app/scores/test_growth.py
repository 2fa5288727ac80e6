"""A catalogue that grew by what changed is the one that is put together from scratch."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from musicrec_core.app import array_file
from musicrec_core.app.facade import MusicRec
from musicrec_core.app.scores import catalogue, facts
from musicrec_core.audio.features import FEATURE_SIZE
from musicrec_core.audio.version import FEATURE_VERSION
from musicrec_core.recommender.features.user import similarity_sources
from musicrec_core.records import Attributes, Features, FoundFile, SoundPredictions, Tags

SONGS, STEPS = 12, 6
ARTISTS = ("Ana", "ANA", "Ben feat. Ana", "Ben", "Cid & Dot", "Portishead", "")
GENRES: tuple[tuple[str, ...], ...] = (
    ("jazz",),
    ("Rock", "jazz"),
    (),
    ("zaqqum vlork",),
    ("folk",),
)


class Library:
    """A library whose files are written straight into the store, as a scan would leave them."""

    def __init__(self, home: Path) -> None:
        self.app = MusicRec(home=home)
        self.context = self.app._context
        self.store = self.context.store
        roots = self.store.roots.all()
        self.root = roots[0] if roots else self.store.roots.add(b"/m")

    def change(self, deed: str, song: int, seed: int) -> None:
        """One thing that happens to a song, or to a file of it."""
        rng = np.random.default_rng(seed)
        path = f"/m/{song % 5}/{song}{' copy' if deed == 'copy' else ''}.flac".encode()
        if deed in ("file", "copy"):
            number = song + SONGS * (seed % 2)
            self._put(path, number, rng)
        elif deed == "gone":
            self._run("UPDATE files SET state = 'missing' WHERE path = ?", path)
        elif deed == "forgotten":
            self._run("DELETE FROM files WHERE path = ?", path)
        else:
            row = self._run("SELECT track_id FROM files WHERE path = ?", path)
            if row and deed == "heard":
                self._hear(row[0], rng)
            elif row and deed == "measured":
                self._measure(row[0], rng)
            elif row and deed == "silenced":
                self.store.analysis.forget(row[0])
        self.store.counters.touch()

    def _put(self, path: bytes, number: int, rng: np.random.Generator) -> None:
        artist, lists = ARTISTS[rng.integers(len(ARTISTS))], GENRES[rng.integers(len(GENRES))]
        tags = Tags(
            title=f"Song {rng.integers(4)}", artist=artist, album=("", "One", "Two")[number % 3],
            album_artist=("", "Ana")[number % 2], genres=lists, track_no=number, disc_no=1,
            year=None if number % 4 == 0 else 1990 + number, duration_s=200.0 + number,
        )  # fmt: skip
        file = FoundFile(path, 1_000 + number, 1)
        self.store.files.put(self.root, file, tags, f"{number:032x}")

    def _measure(self, track_id: int, rng: np.random.Generator) -> None:
        vector = rng.normal(size=FEATURE_SIZE).astype(np.float32)
        attributes = Attributes(tempo_bpm=60 + 100 * rng.random(), energy=rng.random())
        self.store.analysis.put(track_id, Features(FEATURE_VERSION, vector, attributes))

    def _hear(self, track_id: int, rng: np.random.Generator) -> None:
        ears = self.context.bundled_ears
        self.store.analysis.put_heard(
            ears.version, np.array([track_id]),
            SoundPredictions(
                embeddings=rng.normal(size=(1, ears.embedding_size)).astype(np.float32),
                arousal=rng.random(1, np.float32), valence=rng.random(1, np.float32),
                moods=rng.random((1, len(ears.mood_names)), np.float32),
                genres=rng.random((1, len(ears.genre_names)), np.float32),
                mood_names=ears.mood_names, genre_names=ears.genre_names,
            ),
        )  # fmt: skip

    def _run(self, sql: str, path: bytes) -> tuple[int] | None:
        row: tuple[int] | None = self.store._conn.execute(sql, (path,)).fetchone()
        return row


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def library(home: Path) -> Iterator[Library]:
    made = Library(home)
    with made.app:
        yield made


def same(one: catalogue.Snapshot, other: catalogue.Snapshot) -> None:
    """Bit for bit, and what was measured in the whole as well."""
    for field in dataclasses.fields(one.catalogue):
        mine, theirs = (getattr(s.catalogue, field.name) for s in (one, other))
        np.testing.assert_array_equal(mine, theirs, err_msg=field.name)
    for name in ("versions", "several", "words"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name), err_msg=name)
    for mine, theirs in zip(*(similarity_sources(s.catalogue) for s in (one, other)), strict=True):
        np.testing.assert_array_equal(mine.is_known, theirs.is_known)


DEEDS = ("file", "copy", "gone", "forgotten", "heard", "measured", "silenced")
CHANGES = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.integers(0, SONGS - 1), st.integers(0, 99)),
    min_size=1, max_size=8,
)  # fmt: skip


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(rounds=st.lists(CHANGES, min_size=1, max_size=STEPS))
def test_growing_by_changes_is_putting_together_anew(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[list[tuple[str, int, int]]]
) -> None:
    library = Library(tmp_path_factory.mktemp("home"))
    with library.app:
        for song in range(SONGS):
            library.change("file", song, song)
            library.change("heard", song, song)
        for changes in rounds:
            catalogue.load(library.context)
            for change in changes:
                library.change(*change)
            same(catalogue.load(library.context), catalogue.build(library.context))


def reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many tracks are read from the store, each time."""
    counts: list[int] = []
    whole = facts.FactReader.read

    def counted(self: facts.FactReader, rows: np.ndarray) -> None:
        counts.append(len(rows))
        whole(self, rows)

    monkeypatch.setattr(facts.FactReader, "read", counted)
    return counts


def test_only_what_changed_is_read(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    for song in range(SONGS):
        library.change("file", song, 2 * song)
    counts = reads(monkeypatch)
    catalogue.load(library.context)
    library.change("file", 3, 50)
    library.change("measured", 4, 1)
    catalogue.load(library.context)
    assert counts == [SONGS, 2]


def test_what_a_service_says_may_reach_any_track(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for song in range(SONGS):
        library.change("file", song, 2 * song)
    catalogue.load(library.context)
    counts = reads(monkeypatch)
    sql = "INSERT INTO lookups VALUES (1, '', 'artist', 'tags', 'ana', '', 0)"
    library.store._conn.execute(sql)
    library.store.counters.touch()
    catalogue.load(library.context)
    assert counts == [SONGS]


def test_another_catalogue_than_the_log_speaks_of_is_put_together_anew(
    library: Library, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for song in range(SONGS):
        library.change("file", song, 2 * song)
    catalogue.load(library.context)
    [path] = home.rglob("catalogue.arrays")
    earlier = path.read_bytes()
    library.change("file", 0, 4)
    catalogue.load(library.context)
    path.write_bytes(earlier)
    library.change("file", 1, 6)
    counts = reads(monkeypatch)
    same(catalogue.load(library.context), catalogue.build(library.context))
    assert counts[0] == SONGS


KILLED = """
import os, signal, sys
from pathlib import Path
from musicrec_core.app.facade import MusicRec
from musicrec_core.app.scores import catalogue
from musicrec_core.store.library.changes import ChangeLog
from musicrec_core import replacing
def die(*_): os.kill(os.getpid(), signal.SIGKILL)
if sys.argv[2] == "before the file": replacing.os.replace = die
if sys.argv[2] == "before the log": ChangeLog.note = die
with MusicRec(home=Path(sys.argv[1])) as app:
    catalogue.load(app._context)
"""


@pytest.mark.parametrize("when", ["before the file", "before the log"])
@pytest.mark.parametrize("is_first", [True, False])
def test_a_process_that_dies_while_it_keeps_the_catalogue_loses_nothing(
    library: Library, home: Path, when: str, is_first: bool
) -> None:
    for song in range(SONGS):
        library.change("file", song, 2 * song)
    if not is_first:
        catalogue.load(library.context)
        library.change("file", 5, 7)
    done = subprocess.run([sys.executable, "-c", KILLED, home, when], env=os.environ, check=False)
    assert done.returncode == -signal.SIGKILL
    with MusicRec(home=home) as app:
        same(catalogue.load(app._context), catalogue.build(app._context))
    library.change("heard", 2, 3)
    with MusicRec(home=home) as app:
        same(catalogue.load(app._context), catalogue.build(app._context))


def test_without_room_for_the_file_it_is_put_together_in_memory(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for song in range(SONGS):
        library.change("file", song, 2 * song)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(array_file.os, "posix_fallocate", full, raising=False)
    assert len(catalogue.load(library.context).catalogue) == SONGS
