"""What a music service answered about artists, albums and tracks, and how old each answer is.

Names are folded by the caller into keys, so that every spelling of a name meets the same answer;
the name of an artist's own answers is "". Bodies are compact JSON that only this file reads.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterator
from typing import Any, TypeAlias

from musicrec_core.service_records import Answer, Lookup, Popularity, Similar, Subject, Topic
from musicrec_core.store.connection import atomic

Key: TypeAlias = tuple[str, str]
"""(artist key, name key)."""


class EnrichmentTable:
    """Queries over answers; the newest answer of any server counts."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    # --- the cache ---

    def ages(self, server: str, subject: Subject, topic: Topic) -> dict[Key, float]:
        """When each key was asked at a server, in seconds since the epoch."""
        rows = self._conn.execute(
            "SELECT artist, name, at_s FROM lookups WHERE server = ? AND subject = ? AND topic = ?",
            (server, subject, topic),
        )
        return {(artist, name): at_s for artist, name, at_s in rows}

    def put(self, lookup: Lookup, answer: Answer | None, *, at_s: float) -> bool:
        """Keep an answer in place of an older one; None where nothing fitting was found.

        Whether there is or was an answer, so that what follows from it may have changed.
        """
        with atomic(self._conn):
            row = self._conn.execute(
                "INSERT INTO lookups (server, subject, topic, artist, name, at_s) "
                "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (server, subject, topic, artist, name) "
                "DO UPDATE SET at_s = excluded.at_s RETURNING id",
                (
                    lookup.server, lookup.subject, lookup.topic, lookup.artist, lookup.name, at_s,
                ),
            ).fetchone()  # fmt: skip
            if answer is None:
                gone = self._conn.execute("DELETE FROM answers WHERE lookup_id = ?", row)
                return gone.rowcount > 0
            self._conn.execute(
                "INSERT OR REPLACE INTO answers (lookup_id, body) VALUES (?, ?)",
                (*row, _body(answer)),
            )
            return True

    def forget(self) -> int:
        """Drop all answers; returns how many lookups there were."""
        return self._conn.execute("DELETE FROM lookups").rowcount  # answers go with them

    # --- reading in bulk ---

    def tags(self, subject: Subject) -> dict[Key, tuple[tuple[str, float], ...]]:
        """Tags as listeners wrote them, weights in (0, 1], heaviest first."""
        return {
            key: tuple((name, weight) for name, weight in body["tags"])
            for key, body in self._answers(subject, "tags")
            if "tags" in body
        }

    def similar(
        self, subject: Subject, of: Container[Key] | None = None
    ) -> dict[Key, tuple[Similar, ...]]:
        """Similar artists or tracks, the most similar first; only to those in `of`, if given."""
        return {
            key: tuple(Similar(*row) for row in body["similar"])
            for key, body in self._answers(subject, "similar", of)
            if "similar" in body
        }

    def popularity(self, subject: Subject) -> dict[Key, Popularity]:
        """How many people listened, and how often."""
        return {
            key: Popularity(*body["popularity"])
            for key, body in self._answers(subject, "info")
            if "popularity" in body
        }

    def count(self, subject: Subject, topic: Topic) -> tuple[int, int]:
        """(keys asked about, keys with an answer)."""
        row = self._conn.execute(
            "SELECT count(*), count(lookup_id) FROM lookups LEFT JOIN answers ON lookup_id = id "
            "WHERE subject = ? AND topic = ?",
            (subject, topic),
        ).fetchone()
        return int(row[0]), int(row[1])

    def _answers(
        self, subject: Subject, topic: Topic, of: Container[Key] | None = None
    ) -> Iterator[tuple[Key, dict[str, Any]]]:
        """Answers, older ones first, so that a newer one of another server replaces them."""
        rows = self._conn.execute(
            "SELECT artist, name, body FROM lookups JOIN answers ON lookup_id = id "
            "WHERE subject = ? AND topic = ? ORDER BY at_s",
            (subject, topic),
        )
        for artist, name, body in rows:
            if of is None or (artist, name) in of:
                yield (artist, name), json.loads(body)


def _body(answer: Answer) -> str:
    """Everything of an answer that says something."""
    body: dict[str, object] = {"called": [answer.artist, answer.name]}
    if answer.tags:
        body["tags"] = answer.tags
    if answer.similar:
        body["similar"] = [(s.artist, s.title, s.match) for s in answer.similar]
    if answer.popularity:
        body["popularity"] = (answer.popularity.listeners, answer.popularity.playcount)
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))
