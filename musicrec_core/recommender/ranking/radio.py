"""The next songs of an endless queue, which hears what is liked and skipped in it.

A song's value adds, in deviations over the library: how near it is to the nearest seed, how well it
fits the person, how near to what was liked in this session and, taken off, to what was skipped. The
seeds keep their weight however long the queue runs, so it does not wander off; what was liked or
skipped fades with the songs that follow. Songs too like the last ones, and artists heard lately,
give way, and noise of the day's seed (Gumbel: sampling from a softmax of the values) keeps the same
few best from coming first each time.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.features.points import Points
from musicrec_core.recommender.ranking.candidates import may_be_shown
from musicrec_core.recommender.ranking.dissimilar import likeness, likeness_to_each
from musicrec_core.recommender.ranking.list_rules import RankedRow, Rules
from musicrec_core.recommender.ranking.nearness import z_scores
from musicrec_core.recommender.scoring.library import Contribution

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.records import FloatArray, IntArray

POOL = 2000
MOST_VERDICTS = 8  # of each kind; older ones have faded
RECENT = 12  # songs that the next one should not be too like
ARTIST_WINDOW = 8  # songs before an artist comes again
_SEED, _TASTE, _LIKED, _SKIPPED = 1.0, 0.6, 0.6, 0.8
_HALF_LIFE = 25.0  # songs, of what was liked or skipped
_SAMENESS = 1.0  # for a cosine of 1 to one of the last songs
_ARTIST_AGAIN = 0.4  # for each time that the artist was in the last LONG_WINDOW songs
_LONG_WINDOW = 100
_NOISE = 0.25


@dataclass(frozen=True, slots=True, repr=False)
class HeardRows:
    """A session so far.

    rows: int64 [h] in the order heard. verdicts: float32 [h], -1 skipped, 1 liked, 0 let run.
    """

    rows: IntArray
    verdicts: FloatArray


@dataclass(slots=True, repr=False)
class _Queue:
    """What is chosen so far, and what the next choice must look at."""

    catalogue: Catalogue
    versions: IntArray
    heard: list[int]

    def eligible(self, pool: IntArray) -> NDArray[np.bool_]:
        """Bool [p]: no version heard before, and no artist of the last songs, while any is left."""
        unheard = ~np.isin(self.versions[pool], self.versions[self.heard])
        lately = self.catalogue.artists[self.heard[-ARTIST_WINDOW:]]
        fresh = unheard & ~np.isin(self.catalogue.artists[pool], lately[lately >= 0])
        return fresh if fresh.any() else unheard

    def wear(self, pool: IntArray) -> FloatArray:
        """Float32 [p]: how often each one's artist was heard of late; unknown ones never."""
        artists = self.catalogue.artists
        times = Counter(artists[self.heard[-_LONG_WINDOW:]].tolist())
        times.pop(-1, None)
        return np.array([times[artist] for artist in artists[pool].tolist()], np.float32)


def radio(
    catalogue: Catalogue,
    history: History,
    seeds: IntArray,
    heard: HeardRows,
    scores: FloatArray,
    count: int,
    *,
    allowed: NDArray[np.bool_] | None = None,
    versions: IntArray | None = None,
    rules: Rules | None = None,
) -> tuple[RankedRow, ...]:
    """The next `count` songs of a session; fewer where every song that may be shown was heard.

    seeds: int64 rows, may be empty. Groups of the contributions are `radio_seed`, `radio_taste`,
    `radio_liked`, `radio_skipped`, in the units of the value.
    """
    rules = rules or Rules()
    codes = np.arange(len(catalogue)) if versions is None else versions
    showable = may_be_shown(catalogue, history, allowed)
    showable &= ~np.isin(codes, codes[heard.rows])
    terms = session_terms(catalogue, seeds, heard, scores)
    value = sum(terms.values(), np.zeros(len(catalogue), np.float32))
    rows = np.flatnonzero(showable)
    size = min(len(rows), max(POOL, 5 * count))
    pool = rows[np.argpartition(-value[rows], size - 1)[:size]] if size < len(rows) else rows
    pool = pool[np.argsort(-value[pool], kind="stable")]
    rng = np.random.default_rng([rules.seed, len(heard.rows)])
    noise = (_NOISE * rng.gumbel(size=len(pool))).astype(np.float32)
    chosen = _chosen(catalogue, pool, value[pool] + noise, codes, heard, count)
    return tuple(
        RankedRow(row, float(scores[row]), _why(catalogue, terms, seeds, heard, row))
        for row in chosen
    )


