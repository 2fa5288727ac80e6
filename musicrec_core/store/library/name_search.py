"""Songs by names that may be mistyped; all of it is served by an index, in milliseconds."""

from __future__ import annotations

import sqlite3
import string
from collections.abc import Sequence
from dataclasses import dataclass

from musicrec_core.store.connection import CHUNK
from musicrec_core.store.library.search import quoted

_LETTERS = string.ascii_lowercase + string.digits
_COLUMNS = "track_id, title, folded_title, folded_artist, folded_album_artist"
_THERE = "state = 'present' AND track_id IS NOT NULL"


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A present file by its names; all but `written`, its title as tagged, are folded."""

    track_id: int
    written: str
    title: str
    artist: str
    album_artist: str


class NameSearch:
    """Candidates for a title and an artist; who asks ranks them."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def titled(self, title: str, limit: int) -> list[NamedFile]:
        """Files of exactly that folded title."""
        return self._rows(f"FROM files WHERE folded_title = ? AND {_THERE} LIMIT ?", title, limit)

    def by(self, artist: str, limit: int) -> list[NamedFile]:
        """Files of exactly that folded artist, or album artist."""
        own = self._rows(f"FROM files WHERE folded_artist = ? AND {_THERE} LIMIT ?", artist, limit)
        return own + self._rows(
            "FROM files WHERE folded_album_artist = ? AND folded_album_artist != folded_artist "
            f"AND {_THERE} LIMIT ?", artist, limit,
        )  # fmt: skip

    def holding(self, groups: Sequence[Sequence[str]], limit: int) -> list[NamedFile]:
        """Files whose title and artist together hold a word of each group; none of no groups."""
        if not groups or not all(groups):
            return []
        query = " AND ".join("(" + " OR ".join(map(quoted, words)) + ")" for words in groups)
        return self._rows(
            "FROM (SELECT rowid AS hit FROM search WHERE search MATCH ? LIMIT ?) "
            f"JOIN files ON files.id = hit WHERE {_THERE}",
            "{title artist} : (" + query + ")", limit,
        )  # fmt: skip

    def is_word(self, word: str) -> bool:
        """Whether any file says it."""
        row = self._conn.execute(
            "SELECT 1 FROM search WHERE search MATCH ? LIMIT 1", (quoted(word),)
        )
        return row.fetchone() is not None

    def one_mistake_away(self, word: str) -> list[str]:
        """The words of the library that one slip of the keys makes this word of."""
        names: list[str] = []
        near = sorted(slips(word))
        for start in range(0, len(near), CHUNK):
            chunk = near[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            sql = f"SELECT term FROM search_words WHERE term IN ({marks})"
            names += (row[0] for row in self._conn.execute(sql, chunk))
        return names

    def _rows(self, source: str, *values: object) -> list[NamedFile]:
        return [
            NamedFile(*row) for row in self._conn.execute(f"SELECT {_COLUMNS} {source}", values)
        ]


def slips(word: str) -> set[str]:
    """The word with a letter less, changed or more, or with two neighbours in the other order."""
    letters = dict.fromkeys((*_LETTERS, *word)) if word.isascii() else dict.fromkeys(word)
    parts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    made = {a + b[1:] for a, b in parts if b}
    made |= {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    made |= {a + letter + b[1:] for a, b in parts if b for letter in letters}
    made |= {a + letter + b for a, b in parts for letter in letters}
    return made - {word, ""}
