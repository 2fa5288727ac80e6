"""Constraints that name something: an artist, an album, a track, a playlist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.notices import Notice
from musicrec_core.app.scores.sound_words import SoundWords
from musicrec_core.app.wishes.judgement import Constraint, Judgement
from musicrec_core.recommender.ranking import Nearness, z_scores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from musicrec_core.app.lists.person import Person
    from musicrec_core.records import FloatArray, IntArray

NAMED = 8.0
"""Deviations that being what was named counts: more than any likeness."""
CLOSE = 1.5
"""Deviations nearer than an ordinary song, from where on it is said."""
MOST_BY_WORDS = 300_000  # songs; beyond, moods are not compared song by song
_RESEMBLING = re.compile(
    r"(like|similar to|style of|vein of|lines of|reminiscent of|inspired by|fans? of|close to|"
    r"resembling|a la|meets|vibes? of|kind of|sort of)\s*(the|early|late|old|new|a|an|more)?\s*$"
)
_OF_SONG = re.compile(r"\b(song|track|tune)\b\W*(called|named|is)?\W*$")
_OF_ALBUM = re.compile(r"\b(album|record|lp|ep|from|off)\b\W*(called|named|the|of)?\W*$")


def artist(constraint: Constraint) -> Judgement:
    """Songs by an artist, or like that artist's where the words say so."""
    ids = constraint.person.context.store.search.by_artist(constraint.word)
    rows = constraint.person.catalogue.rows_of(ids)
    if len(rows):
        return _named(constraint, rows, f"by {constraint.word}")
    other = _called_so(constraint)
    if other is not None:
        return other
    near = _style_of(constraint)
    absent = Notice("wish-absent", {"name": constraint.word})
    if near is None or constraint.chip.negated:
        return Judgement(notices=(() if constraint.chip.negated else (absent,)))
    return Judgement(near, tell=_close(near, constraint.word), notices=(absent,))


def _called_so(constraint: Constraint) -> Judgement | None:
    """Songs or albums of that name, where no artist has it: capitals alone tell not which."""
    search = constraint.person.context.store.search
    for ids in (search.full_matches(constraint.word), search.of_album(constraint.word)):
        rows = constraint.person.catalogue.rows_of(ids)
        if len(rows):
            return _named(constraint, rows, constraint.word)
    return None


def album(constraint: Constraint) -> Judgement:
    """Songs of an album, or like them; songs of that title where the words do not say album."""
    search = constraint.person.context.store.search
    ids = search.of_album(constraint.word)
    if not _OF_ALBUM.search(constraint.before):
        titled = set(search.full_matches(constraint.word))
        ids = titled if titled and _OF_SONG.search(constraint.before) else ids | titled
    return _named_or_absent(constraint, ids, f"from {constraint.word}")


def track(constraint: Constraint) -> Judgement:
    """A song by its title, or what is like it."""
    ids = constraint.person.context.store.search.full_matches(constraint.word)
    return _named_or_absent(constraint, ids, constraint.word)


def likeness(person: Person, rows: IntArray) -> FloatArray:
    """Float32 [n]: z-scores of how near songs lie to some rows, by all that is known."""
    few = len(person.catalogue) <= MOST_BY_WORDS
    words = SoundWords.of(person.context, person.catalogue) if few else None
    nearness = Nearness.of(person.catalogue, None if words is None else words.all_heard)
    parts = nearness.parts(rows[:: max(1, len(rows) // 32)])
    return z_scores(sum(parts.values(), np.zeros(len(person.catalogue), np.float32)))


def _named_or_absent(constraint: Constraint, ids: Iterable[int], says: str) -> Judgement:
    rows = constraint.person.catalogue.rows_of(ids)
    if len(rows):
        return _named(constraint, rows, says)
    return Judgement(notices=(Notice("wish-absent", {"name": constraint.word}),))


def _named(constraint: Constraint, rows: IntArray, says: str) -> Judgement:
    """Being it; the nearest to it follow, and come first where only likeness was asked for."""
    size = len(constraint.person.catalogue)
    it = np.zeros(size, np.bool_)
    it[rows] = True
    if constraint.chip.negated:
        return Judgement(rows=it)
    near = likeness(constraint.person, rows)
    if _RESEMBLING.search(constraint.before):
        return Judgement(near, None, _close(near, constraint.word), like=rows)
    fit: FloatArray = (near + np.float32(NAMED) * it).astype(np.float32)
    return Judgement(fit, it, lambda row: says if it[row] else _close(near, constraint.word)(row))


def _style_of(constraint: Constraint) -> FloatArray | None:
    """Float32 [n]: how near songs lie to an artist who is only on the map; None where neither."""
    culture = constraint.person.context.culture
    vector = culture.track_vectors([constraint.word], [{}])[0]
    if not np.isfinite(vector).all():
        return None
    near: FloatArray = z_scores(constraint.person.catalogue.along("culture", vector))
    return near


def _close(near: FloatArray, name: str) -> Callable[[int], str | None]:
    """What is true where a song lies nearer than nearly all others do."""
    limit = max(CLOSE, float(np.quantile(near, 0.9))) if len(near) else CLOSE
    return lambda row: f"close to {name}" if near[row] > limit else None
