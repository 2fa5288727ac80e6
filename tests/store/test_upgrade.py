"""A long upgrade says how far it is, and Ctrl-C leaves the old database as it was."""

import signal
import sqlite3
from pathlib import Path

import pytest
import sqlite_utils

from musicrec_core.errors import UpgradeStopped
from musicrec_core.records import Progress
from musicrec_core.store import Store
from musicrec_core.store.migrations import migrations

SONGS = 3000


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of the first release with many songs."""
    path = tmp_path / "musicrec.db"
    database = sqlite_utils.Database(path)
    migrations.apply(database, stop_before="m005_enrichment")
    with database.conn:
        numbers = range(1, SONGS + 1)
        database.conn.executemany(
            "INSERT INTO tracks (id, identity) VALUES (?, ?)", ((n, f"i{n}") for n in numbers)
        )
        database.conn.executemany(
            "INSERT INTO files (path, track_id, size_bytes, mtime_ns, state, title, artist, album) "
            "VALUES (?, ?, 1, 1, 'present', ?, 'Aster', 'Tide')",
            ((f"/{n}.mp3".encode(), n, f"Song {n}") for n in numbers),
        )
        database.conn.execute("PRAGMA user_version = 1")
    database.close()
    return path


def content(path: Path) -> list[str]:
    conn = sqlite3.connect(path)
    rows = [str(row) for row in conn.execute("SELECT * FROM sqlite_master ORDER BY name")]
    rows += [str(row) for row in conn.execute("SELECT * FROM files ORDER BY id")]
    rows += [str(conn.execute("PRAGMA user_version").fetchone())]
    conn.close()
    return rows


def test_an_upgrade_tells_every_step_and_how_many_there_are(old: Path) -> None:
    message: list[Progress | None] = []
    Store(old, message.append).close()
    assert message.pop() is None
    steps = [progress for progress in message if progress]
    assert [*dict.fromkeys(p.done for p in steps)] == [*range(4, len(migrations) + 1)]
    assert {p.total for p in steps} == {len(migrations)}
    assert len(steps) > len(migrations), "long steps tell that they go on"


def test_a_database_that_is_up_to_date_tells_nothing(old: Path) -> None:
    Store(old).close()
    message: list[Progress | None] = []
    Store(old, message.append).close()
    assert message == []


@pytest.mark.usefixtures("ctrl_c")
@pytest.mark.parametrize("call", [1, 8, 20])
def test_ctrl_c_in_an_upgrade_changes_nothing_and_the_next_start_ends_it(
    old: Path, call: int
) -> None:
    before = content(old)
    calls = 0
    over = False

    def press(progress: Progress | None) -> None:
        nonlocal calls, over
        over = progress is None
        calls += not over
        if calls == call and progress:
            signal.raise_signal(signal.SIGINT)

    with pytest.raises(UpgradeStopped, match="as it was before"):
        Store(old, press)
    assert calls <= call + 1, "it went on"
    assert over
    assert content(old) == before
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    with Store(old) as store:
        assert store.files.count("present") == SONGS
        assert store.search.full_matches(f"aster song {SONGS}") == [SONGS]
