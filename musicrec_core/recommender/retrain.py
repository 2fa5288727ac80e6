"""Learn from the feedback so far, and keep the result only where it proves better.

Candidate, current model and baselines guess the same held-out opinions: whole artists are held
out, and of them nobody is told anything, neither as training rows nor as history. A personal model
that is in use has seen old feedback, so its procedure is run again within each fold on what it
had seen; the question asked is whether learning from the new feedback helps.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender import baselines, gate, metrics
from musicrec_core.recommender.taste import calibrating, fitting
from musicrec_core.recommender.taste.forward import sigmoid
from musicrec_core.recommender.taste.personal import library_inputs
from musicrec_core.recommender.threads import single_thread
from musicrec_core.records import Metrics, Progress

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.dataset import Catalogue, History
    from musicrec_core.recommender.taste.forward import TasteNet
    from musicrec_core.records import FloatArray, IntArray

FEWEST_OF_EACH = 5
BACKGROUND = 3000
"""Recordings of the library that stand for all of it while training."""
BASELINES = tuple(baselines.ONE_PERSON)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What retraining found; `net` only when it is promoted."""

    net: TasteNet | None
    promoted: bool
    reason: str
    candidate: Metrics = field(default_factory=Metrics)
    current: Metrics = field(default_factory=Metrics)
    baselines: dict[str, Metrics] = field(
        default_factory=lambda: {name: Metrics() for name in BASELINES}
    )


class _StoppedError(Exception):
    """The user asked to stop."""


