"""Find files by words, forgiving typing mistakes."""

from __future__ import annotations

import sqlite3

from musicrec_core.folding import fold, letter_pairs, unspaced_runs

# What a whole name is held against, each served by an index; the second of two is the rest of a
# text that begins with the first.
ARTIST = ("folded_artist = ?", "folded_album_artist = ? AND folded_album_artist != folded_artist")
TITLE, ALBUM = "folded_title", "folded_album"

# A broad prefix in a million songs matches hundreds of thousands; ranking them all by bm25 takes
# most of a second, so only the first so many are ranked.
CANDIDATES = 20_000

WEIGHTS = "4.0, 3.0, 2.0, 1.0, 3.0, 1.0"  # title, artist, album, genres, terms of title, of others

SIMILAR_ENOUGH = 70.0  # rapidfuzz's 0 to 100; below it a "mistake" is another word
WORDS_TRIED = 4
LETTERS_AMISS = 2  # a word that is longer or shorter by more is no slip of the keys


class Search:
    """Full-text search over what tags and file names of present files say."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn

    def find(self, text: str, limit: int) -> list[int]:
        """File ids, best first: words and word beginnings, else the nearest known words."""
        words = fold(text).split()
        matches = self._match([[word] for word in words], limit)
        return matches or self._match([self._spellings(word) for word in words], limit)

    def holding(self, text: str, limit: int) -> list[int]:
        """File ids, best first, that hold these words, or words that begin so; none is guessed."""
        return self._match([[word] for word in fold(text).split()], limit)

    def full_matches(self, text: str) -> list[int]:
        """Track ids whose title, or artist and title, is exactly this text."""
        return sorted(self._named(text, TITLE))

    def absent(self, text: str) -> list[int]:
        """Track ids of that title, artist, album or two of them with a file that is not there."""
        track_ids = self._named(text, TITLE, present=False) | self._named(
            text, ALBUM, present=False
        )
        return sorted(track_ids | self._by(text, present=False))

    def of_name(self, text: str) -> list[int]:
        """Track ids of an artist or, where none has the name, of an album."""
        return sorted(self._by(text) | self._credited(text) or self._named(text, ALBUM))

    def by_artist(self, text: str) -> set[int]:
        """Track ids of an artist, credited among others too."""
        return self._by(text) | self._credited(text)

    def of_album(self, text: str) -> set[int]:
        """Track ids of an album, or of an artist and an album."""
        return self._named(text, ALBUM)

    def kinds_of(self, folded: str) -> frozenset[str]:
        """Which of `artist album track` have exactly this folded name."""
        kinds = {
            "artist": ARTIST[0],
            "album": f"{ALBUM} = ?",
            "track": f"{TITLE} = ?",
        }  # fmt: skip
        return frozenset(kind for kind, where in kinds.items() if self._any(where, folded))

    def _any(self, where: str, folded: str) -> bool:
        sql = f"SELECT 1 FROM files WHERE {where} AND state = 'present' LIMIT 1"
        return self._conn.execute(sql, (folded,)).fetchone() is not None

    def _by(self, text: str, *, present: bool = True) -> set[int]:
        """Track ids of an artist."""
        wanted = fold(text)
        return set().union(*(self._where(artist, (wanted,), present) for artist in ARTIST))

    def _credited(self, text: str) -> set[int]:
        """Track ids that credit an artist among others."""
        rows = self._conn.execute(
            "SELECT track_id FROM credits JOIN files ON files.id = file_id "
            "WHERE folded = ? AND state = 'present' AND track_id IS NOT NULL",
            (fold(text),),
        )
        return {row[0] for row in rows}

    def _named(self, text: str, column: str, *, present: bool = True) -> set[int]:
        """Track ids with this text in a column, or with its artist, a space and it."""
        wanted = fold(text)
        track_ids = self._where(f"{column} = ?", (wanted,), present)
        for at, letter in enumerate(wanted):
            if letter == " ":
                parts = (wanted[at + 1 :], wanted[:at])
                track_ids |= self._where(f"{column} = ? AND +folded_artist = ?", parts, present)
        return track_ids

    def _where(self, condition: str, values: tuple[str, ...], present: bool) -> set[int]:
        rows = self._conn.execute(
            f"SELECT track_id FROM files WHERE {condition} "
            "AND (state = 'present') = ? AND track_id IS NOT NULL",
            (*values, present),
        )
        return {row[0] for row in rows}

    def _match(self, alternatives: list[list[str]], limit: int) -> list[int]:
        if not alternatives or not all(alternatives):
            return []
        query = " AND ".join(
            "(" + " OR ".join(_expression(word) for word in words) + ")" for words in alternatives
        )
        rows = self._conn.execute(
            f"SELECT files.id FROM (SELECT rowid AS hit, bm25(search, {WEIGHTS}) AS rank "
            "FROM search WHERE search MATCH ? LIMIT ?) JOIN files ON files.id = hit "
            "WHERE state = 'present' ORDER BY rank, files.id LIMIT ?",
            (query, CANDIDATES, limit),
        )
        return [row[0] for row in rows]

    def _spellings(self, word: str) -> list[str]:
        """The word itself where the library knows it, else the known words most like it."""
        if word.isdigit():  # another year is no slip of the keys
            return [word]
        beginning = self._conn.execute(
            "SELECT 1 FROM search_words WHERE term >= ? AND term < ? LIMIT 1",
            (word, word + "\U0010ffff"),
        ).fetchone()
        if beginning or unspaced_runs(word)[0]:  # where a letter is a word, a near one is another
            return [word]
        from rapidfuzz import fuzz, process

        shortest, longest = len(word) - LETTERS_AMISS, len(word) + LETTERS_AMISS
        rows = self._conn.execute(
            "SELECT term FROM search_words WHERE length(term) BETWEEN ? AND ?", (shortest, longest)
        )
        terms = [row[0] for row in rows]
        near = process.extract(
            word, terms, scorer=fuzz.ratio, limit=WORDS_TRIED, score_cutoff=SIMILAR_ENOUGH
        )
        return [term for term, _, _ in near]


def _expression(word: str) -> str:
    """What full-text search looks for: words that begin so, or that hold the word inside them."""
    expression = f"{quoted(word)}*"
    runs, rests = unspaced_runs(word)
    if not runs:
        return expression
    inside = [
        quoted(" ".join(letter_pairs(run)[:-1])) if len(run) > 1 else f"{quoted(run)}*"
        for run in runs
    ] + [f"{quoted(rest)}*" for rest in rests]
    return f"{expression} OR ({' AND '.join(inside)})"


def quoted(word: str) -> str:
    """A word as full-text syntax takes it literally."""
    doubled = word.replace('"', '""').replace("\0", " ")  # which would end the expression
    return f'"{doubled}"'
