"""What a person set about guards, what they banned, and which tracks that means."""

from __future__ import annotations

import sqlite3

from musicrec_core.folding import fold
from musicrec_core.records import Ban

StoredBan = tuple[str, Ban]
"""A profile, and what it banned."""
StoredSetting = tuple[str, str, str]
"""A profile, a name and what was set."""
_PRESENT = "state = 'present' AND track_id IS NOT NULL"
_INDEXED = "(seasonal IS NOT NULL OR kind != 'song')"  # as the index of marked files says it


class GuardedTable:
    """Queries over settings, bans and what guards look at."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def setting(self, profile: str, name: str) -> str | None:
        """What was set, None where nothing was."""
        row = self._conn.execute(
            "SELECT value FROM settings WHERE profile = ? AND name = ?", (profile, name)
        ).fetchone()
        return None if row is None else str(row[0])

    def set_setting(self, profile: str, name: str, value: str) -> None:
        """Set it, in place of what was set before."""
        self._conn.execute(
            "INSERT OR REPLACE INTO settings (profile, name, value) VALUES (?, ?, ?)",
            (profile, name, value),
        )

    def all_settings(self) -> list[StoredSetting]:
        """Everyone's, in the order of profiles and names."""
        rows = self._conn.execute("SELECT profile, name, value FROM settings ORDER BY 1, 2")
        return [(profile, name, value) for profile, name, value in rows]

    def all_bans(self) -> list[StoredBan]:
        """Everyone's, in the order in which they were made."""
        rows = self._conn.execute("SELECT profile, kind, value FROM bans ORDER BY id")
        return [(profile, Ban(kind, value)) for profile, kind, value in rows]

    def bans(self, profile: str) -> list[Ban]:
        """In the order in which they were made."""
        rows = self._conn.execute(
            "SELECT kind, value FROM bans WHERE profile = ? ORDER BY id", (profile,)
        )
        return [Ban(kind, value) for kind, value in rows]

    def ban(self, profile: str, ban: Ban) -> None:
        """Once is enough."""
        self._conn.execute(
            "INSERT OR IGNORE INTO bans (profile, kind, value) VALUES (?, ?, ?)",
            (profile, ban.kind, ban.value),
        )

    def unban(self, profile: str, ban: Ban) -> bool:
        """Whether there was such a ban."""
        cursor = self._conn.execute(
            "DELETE FROM bans WHERE profile = ? AND kind = ? AND value = ?",
            (profile, ban.kind, ban.value),
        )
        return cursor.rowcount > 0

    def tracks_of(self, ban: Ban) -> set[int]:
        """The present tracks that a ban of an artist, an album or a folder speaks of."""
        match ban.kind:
            case "artist":
                name = fold(ban.value)
                rows = self._conn.execute(
                    f"SELECT track_id FROM files WHERE folded_artist = ? AND {_PRESENT} UNION "
                    "SELECT track_id FROM files WHERE folded_album_artist = ? AND "
                    f"folded_album_artist != folded_artist AND {_PRESENT} UNION "
                    "SELECT track_id FROM credits JOIN files ON files.id = file_id "
                    f"WHERE folded = ? AND {_PRESENT}",
                    (name, name, name),
                )
            case "album":
                rows = self._conn.execute(
                    f"SELECT track_id FROM files WHERE folded_album = ? AND {_PRESENT}",
                    (fold(ban.value),),
                )
            case _:
                folder = ban.value.encode("utf-8", "surrogateescape").rstrip(b"/") + b"/"
                rows = self._conn.execute(
                    f"SELECT track_id FROM files WHERE path >= ? AND path < ? AND {_PRESENT}",
                    (folder, folder[:-1] + b"0"),
                )
        return {row[0] for row in rows}

    def kinds(self, track_id: int | None = None) -> list[tuple[int, str]]:
        """(track id, kind) of present tracks that are no songs; of one track alone if asked."""
        return self._marked("kind", "kind != 'song'", track_id)

    def seasons(self, track_id: int | None = None) -> list[tuple[int, str]]:
        """(track id, season) of present tracks that belong to one; of one track alone if asked."""
        return self._marked("seasonal", "seasonal IS NOT NULL", track_id)

    def _marked(self, column: str, mark: str, track_id: int | None) -> list[tuple[int, str]]:
        query = f"SELECT track_id, {column} FROM files WHERE {mark} AND {_PRESENT} AND {_INDEXED}"
        if track_id is None:
            return self._conn.execute(query).fetchall()
        return self._conn.execute(f"{query} AND track_id = ?", (track_id,)).fetchall()
