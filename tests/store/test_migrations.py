"""A database of an earlier version is brought up to date with all that it holds."""

import hashlib
from pathlib import Path

import numpy as np
import pytest
import sqlite_utils

from musicrec_core.records import FoundFile, Tags
from musicrec_core.store import Store
from musicrec_core.store import migrations as migrations_folder
from musicrec_core.store.measured import plain_packing
from musicrec_core.store.migrations import migrations

FOLDER = Path(migrations_folder.__file__).parent
PUBLISHED = {
    "m001_library": "c486c1d4c512e7c9",
    "m002_analysis": "5a28be6834d72124",
    "m003_taste": "775d5c6524203d3b",
    "m004_search": "eb61d97cbaf77ea4",
    "m005_enrichment": "f702acb5a31fc4e0",
    "m006_promises": "6b03f27ffe27122a",
    "m007_folding": "8b33dfb083beb2ba",
    "m008_imported_paths": "19738e74b2ee3747",
    "m009_search_terms": "323f390f61b360df",
    "m010_compact": "5692948a2d220f33",
}
"""Digests of the text of steps that people's databases have gone through."""


def digest(name: str) -> str:
    return hashlib.sha256((FOLDER / f"{name}.py").read_bytes()).hexdigest()[:16]


def test_every_file_of_a_step_is_applied_in_its_turn() -> None:
    files = sorted(p.stem for p in FOLDER.glob("m[0-9]*.py"))
    database = sqlite_utils.Database(memory=True)
    migrations.apply(database)
    rows = database.execute("SELECT name FROM _sqlite_migrations ORDER BY id")
    assert [name for (name,) in rows] == files
    assert len(migrations) == len(files)


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_step_is_never_edited(name: str) -> None:
    assert digest(name) == PUBLISHED[name]


@pytest.fixture
def first_release(tmp_path: Path) -> Path:
    """A database as the first release left it, with two songs and a like."""
    path = tmp_path / "musicrec.db"
    database = sqlite_utils.Database(path)
    migrations.apply(database, stop_before="m005_enrichment")
    song = (
        "INSERT INTO files (path, track_id, size_bytes, mtime_ns, state, title, artist, album) "
        "VALUES (?, ?, 1, 1, 'present', ?, ?, ?)"
    )
    with database.conn:
        database.conn.execute("INSERT INTO tracks (id, identity) VALUES (1, 'a'), (2, 'b')")
        database.conn.execute(song, (b"/terra.mp3", 1, "Terra", "Caetano Veloso", "Muito"))
        database.conn.execute(song, (b"/Caf\xc3\xa9.mp3", 2, "", "Björk", ""))
        database.conn.execute(
            "INSERT INTO feedback (profile, track_id, kind, at_s, source) "
            "VALUES ('me', 1, 'like', 1.0, 'cli')"
        )
        database.conn.execute("PRAGMA user_version = 1")
    database.close()
    return path


def test_songs_of_the_first_release_are_found_by_what_is_typed_of_them(first_release: Path) -> None:
    with Store(first_release) as store:
        assert store.search.full_matches("caetano veloso terra") == [1]
        assert store.search.full_matches("CAFE") == [2]
        assert store.search.find("bjork", 9) == [2]
        assert store.search.find("muito", 9) == [1]


def test_a_database_of_the_last_release_is_folded_anew(tmp_path: Path) -> None:
    path = tmp_path / "musicrec.db"
    database = sqlite_utils.Database(path)
    migrations.apply(database, stop_before="m009_search_terms")
    database.conn.execute("INSERT INTO tracks (id, identity) VALUES (1, 'a')")
    database.conn.execute(
        "INSERT INTO files (path, track_id, size_bytes, mtime_ns, state, title, artist, "
        "folded_title) VALUES (?, 1, 1, 1, 'present', 'Łódź', '荒井由実', 'łodz')",
        (b"/a.mp3",),
    )
    database.conn.execute("PRAGMA user_version = 5")
    database.conn.commit()
    database.close()
    with Store(path) as store:
        assert store.search.full_matches("lodz") == [1]
        assert store.search.find("由実", 9) == [1]


