"""Playlists, and the journal from which every change of one is taken back."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from musicrec_core.ordered import Splice
from musicrec_core.records import Track
from musicrec_core.store.connection import CHUNK
from musicrec_core.store.playlist_records import (
    STATED_ITEMS,
    PlaylistCounts,
    PlaylistEntry,
    PlaylistStatement,
    StoredChange,
    StoredPlaylist,
    folded_name,
    packed,
    stated_item,
    unpacked,
)

KEPT_CHANGES = 200
"""Of each profile; older ones are forgotten."""


_CHANGE = "id, playlist_id, kind, text, at_s, name_before, name_after, position, removed, added"


class PlaylistsTable:
    """Queries over playlists, their entries and what was changed."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def all(self, profile: str | None = None) -> list[StoredPlaylist]:
        """Those of a profile, or of everyone, in the order of their names."""
        rows = self._conn.execute(
            "SELECT id, profile, name, made_at_s, changed_at_s FROM playlists "
            "WHERE ?1 IS NULL OR profile = ?1 ORDER BY profile, folded",
            (profile,),
        )
        return [StoredPlaylist(*row) for row in rows]

    def named(self, profile: str, name: str) -> StoredPlaylist | None:
        """The one of that name, in whatever case and with or without accents."""
        row = self._conn.execute(
            "SELECT id, profile, name, made_at_s, changed_at_s FROM playlists "
            "WHERE profile = ? AND folded = ?",
            (profile, folded_name(name)),
        ).fetchone()
        return StoredPlaylist(*row) if row else None

    def with_id(self, playlist_id: int) -> StoredPlaylist | None:
        """The one with a key, None where it was deleted."""
        row = self._conn.execute(
            "SELECT id, profile, name, made_at_s, changed_at_s FROM playlists WHERE id = ?",
            (playlist_id,),
        ).fetchone()
        return StoredPlaylist(*row) if row else None

    def entries(self, playlist_id: int) -> tuple[PlaylistEntry, ...]:
        """In their order."""
        rows = self._conn.execute(
            "SELECT track_id, guest FROM playlist_items WHERE playlist_id = ? ORDER BY position",
            (playlist_id,),
        )
        return tuple(PlaylistEntry(track_id, bool(guest)) for track_id, guest in rows)

    def counts(self, profile: str) -> dict[int, PlaylistCounts]:
        """By playlist that has entries."""
        rows = self._conn.execute(
            "SELECT playlist_id, count(*), sum(tracks.present > 0), sum(guest), "
            "sum(coalesce((SELECT max(duration_s) FROM files WHERE files.track_id = i.track_id), "
            "0)) FROM playlist_items AS i JOIN playlists ON playlists.id = playlist_id "
            "JOIN tracks ON tracks.id = i.track_id WHERE profile = ? GROUP BY playlist_id",
            (profile,),
        )
        return {row[0]: PlaylistCounts(*row[1:]) for row in rows}

    def put(
        self, profile: str, playlist_id: int | None, name: str,
        entries: Sequence[PlaylistEntry], at_s: float,
    ) -> int:  # fmt: skip
        """Make a playlist, or give one another name and other entries; returns its key."""
        cursor = self._conn.execute(
            "INSERT INTO playlists (id, profile, name, folded, made_at_s, changed_at_s) "
            "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
            "name = excluded.name, folded = excluded.folded, changed_at_s = excluded.changed_at_s "
            "RETURNING id",
            (playlist_id, profile, name, folded_name(name), at_s, at_s),
        )
        key = int(cursor.fetchone()[0])
        self._conn.execute("DELETE FROM playlist_items WHERE playlist_id = ?", (key,))
        self._conn.executemany(
            "INSERT INTO playlist_items (playlist_id, position, track_id, guest) "
            "VALUES (?, ?, ?, ?)",
            [(key, at, entry.track_id, entry.guest) for at, entry in enumerate(entries)],
        )
        return key

    def delete(self, playlist_id: int) -> None:
        """The playlist and its entries; its journal stays."""
        self._conn.execute("DELETE FROM playlists WHERE id = ?", (playlist_id,))

    # --- the journal ---

    def log(
        self, profile: str, playlist_id: int, kind: str, text: str, at_s: float,
        names: tuple[str | None, str | None], splice: Splice[PlaylistEntry],
    ) -> int:  # fmt: skip
        """Append a change; what was undone of this playlist can be done again no more."""
        self._conn.execute(
            "DELETE FROM playlist_changes WHERE playlist_id = ? AND undone_as IS NOT NULL",
            (playlist_id,),
        )
        cursor = self._conn.execute(
            "INSERT INTO playlist_changes (profile, playlist_id, kind, text, at_s, name_before, "
            "name_after, position, removed, added) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                profile, playlist_id, kind, text, at_s, *names, splice.position,
                packed(splice.removed), packed(splice.added),
            ),
        )  # fmt: skip
        self._conn.execute(
            "DELETE FROM playlist_changes WHERE profile = ?1 AND id <= (SELECT id FROM "
            "playlist_changes WHERE profile = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
            (profile, KEPT_CHANGES),
        )
        return int(cursor.lastrowid or 0)

    def last_done(self, profile: str, playlist_id: int | None = None) -> StoredChange | None:
        """The newest change that was not undone, of all playlists or of one."""
        return self._change("undone_as IS NULL", "id", profile, playlist_id)

    def done(self, profile: str, change_id: int) -> StoredChange | None:
        """A change by its key, None where it was undone or forgotten."""
        return self._change(f"undone_as IS NULL AND id = {int(change_id)}", "id", profile, None)

    def last_undone(self, profile: str, playlist_id: int | None = None) -> StoredChange | None:
        """The change that was undone last."""
        return self._change("undone_as IS NOT NULL", "undone_as", profile, playlist_id)

    def mark(self, change_id: int, *, undone: bool) -> None:
        """A change was undone, or done again."""
        latest = "(SELECT coalesce(max(undone_as), 0) + 1 FROM playlist_changes)"
        self._conn.execute(
            f"UPDATE playlist_changes SET undone_as = {latest if undone else 'NULL'} WHERE id = ?",
            (change_id,),
        )

    def rejected(self, profile: str, since_s: float) -> set[int]:
        """Tracks that were rejected as guests since then, unless that was undone."""
        rows = self._conn.execute(
            "SELECT removed, added FROM playlist_changes WHERE profile = ? AND kind = 'reject' "
            "AND at_s >= ? AND undone_as IS NULL",
            (profile, since_s),
        )
        # What stands between two that went is in both.
        gone = (set(unpacked(removed)) - set(unpacked(added)) for removed, added in rows)
        return {entry.track_id for entries in gone for entry in entries if entry.guest}

    def _change(
        self, condition: str, order: str, profile: str, playlist_id: int | None
    ) -> StoredChange | None:
        row = self._conn.execute(
            f"SELECT {_CHANGE} FROM playlist_changes WHERE profile = ?1 AND {condition} "
            f"AND (?2 IS NULL OR playlist_id = ?2) ORDER BY {order} DESC LIMIT 1",
            (profile, playlist_id),
        ).fetchone()
        if row is None:
            return None
        splice = Splice(row[7], unpacked(row[8]), unpacked(row[9]))
        return StoredChange(row[0], row[1], row[2], row[3], row[4], row[5], row[6], splice)

    # --- what songs were called, for those whose files are forgotten ---

    def remember(self, tracks: Iterable[Track]) -> None:
        """Keep the names of songs that come into a playlist."""
        self._conn.executemany(
            "INSERT OR REPLACE INTO playlist_songs (track_id, path, title, artist, album, "
            "duration_s) VALUES (?, ?, ?, ?, ?, ?)",
            [(t.id, os.fsencode(t.path), t.title, t.artist, t.album, t.duration_s) for t in tracks],
        )

    def remembered(self, track_ids: Iterable[int]) -> dict[int, Track]:
        """Songs by what they were called when they came into a playlist."""
        ids = list(dict.fromkeys(track_ids))
        tracks: dict[int, Track] = {}
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            for track_id, path, title, artist, album, duration_s in self._conn.execute(
                "SELECT track_id, path, title, artist, album, duration_s FROM playlist_songs "
                f"WHERE track_id IN ({marks})",
                chunk,
            ):
                tracks[track_id] = Track(
                    track_id, os.fsdecode(path), title, artist, album, duration_s=duration_s
                )
        return tracks

    # --- from and to other databases ---

    def statements(self) -> Iterator[PlaylistStatement]:
        """Every playlist of every profile."""
        for playlist in self.all():
            rows = self._conn.execute(STATED_ITEMS, (playlist.id,))
            yield PlaylistStatement(
                playlist.profile, playlist.name, playlist.made_at_s, playlist.changed_at_s,
                tuple(stated_item(row) for row in rows),
            )  # fmt: skip

    def take(self, playlist: PlaylistStatement, entries: Sequence[PlaylistEntry]) -> None:
        """Keep one from elsewhere with its own times; its name is free."""
        key = self.put(playlist.profile, None, playlist.name, entries, playlist.changed_at_s)
        self._conn.execute(
            "UPDATE playlists SET made_at_s = ? WHERE id = ?", (playlist.made_at_s, key)
        )
