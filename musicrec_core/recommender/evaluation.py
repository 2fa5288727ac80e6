"""Honest evaluation on a table of ratings: whole groups held out, each user apart, baselines.

A held-out group (an artist, by default) is unseen by every user of its fold. The group itself is
no input: every recording counts as being by someone unknown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from musicrec_core.errors import TableError
from musicrec_core.recommender import baselines, metrics
from musicrec_core.recommender.crowd import Crowd
from musicrec_core.recommender.dataset import Catalogue, History
from musicrec_core.recommender.taste import fitting
from musicrec_core.recommender.taste.forward import sigmoid
from musicrec_core.recommender.taste.personal import library_inputs
from musicrec_core.recommender.taste.prior import Prior
from musicrec_core.recommender.threads import single_thread
from musicrec_core.records import Metrics, Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musicrec_core.recommender.taste.forward import TasteNet
    from musicrec_core.records import FloatArray, IntArray

MOST_TAG_COLUMNS = 24
RAREST_TAG = 0.01
MODEL = "musicrec"
FEWEST_ROWS = 2
USERS_AT_LENGTH = 30
"""More users than these get a quicker training each."""


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


class Prediction(NamedTuple):
    """A score in [0, 1] for a rating that was held out."""

    user_id: str
    track_id: str
    fold: int
    score: float


@dataclass(frozen=True, slots=True, repr=False)
class Evaluation:
    """`mean` averages folds, then users; so does every baseline."""

    users: int
    folds: int
    mean: Metrics
    baselines: dict[str, Metrics]
    predictions: tuple[Prediction, ...]


def evaluate(
    table: EvaluationTable,
    *,
    folds: int = 5,
    seed: int = 0,
    bundled: TasteNet | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Evaluation:
    """Evaluate the personal model and the baselines. Raises TableError when nothing can be."""
    table = _one_rating_a_pair(table)
    if not len(table.ratings):
        raise TableError("there are no ratings to evaluate on")
    groups = np.unique(_own_codes(table.groups)[table.tracks])
    if len(groups) < 2:
        raise TableError("all rated tracks are of one group, so none can be held out")
    folds = min(folds, len(groups))
    bench = _Bench.of(table, folds, seed, bundled)
    guesses = {name: baselines.Guess.blank(len(table.ratings)) for name in bench.names}
    steps = folds * len(table.user_ids)
    with single_thread():
        for held in range(folds):
            crowd = bench.crowd(held)
            for user in range(len(table.user_ids)):
                bench.guess(user, held, crowd, guesses)
                if progress:
                    progress(Progress("evaluating", held * len(table.user_ids) + user + 1, steps))
            bench.guess_by_all(held, guesses)
    return _summary(bench, guesses)


def _one_rating_a_pair(table: EvaluationTable) -> EvaluationTable:
    """Where one user rated a track repeatedly, the last row counts."""
    from dataclasses import replace

    pairs = table.users * len(table.track_ids) + table.tracks
    _, last = np.unique(pairs[::-1], return_index=True)
    kept = np.sort(len(pairs) - 1 - last)
    return replace(
        table, users=table.users[kept], tracks=table.tracks[kept], ratings=table.ratings[kept]
    )


def _own_codes(groups: IntArray) -> IntArray:
    """Codes in which everyone unknown is someone else."""
    return np.where(groups < 0, groups.max(initial=0) + 1 + np.arange(len(groups)), groups)


def liked(ratings: FloatArray) -> FloatArray:
    """1 for 4 and more, 0 for 2 and less, NaN between."""
    opinion: FloatArray = np.where(ratings >= 4, 1, np.where(ratings <= 2, 0, np.nan)).astype(
        np.float32
    )
    return opinion


@dataclass(frozen=True, slots=True, repr=False)
class _Bench:
    """The table as a catalogue, and the fold of every rating [r]."""

    table: EvaluationTable
    catalogue: Catalogue
    fold: IntArray
    folds: int
    seed: int
    bundled: TasteNet | None

    @classmethod
    def of(cls, table: EvaluationTable, folds: int, seed: int, bundled: TasteNet | None) -> _Bench:
        codes = _own_codes(table.groups)[table.tracks]
        fold = metrics.grouped_folds(codes, folds, seed, liked(table.ratings))
        return cls(table, _catalogue(table), fold, folds, seed, bundled)

    @property
    def names(self) -> tuple[str, ...]:
        return (MODEL, *baselines.ONE_PERSON, *baselines.EVERYBODY)

    def crowd(self, held: int) -> Crowd | None:
        """What all users together like, from the other folds; None for a user alone."""
        if self.bundled:
            return None  # in a library each user is alone, as its owner is
        train = np.flatnonzero(self.fold != held)
        table = self.table
        return Crowd.of(
            self.catalogue, _own_codes(table.groups), table.users[train], table.tracks[train],
            table.ratings[train], self.seed,
        )  # fmt: skip

    def guess(
        self, user: int, held: int, crowd: Crowd | None, guesses: dict[str, baselines.Guess]
    ) -> None:
        """What is learned from one user's other folds says of the fold held out."""
        own = self.table.users == user
        train = np.flatnonzero(own & (self.fold != held))
        test = np.flatnonzero(own & (self.fold == held))
        if not len(test):
            return
        known, goal = self._known(train), self._known(test)
        for name, baseline in baselines.ONE_PERSON.items():
            guesses[name].put(test, baseline(known, goal, self.seed))
        guesses[MODEL].put(test, self._by_model(train, test, crowd))

    def guess_by_all(self, held: int, guesses: dict[str, baselines.Guess]) -> None:
        """The baselines that learn from all users' other folds."""
        train, test = np.flatnonzero(self.fold != held), np.flatnonzero(self.fold == held)
        for name, baseline in baselines.EVERYBODY.items():
            guesses[name].put(test, baseline(self._known(train), self._known(test), self.seed))

    def _known(self, rows: IntArray) -> baselines.Known:
        ratings, tracks = self.table.ratings[rows], self.table.tracks[rows]
        inputs = self.catalogue.columns[tracks]
        return baselines.Known(inputs, liked(ratings), ratings, self.table.users[rows], tracks)

    def _by_model(self, train: IntArray, test: IntArray, crowd: Crowd | None) -> baselines.Guess:
        history = self._history(train)
        told = fitting.Opinions.of(history)
        if len(told) < FEWEST_ROWS or not (told.both or crowd):
            return baselines.prior_mean(self._known(train), self._known(test), self.seed)
        lesson = fitting.Lesson.of(
            self.catalogue, history, _own_codes(self.table.groups), self.seed, Prior.none()
        )
        rows = len(lesson.told)
        few = len(self.table.user_ids) <= USERS_AT_LENGTH
        effort = fitting.Effort.for_table(rows) if few else fitting.Effort.for_rows(rows)
        net = fitting.train(
            lesson,
            crowd.net if crowd else self.bundled,
            seed=self.seed,
            effort=effort,
            prior_logits=crowd.unseen_logits[lesson.told.rows] if crowd else None,
        )
        goal = library_inputs(
            lesson.plan, self.catalogue, history, self.table.tracks[test], None, Prior.none()
        )
        scores = net.scores(goal.matrix)
        ratings = net.ratings(scores)
        if ratings is None:
            ratings = 1 + 4 * sigmoid(net.logits(goal.matrix))
        return baselines.Guess(scores, ratings)

    def _history(self, rows: IntArray) -> History:
        ratings = self.table.ratings[rows]
        values = ((ratings - 3) / 2).astype(np.float32)
        return History(self.table.tracks[rows], values, ratings, np.zeros(len(rows), np.float32))


