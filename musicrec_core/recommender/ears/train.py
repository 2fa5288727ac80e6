"""Teach the ears on a library without labels: songs of one artist should lie close.

Learned in closed form from who made what, and kept only where songs of artists that were held out
find their albums and their artist's other albums better than before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.model_records import RetrievalMetrics
from musicrec_core.recommender.ears.embedding import SHRINK, discriminants
from musicrec_core.recommender.ears.personal import SoundMap, standard
from musicrec_core.recommender.ears.retrieval_metrics import (
    RetrievalPrecision,
    compared,
    precision_of,
)
from musicrec_core.recommender.threads import single_thread
from musicrec_core.records import Progress

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.evaluation.gate import Verdict
    from musicrec_core.records import FloatArray, IntArray

SIZE = 24
WEIGHT = 0.3
"""Of the learned map beside the bundled ears; choosing it anew for each library gained nothing."""
FEWEST_ARTISTS = 12
"""With two songs or more: fewer cannot show a difference beyond noise."""
FOLDS = 4
FEW_SONGS = 1000
"""Below these, several splits are averaged, for each compares few."""
REPEATS = 4


@dataclass(frozen=True, slots=True, repr=False)
class EarsTrainingSet:
    """Analysed songs by known artists, one recording of each.

    track_ids: int64 [n]. vectors: float32 [n, D], the analysis. embeddings: float32 [n, E], by the
    bundled ears. artists, albums: int64 [n], codes; albums -1 where unknown.
    """

    track_ids: IntArray
    vectors: FloatArray
    embeddings: FloatArray
    artists: IntArray
    albums: IntArray

    def __len__(self) -> int:
        return len(self.track_ids)

    def part(self, rows: NDArray[np.bool_] | IntArray) -> EarsTrainingSet:
        """Some of the songs."""
        return EarsTrainingSet(
            self.track_ids[rows], self.vectors[rows], self.embeddings[rows],
            self.artists[rows], self.albums[rows],
        )  # fmt: skip

    @property
    def artists_with_more(self) -> int:
        """How many artists have two songs or more."""
        return int((np.unique(self.artists, return_counts=True)[1] > 1).sum())


@dataclass(frozen=True, slots=True)
class EarsOutcome:
    """What came of it; `sound` only where it is promoted."""

    sound: SoundMap | None
    reason: str
    candidate: RetrievalMetrics = field(default_factory=RetrievalMetrics)
    current: RetrievalMetrics = field(default_factory=RetrievalMetrics)


class _StoppedEarsError(Exception):
    """The user asked to stop."""


def learn(
    songs: EarsTrainingSet,
    current: SoundMap | None,
    *,
    seed: int = 0,
    progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> EarsOutcome:
    """Learn from all songs, judge on held-out artists. `current` is None for the bundled ears."""
    hindrance = _hindrance(songs, current)
    if hindrance:
        return EarsOutcome(None, hindrance)
    # A library lies in the order of its artists: no tie may be decided by that.
    songs = songs.part(np.random.default_rng(seed).permutation(len(songs)))
    repeats = REPEATS if len(songs) < FEW_SONGS else 1
    rounds = []
    try:
        with single_thread():
            for number in range(repeats * FOLDS):
                _tell(number, repeats * FOLDS, progress, cancelled)
                folds = _folds(songs.artists, seed + number // FOLDS)
                rounds.append(_round(songs, current, folds == number % FOLDS))
            verdict, before, after = compared(rounds, seed)
            _tell(repeats * FOLDS, repeats * FOLDS, progress, cancelled)
            sound = teach(songs) if verdict.better else None
    except _StoppedEarsError:
        return EarsOutcome(None, "Learning was stopped, so the current ears stay.")
    return EarsOutcome(sound, _reason(verdict, before, after), after, before)


def _tell(
    done: int,
    total: int,
    progress: Callable[[Progress], None] | None,
    cancelled: Callable[[], bool] | None,
) -> None:
    if cancelled and cancelled():
        raise _StoppedEarsError
    if progress:
        progress(Progress("learning to hear", done, total))


def teach(songs: EarsTrainingSet) -> SoundMap:
    """The map under which songs of one artist lie close and all others apart."""
    center = songs.vectors.mean(axis=0, dtype=np.float64).astype(np.float32)
    spread = songs.vectors.std(axis=0, dtype=np.float64)
    scale = np.where(spread > 1e-6, spread, 1.0).astype(np.float32)
    x = standard(songs.vectors, center, scale)
    directions = discriminants(x, songs.artists, SIZE, SHRINK)
    bias = (-x.mean(axis=0) @ directions).astype(np.float32)
    return SoundMap(center, scale, directions, bias, WEIGHT, songs.track_ids)


def _hindrance(songs: EarsTrainingSet, current: SoundMap | None) -> str | None:
    """Why nothing can be compared, as a sentence for the user."""
    artists = songs.artists_with_more
    if artists < FEWEST_ARTISTS:
        return (
            f"There are {artists} artists with two analysed songs or more; learning needs at "
            f"least {FEWEST_ARTISTS}."
        )
    if current is not None and np.isin(songs.track_ids, current.seen).all():
        return "There are no new songs since the current ears were taught."
    return None


def _folds(artists: IntArray, seed: int) -> IntArray:
    """A fold for every song, int64 [n]; the songs of an artist share theirs."""
    _, code = np.unique(artists, return_inverse=True)
    order = np.random.default_rng(seed).permutation(int(code.max()) + 1)
    folds: IntArray = order[code] % FOLDS
    return folds


def _round(
    songs: EarsTrainingSet, current: SoundMap | None, held: NDArray[np.bool_]
) -> RetrievalPrecision:
    """How well held-out songs find their own, by what the others teach and taught before."""
    taught, test = songs.part(~held), songs.part(held)
    candidate = teach(taught).blend(test.vectors, test.embeddings)
    before = test.embeddings
    if current is not None:  # what the current ears would be, had they not met these artists
        seen = taught.part(np.isin(taught.track_ids, current.seen))
        if seen.artists_with_more:
            before = teach(seen).blend(test.vectors, test.embeddings)
    return RetrievalPrecision(
        test.artists,
        before=precision_of(before, test.artists, test.albums),
        after=precision_of(candidate, test.artists, test.albums),
    )


def _reason(verdict: Verdict, before: RetrievalMetrics, after: RetrievalMetrics) -> str:
    """One plain sentence."""
    gains = [
        f"{name} with a precision of {new:.3f} instead of {old:.3f}"
        for name, new, old in (
            ("songs of their album", after.albums, before.albums),
            ("other albums of their artist", after.artists, before.artists),
        )
        if new is not None and old is not None
    ]
    measured = (
        f"songs of held-out artists find {' and '.join(gains)} (98 % interval of the gain "
        f"{verdict.low:+.3f} to {verdict.high:+.3f})"
    )
    if verdict.better:
        return f"The new ears are better beyond noise: {measured}."
    return f"The current ears stay, for the new ones are not better beyond noise: {measured}."
