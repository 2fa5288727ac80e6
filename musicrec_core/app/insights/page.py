"""insights: what the library and the lists are like, and whether the model still fits them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import evidence
from musicrec_core.app.feedback.songs import in_force
from musicrec_core.app.insights import clusters, drift, liking
from musicrec_core.app.insights.clusters import Cluster
from musicrec_core.app.insights.drift import Drift
from musicrec_core.app.insights.liking import MonthOfOpinions
from musicrec_core.app.scores import artist_popularity, catalogue
from musicrec_core.feedback_kinds import CLEARLY_LIKED, OPINIONS
from musicrec_core.times import DAY_S

if TYPE_CHECKING:
    from musicrec_core.model_records import ModelInfo
    from musicrec_core.recommender.data import Catalogue, History
    from musicrec_core.recommender.insights import Exposure, ListPopularity, Period, Reach
    from musicrec_core.records import IntArray

TOP = 5
FEWEST_LIKED = 5  # the middle of fewer songs is no taste
LIST_NAME = "for-you"


@dataclass(frozen=True, slots=True)
class Profile:
    """What this person said and likes.

    tags, artists, moods: of liked songs, the commonest first, with how many; eras: their decades,
    the oldest first. attributes: where the
    middle liked song lies among all songs of the library, 0 to 1, by attribute; empty while fewer
    than FEWEST_LIKED are liked.
    """

    feedback: dict[str, int]
    tags: tuple[tuple[str, int], ...]
    artists: tuple[tuple[str, int], ...]
    attributes: dict[str, float]
    moods: tuple[tuple[str, int], ...]
    eras: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Insights:
    """All of it. `reach`, `listed` and `lift` are None before anything was shown."""

    songs: int
    analysed: int
    model: ModelInfo
    drift: Drift
    clusters: tuple[Cluster, ...]
    profile: Profile
    library: ListPopularity
    listed: ListPopularity | None
    lift: float | None
    """How much larger a share of the lists the best known artists have than of the library."""
    reach: Reach | None
    periods: tuple[Period, ...]
    opinions: tuple[MonthOfOpinions, ...]
    """Likes and dislikes by month, the oldest first."""


def insights(context: Context) -> Insights:
    """See MusicRec.insights."""
    library_songs = catalogue.load(context).catalogue
    history = evidence.history(context, library_songs)
    shown = _shown(context, library_songs)
    heard = artist_popularity.of_library(context, library_songs)
    library = heard.measure(np.arange(len(library_songs)))
    there = shown.rows[shown.rows >= 0]
    listed = heard.measure(there) if len(there) else None
    return Insights(
        songs=len(library_songs),
        analysed=int(library_songs.knows("sound").sum()),
        model=context.registry.current_info(),
        drift=drift.drift(context, library_songs),
        clusters=clusters.of_library(context).clusters,
        profile=_profile(context, library_songs, history),
        library=library,
        listed=listed,
        lift=_lift(library, listed),
        reach=_reach(library_songs, shown) if len(there) else None,
        periods=_periods(context, library_songs, shown),
        opinions=liking.by_month(context),
    )


def looked_at(context: Context) -> dict[str, Any]:
    """What training looked at, small enough to keep."""
    return drift.looked_at(context, catalogue.load(context).catalogue)


def _lift(library: ListPopularity, listed: ListPopularity | None) -> float | None:
    if listed is None or not library.top_decile or listed.top_decile is None:
        return None
    return listed.top_decile / library.top_decile


def _shown(context: Context, library: Catalogue) -> Exposure:
    from musicrec_core.recommender.insights import Exposure

    places = [p for p in context.store.feedback.shown(context.profile) if p.list_name == LIST_NAME]
    times = np.array([p.at_s for p in places], np.float64)
    row_of = library.row_of(p.track_id for p in places)
    return Exposure(
        lists=np.unique(times, return_inverse=True)[1],
        rows=np.array([row_of.get(p.track_id, -1) for p in places], np.int64),
        days=times / DAY_S,
        scores=np.array([np.nan if p.score is None else p.score for p in places], np.float64),
    )


def _reach(library: Catalogue, shown: Exposure) -> Reach:
    from musicrec_core.recommender.insights import reach

    return reach(shown, len(library), library.artists)


def _periods(context: Context, library: Catalogue, shown: Exposure) -> tuple[Period, ...]:
    """Scores as shown beside the opinions given afterwards."""
    from musicrec_core.recommender.insights import periods

    events = in_force(context).events
    row_of = library.row_of(e.track_id for e in events)
    answers = [
        (row_of[e.track_id], evidence.evidence(e.kind, e.value, None), e.at_s / DAY_S)
        for e in events
        if e.kind in OPINIONS and e.track_id in row_of
    ]
    clear = [(row, value > 0, day) for row, value, day in answers if abs(value) >= CLEARLY_LIKED]
    return periods(
        shown,
        np.array([row for row, _, _ in clear], np.int64),
        np.array([liked for _, liked, _ in clear], np.float32),
        np.array([day for _, _, day in clear], np.float64),
    )


def _profile(context: Context, library: Catalogue, history: History) -> Profile:
    liked = np.unique(history.rows[history.values >= CLEARLY_LIKED])
    tracks = context.store.tracks.by_id(library.track_ids[liked].tolist()).values()
    tags = [
        library.tag_names[code]
        for row in liked
        for code in library.tag_codes[library.tag_starts[row] : library.tag_starts[row + 1]]
    ]
    return Profile(
        feedback=evidence.counts(context),
        tags=_commonest(tags),
        artists=_commonest([t.artist for t in tracks if t.artist]),
        attributes=_attributes(library, liked),
        moods=liking.moods(context, library.track_ids[liked].tolist(), TOP),
        eras=liking.eras(tracks),
    )


def _commonest(names: Sequence[str]) -> tuple[tuple[str, int], ...]:
    from collections import Counter

    return tuple(Counter(names).most_common(TOP))


def _attributes(library: Catalogue, liked: IntArray) -> dict[str, float]:
    percentiles: dict[str, float] = {}
    if len(liked) < FEWEST_LIKED:
        return percentiles
    for name, column in zip(library.column_names, library.columns.T, strict=True):
        own, every = column[liked], np.sort(column[np.isfinite(column)])
        own = own[np.isfinite(own)]
        if len(own) and len(every) and every[0] < every[-1]:
            middle = np.median(own)
            below = np.searchsorted(every, middle, "left") + np.searchsorted(every, middle, "right")
            percentiles[name] = round(float(below / (2 * len(every))), 3)
    return percentiles
