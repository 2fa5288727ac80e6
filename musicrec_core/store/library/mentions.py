"""Songs whose names stand in what somebody said."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from musicrec_core.store.connection import CHUNK
from musicrec_core.store.library.search import quoted

MOST_WORDS = 60  # of a text in which names are looked for
MENTIONS_TRIED = 200


@dataclass(frozen=True, slots=True)
class Names:
    """The folded title, artist and album of a track."""

    title: str
    artist: str
    album: str


class MentionSearch:
    """Full-text search for any word of a text, and what the songs found are called."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def ranked(self, words: Sequence[str], limit: int) -> dict[int, float]:
        """How well each track's names match any of the words (BM25, above 0), the best of them."""
        if not words:
            return {}
        query = " OR ".join(quoted(word) for word in words)
        rows = self._conn.execute(
            "SELECT track_id, hit.rank FROM (SELECT rowid AS id, bm25(search, 1, 1, 1, 0, 0, 0) "
            "AS rank FROM search WHERE search MATCH ? ORDER BY rank LIMIT ?) AS hit "
            "JOIN files ON files.id = hit.id "
            "WHERE state = 'present' AND track_id IS NOT NULL AND hit.rank < 0",
            ("{title artist album} : (" + query + ")", limit),
        )
        best: dict[int, float] = {}
        for track_id, rank in rows:
            best[track_id] = max(best.get(track_id, 0.0), -rank)
        return best

    def names(self, track_ids: Iterable[int]) -> dict[int, Names]:
        """What present files of these tracks are called."""
        ids, named = list(track_ids), dict[int, Names]()
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            rows = self._conn.execute(
                "SELECT track_id, folded_title, folded_artist, folded_album FROM files "
                f"WHERE track_id IN ({', '.join('?' * len(chunk))}) AND state = 'present'",
                chunk,
            )
            named.update((row[0], Names(*row[1:])) for row in rows)
        return named

    def counts(self, words: Sequence[str]) -> Mapping[str, int]:
        """In how many files each of the words stands; those that stand in none are left out."""
        rows = self._conn.execute(
            f"SELECT term, doc FROM search_words WHERE term IN ({', '.join('?' * len(words))})",
            list(words),
        )
        return dict(rows.fetchall())

    def named_in(self, folded: str) -> set[int]:
        """Track ids whose title and artist both stand in a folded text."""
        near = self.ranked(folded.split()[:MOST_WORDS], MENTIONS_TRIED)
        spaced = f" {folded} "
        return {
            track_id
            for track_id, names in self.names(near).items()
            if names.artist
            and names.title
            and f" {names.artist} " in spaced
            and f" {names.title} " in spaced
        }
