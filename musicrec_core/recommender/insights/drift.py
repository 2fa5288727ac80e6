"""Whether a library, or late feedback, still is what a model was trained on.

What is kept of the past is a histogram an attribute, in tenths of the library of that time: a
kilobyte, and no song's name. Two numbers are read from it: the population stability index, which
says how far apart the two are, and a two-sample chi-squared test, which says whether chance alone
could have done that: on few songs the index is large by chance. Songs come by the artist, not one
by one, so both samples count for as many songs as they would if drawn singly (Rao and Scott, "On
chi-squared tests for multiway contingency tables", Annals of Statistics 1984), and the attributes
share one error rate (Holm, 1979).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.records import IntArray

    Counts = NDArray[np.float64]

BINS = 10
TAGS = 12
LEVEL = 0.05
MODERATE, LARGE = 0.1, 0.25
"""Customary borders of the stability index: below the first nothing to speak of."""
FEWEST_SONGS, FEWEST_ARTISTS = 20, 8
_EMPTY = 0.5  # songs added to each bin, so that an empty one has a logarithm


@dataclass(frozen=True, slots=True)
class Histogram:
    """One attribute of some songs.

    edges: rising, where bins begin and end but for the outermost; for tags, their names instead.
    counts: songs a bin. songs: those that say anything, as many as they would be if drawn singly
    (`singly`).
    """

    name: str
    edges: tuple[float | str, ...]
    counts: tuple[float, ...]
    singly: float

    @property
    def songs(self) -> float:
        """How many say anything."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class DistributionSketch:
    """Some songs, as histograms."""

    songs: int
    artists: int
    histograms: tuple[Histogram, ...]

    @classmethod
    def of(
        cls, catalogue: Catalogue, rows: IntArray, like: DistributionSketch | None = None
    ) -> DistributionSketch:
        """The songs of `rows`; in the bins of `like`, else in tenths of their own."""
        edges = {h.name: h.edges for h in like.histograms} if like else _edges(catalogue, rows)
        by = _own_artists(catalogue.artists[rows])
        histograms = tuple(
            Histogram(name, ends, *_counted(_bins(catalogue, rows, name, ends), by, ends))
            for name, ends in edges.items()
        )
        return cls(len(rows), len(np.unique(by)), histograms)

    def document(self) -> dict[str, Any]:
        """For JSON; `Sketch.read` takes it back."""
        return asdict(self)

    @classmethod
    def read(cls, document: dict[str, Any]) -> DistributionSketch:
        """Raises KeyError, TypeError or ValueError when it is not what `document` wrote."""
        histograms = tuple(
            Histogram(str(h["name"]), tuple(h["edges"]), tuple(h["counts"]), float(h["singly"]))
            for h in document["histograms"]
        )
        return cls(int(document["songs"]), int(document["artists"]), histograms)

    @property
    def tells(self) -> bool:
        """Whether it holds enough to compare."""
        return self.songs >= FEWEST_SONGS and self.artists >= FEWEST_ARTISTS


@dataclass(frozen=True, slots=True)
class Shift:
    """How far one attribute moved. p: by chance alone, after the correction for many attributes.

    then, now: the bins' shares before and after; for numbers the bins are tenths of the past.
    """

    attribute: str
    psi: float
    statistic: float
    p: float
    p_corrected: float
    edges: tuple[float | str, ...]
    then: tuple[float, ...]
    now: tuple[float, ...]

    @property
    def drifted(self) -> bool:
        """Beyond chance, and far enough to speak of."""
        return self.p_corrected < LEVEL and self.psi >= MODERATE


def compare(
    pairs: Sequence[tuple[DistributionSketch, DistributionSketch]],
) -> tuple[tuple[Shift, ...], ...]:
    """For each pair (then, now in the bins of then) its shifts, largest first.

    All attributes of all pairs share one error rate.
    """
    shifts_of = [[_shift(a, b) for a, b in _both(then, now)] for then, now in pairs]
    corrected = iter(_holm(np.array([shift[2] for shifts in shifts_of for shift in shifts])))
    return tuple(
        tuple(sorted((_named(a, b, shift, float(next(corrected)))
                      for (a, b), shift in zip(_both(*pair), shifts, strict=True)),
                     key=lambda s: (-s.drifted, -s.psi)))
        for pair, shifts in zip(pairs, shifts_of, strict=True)
    )  # fmt: skip


def _both(then: DistributionSketch, now: DistributionSketch) -> list[tuple[Histogram, Histogram]]:
    later = {h.name: h for h in now.histograms}
    both = [(h, later[h.name]) for h in then.histograms if h.name in later]
    return [(a, b) for a, b in both if min(a.songs, b.songs) >= FEWEST_SONGS / 2]


