"""What can still be read of a damaged database, changing nothing."""

from __future__ import annotations

import json
import math
import os
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from musicrec_core.errors import DamagedStoreError
from musicrec_core.records import Ban
from musicrec_core.store.opinions.feedback import Statement
from musicrec_core.store.opinions.guarded import StoredBan, StoredSetting
from musicrec_core.store.playlist_records import STATED_ITEMS, PlaylistStatement, stated_item
from musicrec_core.store.saved_lists import StoredList


@dataclass(frozen=True, slots=True)
class Rescued:
    """What could be read; `lost` counts the pieces of feedback that could not."""

    folders: tuple[bytes, ...]
    statements: tuple[Statement, ...]
    lost: int
    playlists: tuple[PlaylistStatement, ...] = ()
    saved_lists: tuple[StoredList, ...] = ()
    settings: tuple[StoredSetting, ...] = ()
    bans: tuple[StoredBan, ...] = ()
    exclusions: tuple[str, ...] = ()


def rescue(path: Path) -> Rescued:
    """Read what can be read, changing nothing.

    Raises DamagedStoreError where nothing can. Feedback is only ever appended, so its ids have no
    gaps: each that cannot be read is one that is lost.
    """
    try:
        if not path.stat().st_size:  # not to be opened: see connection.py
            raise DamagedStoreError(f"nothing of {path} can be read (it is empty)")
        missing = _missing_bytes(path)
        if not missing:
            return _read(path)
        with TemporaryDirectory() as folder:
            copy = Path(folder) / path.name
            for suffix in ("", "-wal"):
                if Path(f"{path}{suffix}").exists():
                    shutil.copyfile(f"{path}{suffix}", f"{copy}{suffix}")
            os.truncate(copy, copy.stat().st_size + missing)
            return _read(copy)
    except (OSError, sqlite3.Error) as error:
        raise DamagedStoreError(f"nothing of {path} can be read ({error})") from error


def _missing_bytes(path: Path) -> int:
    """How much shorter a file is than its header says (https://sqlite.org/fileformat2.html).

    A copy that was broken off reads as nothing at all unless it has its full length.
    """
    with path.open("rb") as file:
        header = file.read(32)
    if len(header) < 32 or not header.startswith(b"SQLite format 3\0"):
        return 0
    page_bytes, pages = int.from_bytes(header[16:18], "big"), int.from_bytes(header[28:32], "big")
    return max(pages * (65536 if page_bytes == 1 else page_bytes) - path.stat().st_size, 0)


def _read(path: Path) -> Rescued:
    address = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True)) as conn:
        # What cannot be read of the list of tables is passed over: else nothing would be read.
        conn.execute("PRAGMA writable_schema = ON")
        statements = [_statement(conn, id_) for id_ in range(1, _last_id(conn) + 1)]
        folders = tuple(row[0] for row in _rows(conn, "SELECT path FROM roots"))
        playlists, saved_lists = _playlists(conn), _saved_lists(conn)
        settings, bans = _settings(conn), _bans(conn)
        exclusions = tuple(
            pattern
            for (pattern,) in _rows(conn, "SELECT pattern FROM exclusions")
            if isinstance(pattern, str)
        )
    read = tuple(statement for statement in statements if statement is not None)
    lost = len(statements) - len(read)
    return Rescued(folders, read, lost, playlists, saved_lists, settings, bans, exclusions)


def _playlists(conn: sqlite3.Connection) -> tuple[PlaylistStatement, ...]:
    """Playlists with those of their songs that can be read."""
    sql = "SELECT id, profile, name, made_at_s, changed_at_s FROM playlists"
    return tuple(
        PlaylistStatement(
            profile, name, made_at_s, changed_at_s,
            tuple(stated_item(r) for r in _rows(conn, STATED_ITEMS, id_) if _is_item(r)),
        )
        for id_, profile, name, made_at_s, changed_at_s in _rows(conn, sql)
        if all(isinstance(text, str) and text for text in (profile, name))
        and _is_time(made_at_s) and _is_time(changed_at_s)
    )  # fmt: skip