def _catalogue(table: EvaluationTable) -> Catalogue:
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


def _summary(bench: _Bench, guesses: dict[str, baselines.Guess]) -> Evaluation:
    table = bench.table
    means = {name: _mean_of_users(bench, guess) for name, guess in guesses.items()}
    scores = guesses[MODEL].scores
    predictions = tuple(
        Prediction(table.user_ids[user], table.track_ids[track], int(fold), round(float(score), 6))
        for user, track, fold, score in zip(
            table.users, table.tracks, bench.fold, scores, strict=True
        )
    )
    mean = means.pop(MODEL)
    return Evaluation(len(np.unique(table.users)), bench.folds, mean, means, predictions)


def _mean_of_users(bench: _Bench, guess: baselines.Guess) -> Metrics:
    users = [np.flatnonzero(bench.table.users == user) for user in np.unique(bench.table.users)]
    return metrics.average([_mean_of_folds(bench, guess, rows) for rows in users])


def _mean_of_folds(bench: _Bench, guess: baselines.Guess, rows: IntArray) -> Metrics:
    """The mean over the folds; over all predictions together if a fold lacks likes or dislikes."""
    ratings = bench.table.ratings
    parts = [rows[bench.fold[rows] == fold] for fold in np.unique(bench.fold[rows])]
    one_sided = any(len(np.unique(_told(liked(ratings[part])))) < 2 for part in parts)
    return metrics.average([
        metrics.measure(guess.scores[p], liked(ratings[p]), guess.ratings[p], ratings[p])
        for p in ([rows] if one_sided else parts)
    ])  # fmt: skip


def _told(opinions: FloatArray) -> Sequence[float]:
    known: list[float] = opinions[np.isfinite(opinions)].tolist()
    return known
