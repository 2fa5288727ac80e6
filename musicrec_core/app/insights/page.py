"""insights: what the library and the lists are like, and whether the model still fits them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import evidence
from musicrec_core.app.feedback.songs import in_force
from musicrec_core.app.insights import artist_popularity, drift
from musicrec_core.app.insights.drift import Drift
from musicrec_core.app.scores import catalogue
from musicrec_core.feedback_kinds import CLEARLY_LIKED, OPINIONS
from musicrec_core.times import DAY_S

if TYPE_CHECKING:
    from musicrec_core.recommender.data.dataset import Catalogue, History
    from musicrec_core.recommender.insights.exposure import Exposure, Period, Reach
    from musicrec_core.recommender.insights.popularity import ListPopularity
    from musicrec_core.records import IntArray, ModelInfo

TYPICAL = 3
TOP = 5
FEWEST_LIKED = 5  # the middle of fewer songs is no taste
LIST_NAME = "for-you"


@dataclass(frozen=True, slots=True)
class Group:
    """A kind of music in the library."""

    name: str
    tags: tuple[str, ...]
    songs: int
    share: float
    typical: tuple[str, ...]
    """Labels of its most typical songs."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What this person said and likes.

    tags, artists: of liked songs, the commonest first, with how many. attributes: where the
    middle liked song lies among all songs of the library, 0 to 1, by attribute; empty while fewer
    than FEWEST_LIKED are liked.
    """

    feedback: dict[str, int]
    tags: tuple[tuple[str, int], ...]
    artists: tuple[tuple[str, int], ...]
    attributes: dict[str, float]


@dataclass(frozen=True, slots=True)
class Insights:
    """All of it. `reach`, `listed` and `lift` are None before anything was shown."""

    songs: int
    analysed: int
    model: ModelInfo
    drift: Drift
    clusters: tuple[Group, ...]
    profile: Profile
    library: ListPopularity
    listed: ListPopularity | None
    lift: float | None
    """How much larger a share of the lists the best known artists have than of the library."""
    reach: Reach | None
    periods: tuple[Period, ...]


def insights(context: Context) -> Insights:
    """See MusicRec.insights."""
    known = catalogue.load(context).catalogue
    history = evidence.history(context, known)
    shown = _shown(context, known)
    heard = artist_popularity.of_library(context, known)
    library = heard.measure(np.arange(len(known)))
    there = shown.rows[shown.rows >= 0]
    listed = heard.measure(there) if len(there) else None
    return Insights(
        songs=len(known),
        analysed=int(known.knows("sound").sum()),
        model=context.registry.current_info(),
        drift=drift.drift(context, known),
        clusters=_groups(context, known),
        profile=_profile(context, known, history),
        library=library,
        listed=listed,
        lift=_lift(library, listed),
        reach=_reach(known, shown) if len(there) else None,
        periods=_periods(context, known, shown),
    )


def looked_at(context: Context) -> dict[str, Any]:
    """What training looked at, small enough to keep."""
    return drift.looked_at(context, catalogue.load(context).catalogue)


def _lift(library: ListPopularity, listed: ListPopularity | None) -> float | None:
    if listed is None or not library.top_decile or listed.top_decile is None:
        return None
    return listed.top_decile / library.top_decile


def _shown(context: Context, known: Catalogue) -> Exposure:
    from musicrec_core.recommender.insights.exposure import Exposure

    places = [p for p in context.store.feedback.shown(context.profile) if p.list_name == LIST_NAME]
    times = np.array([p.at_s for p in places], np.float64)
    row_of = known.row_of(p.track_id for p in places)
    return Exposure(
        lists=np.unique(times, return_inverse=True)[1],
        rows=np.array([row_of.get(p.track_id, -1) for p in places], np.int64),
        days=times / DAY_S,
        scores=np.array([np.nan if p.score is None else p.score for p in places], np.float64),
    )


def _reach(known: Catalogue, shown: Exposure) -> Reach:
    from musicrec_core.recommender.insights.exposure import reach

    return reach(shown, len(known), known.artists)


def _periods(context: Context, known: Catalogue, shown: Exposure) -> tuple[Period, ...]:
    """Scores as shown beside the opinions given afterwards."""
    from musicrec_core.recommender.insights.exposure import periods

    events = in_force(context).events
    row_of = known.row_of(e.track_id for e in events)
    told = [
        (row_of[e.track_id], evidence.evidence(e.kind, e.value, None), e.at_s / DAY_S)
        for e in events
        if e.kind in OPINIONS and e.track_id in row_of
    ]
    clear = [(row, value > 0, day) for row, value, day in told if abs(value) >= CLEARLY_LIKED]
    return periods(
        shown,
        np.array([row for row, _, _ in clear], np.int64),
        np.array([liked for _, liked, _ in clear], np.float32),
        np.array([day for _, _, day in clear], np.float64),
    )


def _groups(context: Context, known: Catalogue) -> tuple[Group, ...]:
    from musicrec_core.recommender.insights.clusters import clusters

    found = clusters(known)
    total = sum(len(cluster.rows) for cluster in found)
    return tuple(
        Group(
            name=", ".join(cluster.tags) or _attribute_name(known, cluster.rows),
            tags=cluster.tags,
            songs=len(cluster.rows),
            share=len(cluster.rows) / total,
            typical=_labels(context, known, cluster.rows[:TYPICAL]),
        )
        for cluster in found
    )


def _attribute_name(known: Catalogue, rows: IntArray) -> str:
    """Untagged songs, by the attribute in which they differ most from the library."""
    with np.errstate(invalid="ignore"):
        middle, own = (_middle(known.columns[part]) for part in (np.arange(len(known)), rows))
        away = (own - middle) / np.maximum(_spread(known.columns), 1e-9)
    if not np.isfinite(away).any():
        return "unlike the others"
    most = int(np.nanargmax(np.abs(away)))
    word = known.column_names[most].rpartition("_")[0] or known.column_names[most]
    if word == "year":
        return "newer songs" if away[most] > 0 else "older songs"
    return f"{'high' if away[most] > 0 else 'low'} {word}".replace("_", " ")


def _middle(columns: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The median of each column; NaN where nothing is known."""
    some = np.isfinite(columns).any(axis=0)
    middle = np.full(columns.shape[1], np.nan)
    middle[some] = np.nanmedian(columns[:, some], axis=0)
    return middle