def retrain(
    catalogue: Catalogue,
    history: History,
    bundled: TasteNet,
    incumbent: TasteNet,
    *,
    groups: IntArray | None = None,
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Outcome:
    """Train on `history`, compare on held-out groups (by default artists), decide.

    groups: int64 [n] codes by recording; -1 is a group of its own.
    """
    near, seen = _surroundings(catalogue, history, seed)
    codes = near.kept(catalogue.artists if groups is None else groups)
    task = _Task(near.catalogue, seen, codes, bundled, incumbent, seed)
    hindrance = task.hindrance()
    if hindrance:
        return Outcome(None, False, hindrance)
    steps = _Steps(task.repeats * task.folds + 1, progress, cancelled)
    try:
        with single_thread():
            return _compared(task, steps)
    except _StoppedError:
        return Outcome(None, False, "Training was stopped, so the current model stays.")


@dataclass(frozen=True, slots=True)
class _Near:
    """Part of a library: the recordings of the history and a sample of the others."""

    catalogue: Catalogue
    rows: IntArray

    def kept(self, codes: IntArray) -> IntArray:
        return codes[self.rows]


def _surroundings(catalogue: Catalogue, history: History, seed: int) -> tuple[_Near, History]:
    """The part of the library that training looks at, and the history in its rows.

    Percentiles within a sample of thousands are those within the library, to a percent.
    """
    rng = np.random.default_rng(seed)
    some = rng.permutation(len(catalogue))[:BACKGROUND]
    rows = np.union1d(some, history.rows)
    part = _Near(subset(catalogue, rows), rows)
    return part, replace(history, rows=np.searchsorted(rows, history.rows))


def subset(catalogue: Catalogue, rows: IntArray) -> Catalogue:
    """The catalogue of some of the recordings."""
    counts = np.diff(catalogue.tag_starts)[rows]
    starts = np.concatenate([[0], np.cumsum(counts)])
    first = np.repeat(catalogue.tag_starts[rows] - starts[:-1], counts)
    return replace(
        catalogue,
        **{
            name: getattr(catalogue, name)[rows]
            for name in ("track_ids", "sound", "culture", "columns", "artists", "albums")
        },
        tag_codes=catalogue.tag_codes[first + np.arange(starts[-1])],
        tag_starts=starts,
    )


@dataclass(frozen=True, slots=True)
class _Task:
    """All that is compared upon. groups: int64 [n] by recording."""

    catalogue: Catalogue
    history: History
    groups: IntArray
    bundled: TasteNet
    incumbent: TasteNet
    seed: int

    @property
    def told(self) -> fitting.Opinions:
        return fitting.Opinions.of(self.history)

    @property
    def folds(self) -> int:
        """More for little feedback, where each opinion counts; fewer where they cost minutes."""
        told = self.told
        wanted = 4 if len(told) < 600 else 3
        return min(wanted, len(np.unique(_own_codes(self.groups[told.rows]))))

    @property
    def repeats(self) -> int:
        """Splits of little feedback are many, and each compares few pairs."""
        return 4 if len(self.told) < 150 else 1

    def hindrance(self) -> str | None:
        """Why nothing can be compared, as a sentence for the user."""
        told = self.told
        likes, dislikes = int((told.liked == 1).sum()), int((told.liked == 0).sum())
        if min(likes, dislikes) < FEWEST_OF_EACH:
            return (
                f"There are {likes} likes and {dislikes} dislikes so far; learning needs at "
                f"least {FEWEST_OF_EACH} of each."
            )
        if self.folds < 2:
            return "All feedback is about one artist, so nothing can be held out to compare on."
        if self.incumbent.prior and not self._unseen().any():
            return "There is no new feedback since the current model was trained."
        return None

    def _unseen(self) -> NDArray[np.bool_]:
        ids = self.catalogue.track_ids[self.history.rows]
        return ~np.isin(ids, self.incumbent.seen)

    def incumbent_in(self, history: History) -> TasteNet:
        """The current model, had it been trained without what is held out from `history`."""
        if not self.incumbent.prior:
            return self.incumbent
        old = np.isin(self.catalogue.track_ids[history.rows], self.incumbent.seen)
        part = fitting.events(history, old)
        if not fitting.Opinions.of(part).both:
            return self.bundled
        return self.train(self.lesson(part))

    def lesson(self, history: History) -> fitting.Lesson:
        return fitting.Lesson.of(self.catalogue, history, self.groups, self.seed)

    def train(self, lesson: fitting.Lesson, steps: _Steps | None = None) -> TasteNet:
        watch = steps.watch if steps else None
        return fitting.train(lesson, self.bundled, seed=self.seed, watch=watch)


def _own_codes(groups: IntArray) -> IntArray:
    """Codes in which everyone unknown is someone else."""
    return np.where(groups < 0, groups.max(initial=0) + 1 + np.arange(len(groups)), groups)


@dataclass(slots=True)
class _Steps:
    """Tells how far training is, and stops it when asked to."""

    total: int
    progress: Callable[[Progress], None] | None
    cancelled: Callable[[], bool] | None
    done: int = 0

    def next(self) -> None:
        self.done += 1
        self.watch(0, 0)
        if self.progress:
            self.progress(Progress("training", self.done, self.total))

    def watch(self, epoch: int, most: int) -> None:
        del epoch, most
        if self.cancelled and self.cancelled():
            raise _StoppedError


def _compared(task: _Task, steps: _Steps) -> Outcome:
    told = task.told
    codes = _own_codes(task.groups[told.rows])
    held_out = _HeldOut(told, codes)
    for repeat in range(task.repeats):
        fold = metrics.grouped_folds(codes, task.folds, task.seed + repeat, told.liked)
        for held in range(task.folds):
            rows = np.flatnonzero(fold == held)
            held_out.add(rows, _fold(task, told, rows, steps))
            steps.next()
    found = held_out.measured()
    verdict = held_out.verdict(task.seed)
    net = task.train(task.lesson(task.history), steps) if verdict.better else None
    steps.next()
    reason = _reason(verdict, found["candidate"], found["current"], held_out.opinions)
    return Outcome(
        net, verdict.better, reason, found["candidate"], found["current"],
        {name: found[name] for name in BASELINES},
    )  # fmt: skip


class _HeldOut:
    """Guesses about opinions that nobody was told of, round by round."""

    def __init__(self, told: fitting.Opinions, groups: IntArray) -> None:
        self._told, self._groups = told, groups
        self._rows: list[IntArray] = []
        self._guesses: list[dict[str, baselines.Guess]] = []

    @property
    def opinions(self) -> int:
        """How many clear ones there are."""
        return int(np.isfinite(self._told.liked).sum())

    def add(self, rows: IntArray, guesses: dict[str, baselines.Guess]) -> None:
        """One round: what each scorer says of the recordings held out in it."""
        self._rows.append(rows)
        self._guesses.append(guesses)

    def measured(self) -> dict[str, Metrics]:
        """The figures of every scorer; AUC over the pairs within rounds."""
        rows, rounds, clear = self._arranged()
        told = self._told
        liked = told.liked[rows]
        found = {}
        for name in self._guesses[0]:
            scores, ratings = self._of(name)
            known = metrics.measure(scores, liked, ratings, told.ratings[rows])
            auc = gate.auc(scores[clear], liked[clear], rounds[clear])
            found[name] = replace(known, auc=auc if np.isfinite(auc) else None)
        return found

    def verdict(self, seed: int) -> gate.Verdict:
        """Whether the candidate beats the current model."""
        rows, rounds, clear = self._arranged()
        return gate.compare(
            self._of("candidate")[0][clear],
            self._of("current")[0][clear],
            self._told.liked[rows][clear],
            self._groups[rows][clear],
            rounds[clear],
            seed=seed,
        )

    def _of(self, name: str) -> tuple[FloatArray, FloatArray]:
        parts = [guesses[name] for guesses in self._guesses]
        return np.concatenate([p.scores for p in parts]), np.concatenate([p.ratings for p in parts])

    def _arranged(self) -> tuple[IntArray, IntArray, NDArray[np.bool_]]:
        """Row and round of every guess, and whether the opinion is a clear one."""
        rows = np.concatenate(self._rows)
        rounds = np.repeat(np.arange(len(self._rows)), [len(part) for part in self._rows])
        return rows, rounds, np.isfinite(self._told.liked[rows])


def _fold(
    task: _Task, told: fitting.Opinions, held: IntArray, steps: _Steps
) -> dict[str, baselines.Guess]:
    """What each scorer, knowing nothing of the held-out groups, says of their recordings."""
    known = fitting.events(task.history, ~np.isin(task.history.rows, told.rows[held]))
    lesson = task.lesson(known)
    outside = library_inputs(lesson.plan, task.catalogue, known, told.rows[held]).matrix
    found = {}
    if lesson.told.both:
        nets = {"candidate": task.train(lesson, steps), "current": task.incumbent_in(known)}
    else:
        nets = {"candidate": task.bundled, "current": task.bundled}
    for name, net in nets.items():
        found[name] = _by_net(net, lesson, outside)
    train = _known_rows(lesson.inputs, lesson.told)
    test = _known_rows(outside, told.take(held))
    for name, baseline in baselines.ONE_PERSON.items():
        found[name] = baseline(train, test, task.seed)
    return found


def _known_rows(inputs: FloatArray, told: fitting.Opinions) -> baselines.Known:
    nobody = np.zeros(len(told), np.int64)
    return baselines.Known(inputs, told.liked, told.ratings, nobody, told.rows)


def _by_net(net: TasteNet, lesson: fitting.Lesson, outside: FloatArray) -> baselines.Guess:
    """A network's guess; one that was never told ratings gets its line from the known rows."""
    at = [lesson.plan.names.index(name) for name in net.input_names]
    scores = net.scores(outside[:, at])
    if net.rating_line is None:
        learned = sigmoid(net.logits(lesson.inputs[:, at]))
        net = replace(net, rating_line=calibrating.rating_line(learned, lesson.told.ratings))
    ratings = net.ratings(scores)
    nothing = np.full(len(scores), np.nan, np.float32)
    return baselines.Guess(scores, nothing if ratings is None else ratings)


def _reason(verdict: gate.Verdict, candidate: Metrics, current: Metrics, opinions: int) -> str:
    """One plain sentence."""
    new, old = (f"{(m.auc or 0) * 100:.0f} %" for m in (candidate, current))
    measured = (
        f"on {opinions} held-out opinions it puts a liked song above a disliked one in {new} of "
        f"pairs, the current model in {old} (95 % interval of the gain "
        f"{verdict.low:+.2f} to {verdict.high:+.2f})"
    )
    if verdict.better:
        return f"The new model is better beyond noise: {measured}."
    return f"The current model stays, for the new one is not better beyond noise: {measured}."
