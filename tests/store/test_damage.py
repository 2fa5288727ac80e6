from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from musicrec_core.errors import DamagedStoreError
from musicrec_core.records import FoundFile, Tags
from musicrec_core.store import Store
from musicrec_core.store.rescue import rescue

PAGE = 4096
SONGS = 5000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with many songs, every tenth of which is liked."""
    path = tmp_path / "musicrec.db"
    with Store(path) as store, store.atomic():
        root = store.roots.add(b"/music")
        for number in range(SONGS):
            file = FoundFile(b"/music/%d.mp3" % number, 1, 1)
            store.files.put(root, file, Tags(f"Song {number}"), f"{number:032x}")
        for number in range(1, SONGS, 10):
            store.feedback.add("me", number, "like", at_s=float(number), source="cli")
    return path


def damage(path: Path, *pages: int) -> bytes:
    """Overwrite pages and return what the file holds then."""
    data = bytearray(path.read_bytes())
    for page in pages:
        data[page * PAGE : (page + 1) * PAGE] = b"\xff" * PAGE
    path.write_bytes(data)
    return bytes(data)


def leaf_of(path: Path, table: str) -> int:
    """The page, from 0, with a table's first rows (https://sqlite.org/fileformat2.html#b_tree)."""
    with closing(sqlite3.connect(path)) as conn:
        sql = "SELECT rootpage FROM sqlite_master WHERE name = ?"
        (root,) = conn.execute(sql, (table,)).fetchone()
    page = path.read_bytes()[(root - 1) * PAGE : root * PAGE]
    assert page[0] == 5, "an interior page"
    cell = int.from_bytes(page[12:14], "big")
    return int.from_bytes(page[cell : cell + 4], "big") - 1


def test_damage_that_shows_while_rows_are_read_is_one_clear_line(path: Path) -> None:
    pages = path.stat().st_size // PAGE
    damage(path, *range(pages // 4, pages, 2))
    with Store(path) as store:
        with pytest.raises(DamagedStoreError, match="`musicrec doctor` says what can be saved"):
            list(store.tracks.present())
        with pytest.raises(DamagedStoreError, match="is damaged"):
            list(store.files.stored())


def test_all_feedback_of_a_sound_database_is_rescued(path: Path) -> None:
    saved = rescue(path)
    with Store(path) as store:
        assert saved.statements == tuple(store.feedback.statements())
    assert (saved.folders, saved.lost) == ((b"/music",), 0)


def test_what_damage_leaves_is_rescued_and_what_it_took_is_counted(path: Path) -> None:
    with Store(path) as store:
        whole = set(store.feedback.statements())
    content = damage(path, leaf_of(path, "feedback"))
    saved = rescue(path)
    read = {(s.id, s.identity, s.kind, s.at_s) for s in saved.statements}
    assert read < {(s.id, s.identity, s.kind, s.at_s) for s in whole}
    assert len(saved.statements) + saved.lost == len(whole)
    assert 0 < saved.lost < len(whole)
    assert path.read_bytes() == content


def test_a_file_that_is_no_database_any_more_is_neither_read_nor_changed(path: Path) -> None:
    content = damage(path, 0)
    with pytest.raises(DamagedStoreError, match="nothing of"):
        rescue(path)
    with pytest.raises(DamagedStoreError, match="nothing was changed"):
        Store(path)
    assert path.read_bytes() == content


def test_a_database_that_was_cut_off_gives_what_its_beginning_holds(path: Path) -> None:
    with Store(path) as store:
        whole = len(list(store.feedback.statements()))
    content = path.read_bytes()[: (leaf_of(path, "feedback") + 2) * PAGE]
    path.write_bytes(content)
    with pytest.raises(DamagedStoreError):
        Store(path)
    saved = rescue(path)
    assert 0 < len(saved.statements) < whole
    assert len(saved.statements) + saved.lost == whole
    assert saved.folders == (b"/music",)
    assert path.read_bytes() == content


def test_an_emptied_database_keeps_its_log(path: Path) -> None:
    path.write_bytes(b"")
    log = path.with_name(f"{path.name}-wal")
    log.write_bytes(b"what is left")
    with pytest.raises(DamagedStoreError, match="is empty"):
        Store(path)
    with pytest.raises(DamagedStoreError, match="is empty"):
        rescue(path)
    assert log.read_bytes() == b"what is left"