def session_terms(
    catalogue: Catalogue, seeds: IntArray, heard: HeardRows, scores: FloatArray
) -> dict[str, FloatArray]:
    """By group, float32 [n]: what each adds to the value of each row."""
    terms = {"radio_taste": np.float32(_TASTE) * z_scores(scores)}
    if len(seeds):
        terms["radio_seed"] = np.float32(_SEED) * np.nan_to_num(likeness(catalogue, seeds))
    ages = np.arange(len(heard.rows), 0, -1, dtype=np.float32)
    left = np.exp2(-ages / np.float32(_HALF_LIFE))
    for group, sign, weight in (("radio_liked", 1, _LIKED), ("radio_skipped", -1, -_SKIPPED)):
        about = sign * heard.verdicts > 0
        if about.any():
            near = _faded_likeness(catalogue, heard.rows[about], left[about])
            terms[group] = np.float32(weight) * near
    return terms


def _faded_likeness(catalogue: Catalogue, rows: IntArray, left: FloatArray) -> FloatArray:
    """Float32 [n]: the greatest likeness to one of the rows, each times what is left of it."""
    rows, left = rows[-MOST_VERDICTS:], left[-MOST_VERDICTS:]
    alike = np.maximum(np.nan_to_num(likeness_to_each(catalogue, rows)), 0)
    near: FloatArray = (alike * left).max(axis=1)
    return near


def _chosen(
    catalogue: Catalogue,
    pool: IntArray,
    value: FloatArray,
    codes: IntArray,
    heard: HeardRows,
    count: int,
) -> list[int]:
    """One after the other, each beside what came before it."""
    points = Points.of(catalogue)
    at = points.at(pool)
    queue = _Queue(catalogue, codes, heard.rows.tolist())
    recent = [at @ p for p in points.at(heard.rows[-RECENT:])]
    chosen: list[int] = []
    while len(chosen) < count:
        eligible = queue.eligible(pool)
        if not eligible.any():
            break
        alike = np.max(recent[-RECENT:], axis=0) if recent else np.zeros(len(pool))
        worth = value - _SAMENESS * alike - _ARTIST_AGAIN * queue.wear(pool)
        best = int(np.argmax(np.where(eligible, worth, -np.inf)))
        chosen.append(int(pool[best]))
        queue.heard.append(int(pool[best]))
        recent.append(at @ at[best])
    return chosen


def _why(
    catalogue: Catalogue,
    terms: dict[str, FloatArray],
    seeds: IntArray,
    heard: HeardRows,
    row: int,
) -> tuple[Contribution, ...]:
    """The terms of a row's value, each with the song behind it, the weightiest first."""
    behind = {
        "radio_seed": seeds,
        "radio_liked": heard.rows[heard.verdicts > 0],
        "radio_skipped": heard.rows[heard.verdicts < 0],
    }
    points = Points.of(catalogue)
    made = []
    for group, term in terms.items():
        songs = behind.get(group)
        nearest = None
        if songs is not None:
            near = points.at(songs) @ points.at(np.array([row]))[0]
            nearest = int(songs[int(np.argmax(near))])
        if term[row]:
            made.append(Contribution(group, float(term[row]), nearest))
    return tuple(sorted(made, key=lambda term: -abs(term.weight)))