def _spread(columns: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The standard deviation of each column; NaN where nothing is known."""
    some = np.isfinite(columns).any(axis=0)
    spread = np.full(columns.shape[1], np.nan)
    spread[some] = np.nanstd(columns[:, some], axis=0)
    return spread


def _labels(context: Context, known: Catalogue, rows: IntArray) -> tuple[str, ...]:
    tracks = context.store.files.tracks(known.track_ids[rows].tolist())
    return tuple(tracks[i].label for i in known.track_ids[rows].tolist())


def _profile(context: Context, known: Catalogue, history: History) -> Profile:
    liked = np.unique(history.rows[history.values >= CLEARLY_LIKED])
    tracks = context.store.files.tracks(known.track_ids[liked].tolist()).values()
    tags = [
        known.tag_names[code]
        for row in liked
        for code in known.tag_codes[known.tag_starts[row] : known.tag_starts[row + 1]]
    ]
    return Profile(
        feedback=evidence.counts(context),
        tags=_commonest(tags),
        artists=_commonest([t.artist for t in tracks if t.artist]),
        attributes=_attributes(known, liked),
    )


def _commonest(names: Sequence[str]) -> tuple[tuple[str, int], ...]:
    from collections import Counter

    return tuple(Counter(names).most_common(TOP))


def _attributes(known: Catalogue, liked: IntArray) -> dict[str, float]:
    found: dict[str, float] = {}
    if len(liked) < FEWEST_LIKED:
        return found
    for name, column in zip(known.column_names, known.columns.T, strict=True):
        own, every = column[liked], np.sort(column[np.isfinite(column)])
        own = own[np.isfinite(own)]
        if len(own) and len(every) and every[0] < every[-1]:
            middle = np.median(own)
            below = np.searchsorted(every, middle, "left") + np.searchsorted(every, middle, "right")
            found[name] = round(float(below / (2 * len(every))), 3)
    return found
