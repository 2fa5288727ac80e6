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
from musicrec_core.recommender.dataset import Catalogue, History
from musicrec_core.recommender.taste import calibrating, fitting
from musicrec_core.recommender.taste.personal import Plan, library_inputs
from musicrec_core.records import Metrics, Progress

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.taste.forward import TasteNet
    from musicrec_core.records import FloatArray, IntArray

FEWEST_OF_EACH = 5
CLEAR = 0.4
"""Opinions at least this strong are what models are compared on: likes, dislikes, ratings."""
BACKGROUND = 6000
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
    try:
        return _compared(task, _Steps(task.folds + 1, progress, cancelled))
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
        wanted = 5 if len(told) < 600 else 4 if len(told) < 3000 else 3
        return min(wanted, len(np.unique(_own_codes(self.groups[told.rows]))))

    def hindrance(self) -> str | None:
        """Why nothing can be compared, as a sentence for the user."""
        told = self.told
        clear = told.weights >= CLEAR
        likes = int((clear & (told.liked > 0.5)).sum())
        dislikes = int(clear.sum()) - likes
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
        told = fitting.Opinions.of(events(history, old))
        if len(np.unique(told.liked[told.weights > 0])) < 2:
            return self.bundled
        return self.train(events(history, old))

    def train(self, history: History, steps: _Steps | None = None) -> TasteNet:
        return fitting.train(
            self.catalogue,
            history,
            self.bundled,
            groups=self.groups,
            seed=self.seed,
            watch=steps.watch if steps else None,
        )


def events(history: History, chosen: NDArray[np.bool_] | IntArray) -> History:
    """Some of the events."""
    return History(
        history.rows[chosen],
        history.values[chosen],
        history.ratings[chosen],
        history.ages_days[chosen],
    )


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
    fold = metrics.grouped_folds(codes, task.folds, task.seed, told.liked)
    names = ("candidate", "current", *BASELINES)
    guesses = {name: _Blank.of(len(told)) for name in names}
    for held in range(task.folds):
        for name, guess in _fold(task, told, fold == held, steps).items():
            guesses[name].fill(fold == held, guess)
        steps.next()
    clear = told.weights >= CLEAR
    liked = np.where(clear, told.liked, np.nan).astype(np.float32)
    found = {
        name: metrics.measure(g.scores, liked, g.ratings, told.ratings)
        for name, g in guesses.items()
    }
    verdict = gate.compare(
        guesses["candidate"].scores[clear],
        guesses["current"].scores[clear],
        told.liked[clear],
        codes[clear],
        seed=task.seed,
    )
    net = task.train(task.history, steps) if verdict.better else None
    steps.next()
    reason = _reason(verdict, found["candidate"], found["current"], int(clear.sum()))
    return Outcome(
        net, verdict.better, reason, found["candidate"], found["current"],
        {name: found[name] for name in BASELINES},
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Blank:
    """Guesses that are filled in fold by fold."""

    scores: FloatArray
    ratings: FloatArray

    @classmethod
    def of(cls, rows: int) -> _Blank:
        return cls(np.zeros(rows, np.float32), np.full(rows, np.nan, np.float32))

    def fill(self, rows: NDArray[np.bool_], guess: baselines.Guess) -> None:
        self.scores[rows], self.ratings[rows] = guess.scores, guess.ratings


def _fold(
    task: _Task, told: fitting.Opinions, held: NDArray[np.bool_], steps: _Steps
) -> dict[str, baselines.Guess]:
    """What each scorer, knowing nothing of the held-out groups, says of their recordings."""
    known = events(task.history, ~np.isin(task.history.rows, told.rows[held]))
    rest = fitting.Opinions.of(known)
    plan = Plan.personal(task.catalogue)
    inside = library_inputs(plan, task.catalogue, known, rest.rows, "own").matrix
    outside = library_inputs(plan, task.catalogue, known, told.rows[held]).matrix
    found = {}
    if len(np.unique(rest.liked[rest.weights >= CLEAR])) < 2:
        nets = {"candidate": task.bundled, "current": task.bundled}
    else:
        nets = {"candidate": task.train(known, steps), "current": task.incumbent_in(known)}
    for name, net in nets.items():
        found[name] = _by_net(net, plan, inside, outside, rest)
    train = _known_rows(inside, rest)
    test = _known_rows(outside, replace_rows(told, held))
    for name, baseline in baselines.ONE_PERSON.items():
        found[name] = baseline(train, test, task.seed)
    return found


def replace_rows(told: fitting.Opinions, rows: NDArray[np.bool_]) -> fitting.Opinions:
    """Some of the opinions."""
    return fitting.Opinions(
        told.rows[rows], told.liked[rows], told.weights[rows], told.ratings[rows]
    )


def _known_rows(inputs: FloatArray, told: fitting.Opinions) -> baselines.Known:
    nobody = np.zeros(len(told), np.int64)
    liked = np.where(told.weights >= CLEAR, told.liked, np.nan).astype(np.float32)
    return baselines.Known(inputs, liked, told.ratings, nobody, told.rows)


def _by_net(
    net: TasteNet, plan: Plan, inside: FloatArray, outside: FloatArray, rest: fitting.Opinions
) -> baselines.Guess:
    """A network's guess; one that was never told ratings gets its line from the known rows."""
    at = [plan.names.index(name) for name in net.input_names]
    scores = net.scores(outside[:, at])
    if net.rating_line is None:
        line = calibrating.rating_line(net.scores(inside[:, at]), rest.ratings)
        net = replace(net, rating_line=line)
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