def test_what_was_heard_in_the_songs_of_the_last_release_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "musicrec.db"
    database = sqlite_utils.Database(path)
    migrations.apply(database, stop_before="m010_compact")
    vector = np.array([0.1, -3e6, 0.0, 440.0, np.float32(1 / 3), 5e-9, 7.0], "<f4")
    database.conn.execute("INSERT INTO tracks (id, identity) VALUES (1, 'a'), (2, 'b'), (3, 'c')")
    database.conn.executemany(
        "INSERT INTO files (path, track_id, size_bytes, mtime_ns, state, title) "
        "VALUES (?, ?, 1, 1, ?, 'x')",
        [
            (b"/a", 1, "present"),
            (b"/b", 1, "present"),
            (b"/c", 2, "missing"),
            (b"/d", 3, "present"),
        ],
    )
    database.conn.executemany(
        "INSERT INTO features VALUES (?, ?, ?, ?)",
        [
            (1, 5, vector.tobytes(), '{"tempo_bpm": 120.5, "key": "A minor", "energy": null}'),
            (2, 5, vector.tobytes(), "{}"),
            (3, 4, vector.tobytes(), '{"energy": 0.25}'),
        ],
    )
    shares = np.array([0.0, 0.1234567, 1.0], "<f4").tobytes()
    embedding = np.array([0.6, 0.8], "<f4").tobytes()
    database.conn.execute(
        "INSERT INTO heard VALUES (1, 'e', ?, 0.5, 0.25, ?, ?)", (embedding, shares, shares)
    )
    database.conn.execute("PRAGMA user_version = 6")
    database.conn.commit()
    database.close()
    with Store(path) as store:
        ids, vectors = store.analysis.vectors(np.array([1, 2, 3]), 5)
        assert ids.tolist() == [1, 2]
        np.testing.assert_allclose(vectors, [vector, vector], rtol=2e-5)
        by_key = dict(store.analysis.attributes())
        assert (by_key[1].tempo_bpm, by_key[1].key, by_key[1].energy) == (120.5, "A minor", None)
        assert by_key[3].energy == 0.25
        _, heard = store.analysis.heard("e", ("x", "y", "z"), ("x", "y", "z"))
        assert heard.embeddings.tobytes() == embedding
        np.testing.assert_allclose(heard.moods, [[0.0, 0.1234567, 1.0]], atol=1e-5)
        assert store.analysis.count(5) == (1, 1)
        assert store.analysis.pending(5) == 1
        assert (store.files.count("present"), store.files.count("missing")) == (3, 1)


def test_vectors_are_number_for_number_those_of_before(tmp_path: Path) -> None:
    path = tmp_path / "musicrec.db"
    database = sqlite_utils.Database(path)
    migrations.apply(database, stop_before="m022_deflated_vectors")
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(3, 455)).astype("<f4") * 10.0 ** rng.integers(-9, 9, (3, 455))
    vectors = vectors.astype("<f4")
    vectors[0, :4] = 0, -0.0, np.inf, np.nan
    keys = (1, 2, 5001)  # in two lots
    for key, vector in zip(keys, vectors, strict=True):
        database.conn.execute("INSERT INTO tracks (id, identity) VALUES (?, ?)", (key, str(key)))
        database.conn.execute("INSERT INTO features (track_id, version) VALUES (?, 5)", (key,))
        rows = plain_packing.vector_rows(key, vector.tobytes())
        database.conn.executemany("INSERT INTO vectors VALUES (?, ?)", rows)
    plain = plain_packing.numbers(
        [part for (part,) in database.conn.execute("SELECT part FROM vectors ORDER BY id")]
    )
    database.conn.execute("PRAGMA user_version = 21")
    database.conn.commit()
    database.close()
    with Store(path) as store:
        ids, kept = store.analysis.vectors(np.array(keys), 5)
    assert ids.tolist() == list(keys)
    assert kept.view("u1").reshape(-1, 4)[:, 1:].tobytes() == plain.tobytes()
    np.testing.assert_allclose(kept, vectors, rtol=2e-5)


def test_feedback_of_the_first_release_is_kept(first_release: Path) -> None:
    with Store(first_release) as store:
        assert [(f.track_id, f.kind) for f in store.feedback.in_force("me")] == [(1, "like")]


def test_a_database_brought_up_to_date_takes_new_and_changed_songs(first_release: Path) -> None:
    with Store(first_release) as store:
        store.files.put(None, FoundFile(b"/terra.mp3", 2, 2), Tags(title="Céu"), "a")
        store.files.put(None, FoundFile(b"/new.mp3", 1, 1), Tags(title="Ngoma"), "c")
        assert store.search.find("ceu", 9) == [1]
        assert store.search.find("veloso", 9) == []
        assert store.search.find("terra.mp3", 9) == [1]
        assert store.search.find("ngoma", 9) == [3]


def test_a_database_of_the_first_release_gains_what_enrichment_needs(first_release: Path) -> None:
    with Store(first_release) as store:
        assert store.enrichment.forget() == 0
        assert store.listens.count("me", "lastfm") == 0


def test_an_old_and_a_new_database_have_the_same_shape(first_release: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    for path in (first_release, new):
        Store(path).close()
    assert shape(first_release) == shape(new)


def test_a_database_made_between_releases_that_has_the_folded_columns_is_taken_on(
    first_release: Path,
) -> None:
    database = sqlite_utils.Database(first_release)
    migrations.apply(database, stop_before="m007_folding")
    for name in ("title", "artist", "album_artist", "album"):
        column = f"folded_{name} TEXT NOT NULL DEFAULT ''"
        database.conn.execute(f"ALTER TABLE files ADD COLUMN {column}")
    database.conn.execute("CREATE INDEX files_named ON files(folded_title)")
    database.conn.execute("CREATE INDEX feedback_by_track ON feedback(track_id, source)")
    database.conn.execute("PRAGMA user_version = 3")
    database.conn.commit()
    database.close()
    with Store(first_release) as store:
        assert store.search.full_matches("caetano veloso terra") == [1]
        assert store.search.find("bjork", 9) == [2]


def shape(path: Path) -> set[tuple[str, str, str]]:
    database = sqlite_utils.Database(path)
    rows = set(database.conn.execute("SELECT type, name, sql FROM sqlite_master"))
    database.close()
    return rows