def _saved_lists(conn: sqlite3.Connection) -> tuple[StoredList, ...]:
    """The recipes of lists that can be read."""
    rows = _rows(conn, "SELECT profile, name, request, file, relative FROM saved_lists")
    return tuple(
        StoredList(
            profile, name, json.loads(request),
            os.fsdecode(file) if isinstance(file, bytes) else None, bool(relative),
        )
        for profile, name, request, file, relative in rows
        if _are_texts(profile, name) and _is_json(request, dict)
    )  # fmt: skip


def _settings(conn: sqlite3.Connection) -> tuple[StoredSetting, ...]:
    """What was set: a word, a number, or a list."""
    rows = _rows(conn, "SELECT profile, name, value FROM settings")
    return tuple(
        (profile, name, value)
        for profile, name, value in rows
        if _are_texts(profile, name)
        and (value in ("on", "off") or _is_json(value, list, float, int))
    )


def _bans(conn: sqlite3.Connection) -> tuple[StoredBan, ...]:
    rows = _rows(conn, "SELECT profile, kind, value FROM bans")
    return tuple((row[0], Ban(row[1], row[2])) for row in rows if _are_texts(*row))


def _are_texts(*values: object) -> bool:
    return all(isinstance(value, str) and value for value in values)


def _is_json(value: object, *kinds: type) -> bool:
    """Whether a text holds a value of one of these kinds."""
    if not isinstance(value, str):
        return False
    with suppress(ValueError, RecursionError):
        return isinstance(json.loads(value), kinds)
    return False


def _is_item(row: tuple[Any, ...]) -> bool:
    """Whether a row of STATED_ITEMS holds what it must have held."""
    identity, path, title, artist, _ = row
    texts = (identity, title, artist)
    return isinstance(path, bytes) and all(isinstance(text, str) for text in texts)


def _last_id(conn: sqlite3.Connection) -> int:
    """The id of the newest feedback. Raises sqlite3.Error where no table can be found."""
    conn.execute("SELECT 1 FROM sqlite_master").fetchone()
    newest = (
        *_rows(conn, "SELECT seq FROM sqlite_sequence WHERE name = 'feedback'"),
        *_rows(conn, "SELECT max(id) FROM feedback"),
    )
    return max((row[0] for row in newest if isinstance(row[0], int)), default=0)


def _rows(conn: sqlite3.Connection, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """All rows up to the first damage."""
    rows: list[tuple[Any, ...]] = []
    with suppress(sqlite3.Error):
        rows.extend(conn.execute(sql, values))
    return rows


def _statement(conn: sqlite3.Connection, id_: int) -> Statement | None:
    """One piece of feedback, None where it or its song cannot be read as it must have been."""
    for profile, track_id, kind, value, at_s, source, undoes, context in _rows(
        conn,
        "SELECT profile, track_id, kind, value, at_s, source, undoes, context FROM feedback "
        "WHERE id = ?",
        id_,
    ):
        songs = _rows(conn, "SELECT identity FROM tracks WHERE id = ?", track_id)
        texts = (profile, kind, source, songs[0][0] if songs else None)
        if all(isinstance(text, str) and text for text in texts) and _is_time(at_s):
            place = os.fsdecode(_place(conn, track_id))
            identity = songs[0][0]
            readable = context if isinstance(context, str) else None
            return Statement(
                id_, profile, identity, kind, value, at_s, source, undoes, place, readable
            )
    return None


def _place(conn: sqlite3.Connection, track_id: int) -> bytes:
    """Where a song was, empty where that cannot be read."""
    places = (
        *_rows(conn, "SELECT path FROM files WHERE track_id = ? LIMIT 1", track_id),
        *_rows(conn, "SELECT path FROM imported_paths WHERE track_id = ?", track_id),
    )
    return next((row[0] for row in places if isinstance(row[0], bytes)), b"")


def _is_time(at_s: object) -> bool:
    return isinstance(at_s, (int, float)) and math.isfinite(at_s)
