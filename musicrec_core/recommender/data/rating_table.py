"""A table of ratings, checked when made, and as the library of tracks that it speaks of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.data.dataset import Catalogue

if TYPE_CHECKING:
    from musicrec_core.records import FloatArray, IntArray

MOST_TAG_COLUMNS = 24
RAREST_TAG = 0.01


@dataclass(frozen=True, slots=True, repr=False)
class EvaluationTable:
    """n tracks and r ratings of them.

    track_ids: n texts. columns: float32 [n, A], NaN where unknown, and their names. tags: the tags
    of each track. groups: int64 [n], held out together; -1 for a group of its own.
    user_ids: u texts. users: int64 [r], positions in user_ids. tracks: int64 [r], rows.
    ratings: float32 [r], 1 to 5.
    sound, culture: float32 [n, E], as in Catalogue, where a library stands behind the table.
    """

    track_ids: tuple[str, ...]
    columns: FloatArray
    column_names: tuple[str, ...]
    tags: tuple[tuple[str, ...], ...]
    groups: IntArray
    user_ids: tuple[str, ...]
    users: IntArray
    tracks: IntArray
    ratings: FloatArray
    sound: FloatArray | None = None
    culture: FloatArray | None = None

    def __post_init__(self) -> None:
        n, r = len(self.track_ids), len(self.ratings)
        if not len(self.columns) == len(self.tags) == len(self.groups) == n:
            raise ValueError("columns, tags and groups need a row for each track")
        if not len(self.users) == len(self.tracks) == r:
            raise ValueError("users, tracks and ratings differ in length")
        if self.columns.shape[1] != len(self.column_names):
            raise ValueError("columns and column_names differ in number")


def one_rating_a_pair(table: EvaluationTable) -> EvaluationTable:
    """Where one user rated a track repeatedly, the last row counts."""
    pairs = table.users * len(table.track_ids) + table.tracks
    _, last = np.unique(pairs[::-1], return_index=True)
    latest = np.sort(len(pairs) - 1 - last)
    return replace(
        table, users=table.users[latest], tracks=table.tracks[latest], ratings=table.ratings[latest]
    )


def liked(ratings: FloatArray) -> FloatArray:
    """1 for 4 and more, 0 for 2 and less, NaN between."""
    opinion: FloatArray = np.where(ratings >= 4, 1, np.where(ratings <= 2, 0, np.nan)).astype(
        np.float32
    )
    return opinion


def as_catalogue(table: EvaluationTable) -> Catalogue:
    """The table as a library of tracks by nobody known; common tags are columns too."""
    n = len(table.track_ids)
    names = tuple(sorted({tag for tags in table.tags for tag in tags}))
    code = {name: i for i, name in enumerate(names)}
    tags = [sorted({code[tag] for tag in tags}) for tags in table.tags]
    codes = np.array([c for row in tags for c in row], np.int64)
    starts = np.concatenate([[0], np.cumsum([len(row) for row in tags], dtype=np.int64)])
    common = _common(codes, n)
    marks = np.zeros((n, len(common)), np.float32)
    for i, tag in enumerate(common):
        marks[np.repeat(np.arange(n), np.diff(starts))[codes == tag], i] = 1
    nobody, nothing = np.full(n, -1), np.zeros((n, 0), np.float32)
    columns = np.where(np.isfinite(table.columns), table.columns, np.nan).astype(np.float32)
    return Catalogue(
        track_ids=np.arange(n),
        sound=nothing if table.sound is None else table.sound,
        culture=nothing if table.culture is None else table.culture,
        columns=np.concatenate([columns, marks], axis=1),
        column_names=(*table.column_names, *(f"tag {names[t]}" for t in common)),
        artists=nobody,
        albums=nobody,
        tag_codes=codes,
        tag_starts=starts,
        tag_names=names,
    )


def _common(codes: IntArray, tracks: int) -> IntArray:
    """The most frequent tags, none rarer than one track in a hundred."""
    counts = np.bincount(codes)
    often = np.argsort(-counts, kind="stable")[:MOST_TAG_COLUMNS]
    common: IntArray = often[counts[often] >= max(2, RAREST_TAG * tracks)]
    return common