def _shift(then: Histogram, now: Histogram) -> tuple[float, float, float]:
    """Stability index, chi-squared statistic, and p."""
    a, b = np.array(then.counts), np.array(now.counts)
    p, q = (c + _EMPTY for c in (a, b))
    p, q = p / p.sum(), q / q.sum()
    psi = float(((q - p) * np.log(q / p)).sum())
    pooled = (a + b) / (a.sum() + b.sum())
    there = pooled > 0
    gap = (a / a.sum() - b / b.sum())[there]
    statistic = float((gap**2 / pooled[there]).sum() / (1 / then.singly + 1 / now.singly))
    free = int(there.sum()) - 1
    return psi, statistic, _chance(statistic, free, min(then.singly, now.singly))


def _chance(statistic: float, free: int, songs: float) -> float:
    """By the F distribution: how many songs count as drawn singly is itself an estimate."""
    if free < 1:
        return 1.0
    from scipy.special import fdtrc  # half a second of imports, and only this command waits for it

    return float(fdtrc(free, max(songs - 1, 1), statistic / free))


def _holm(chances: Counts) -> Counts:
    order = np.argsort(chances)
    steps = np.maximum.accumulate(chances[order] * (len(chances) - np.arange(len(chances))))
    corrected = np.empty(len(chances))
    corrected[order] = np.minimum(steps, 1)
    return corrected


def _named(
    then: Histogram, now: Histogram, shift: tuple[float, float, float], corrected: float
) -> Shift:
    shares = (tuple(c / h.songs for c in h.counts) for h in (then, now))
    return Shift(then.name, *shift, corrected, then.edges, *shares)


# --- histograms ---


def _edges(catalogue: Catalogue, rows: IntArray) -> dict[str, tuple[float | str, ...]]:
    edges: dict[str, tuple[float | str, ...]] = {}
    for i, name in enumerate(catalogue.column_names):
        values = catalogue.columns[rows, i]
        values = values[np.isfinite(values)]
        if len(values) and values.min() < values.max():
            marks = np.unique(np.quantile(values, np.linspace(0, 1, BINS + 1)[1:-1]))
            edges[name] = tuple(float(mark) for mark in marks)
    counts = np.zeros(len(catalogue.tag_names))
    np.add.at(counts, _first_tags(catalogue)[rows][_first_tags(catalogue)[rows] >= 0], 1)
    commonest = np.argsort(-counts, kind="stable")[:TAGS]
    names = tuple(catalogue.tag_names[i] for i in commonest if counts[i])
    return edges | ({"genre": names} if len(names) > 1 else {})


def _first_tags(catalogue: Catalogue) -> IntArray:
    """Int64 [n]: the first tag of each song, -1 where it has none."""
    first = np.full(len(catalogue), -1, np.int64)
    some = np.diff(catalogue.tag_starts) > 0
    first[some] = catalogue.tag_codes[catalogue.tag_starts[:-1][some]]
    return first


def _bins(
    catalogue: Catalogue, rows: IntArray, name: str, edges: tuple[float | str, ...]
) -> IntArray:
    """Int64 [m]: the bin of each song, -1 where it says nothing."""
    if name == "genre":
        place = {tag: i for i, tag in enumerate(edges)}
        codes = np.array([place.get(tag, len(edges)) for tag in (*catalogue.tag_names, "")])
        first = _first_tags(catalogue)[rows]
        return np.where(first < 0, -1, codes[first])
    if name not in catalogue.column_names:
        return np.full(len(rows), -1)
    values = catalogue.columns[rows, catalogue.column_names.index(name)]
    bins = np.searchsorted(np.array(edges, np.float64), values, side="right")
    return np.where(np.isfinite(values), bins, -1)


def _counted(
    bins: IntArray, artists: IntArray, edges: tuple[float | str, ...]
) -> tuple[tuple[float, ...], float]:
    """Songs a bin; and how many songs they count for, seen that they come by the artist."""
    in_bin = bins >= 0
    size = len(edges) + 1
    _, by = np.unique(artists[in_bin], return_inverse=True)
    table = np.zeros((by.max(initial=-1) + 1, size))
    np.add.at(table, (by, bins[in_bin]), 1)
    counts = table.sum(axis=0)
    n = float(counts.sum())
    if len(table) < 2:
        return tuple(counts.tolist()), min(n, 1.0)
    share = counts / n
    spread = ((table - table.sum(axis=1, keepdims=True) * share) ** 2).sum(axis=0)
    spread *= len(table) / (len(table) - 1)
    alone = n * (share * (1 - share))
    effect = float(spread.sum() / max(alone.sum(), 1e-9))  # of the design: 1 for single songs
    return tuple(counts.tolist()), n / max(effect, 1.0)


def _own_artists(artists: IntArray) -> IntArray:
    """Codes in which every song of nobody known is by someone else."""
    return np.where(artists < 0, artists.max(initial=0) + 1 + np.arange(len(artists)), artists)
