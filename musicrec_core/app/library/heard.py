"""What listening found out about one track."""

from __future__ import annotations

from musicrec_core.app.context import Context
from musicrec_core.app.results import TrackFacts
from musicrec_core.records import Attributes

MOODS_NAMED = 3
GENRES_NAMED = 2


def facts(context: Context, track_id: int) -> TrackFacts:
    """Tempo, key and what it sounds like most of all; nothing where it was not listened to."""
    attributes = context.store.analysis.attributes_of(track_id) or Attributes()
    ears = context.ears
    shares = context.store.analysis.shares_of(track_id, ears.version)
    if shares is None:
        return TrackFacts(attributes)
    moods, genres = shares
    return TrackFacts(
        attributes,
        _clearest(ears.mood_names, moods, MOODS_NAMED),
        _clearest(ears.genre_names, genres, GENRES_NAMED),
    )


def _clearest(names: tuple[str, ...], shares: list[float], count: int) -> tuple[str, ...]:
    by_share = sorted(zip(shares, names, strict=True), reverse=True)
    return tuple(name for _, name in by_share[:count])
