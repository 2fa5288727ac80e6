"""How many people listen to each artist of the library, from the map and from Last.fm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.scores import metadata

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from musicrec_core.recommender.data import Catalogue
    from musicrec_core.recommender.insights import Audience
    from musicrec_core.records import Track


def of_library(context: Context, catalogue: Catalogue) -> Audience:
    """The listeners of the artist of every recording."""
    from musicrec_core.recommender.insights import Audience

    # All songs of an artist have the same listeners: one song each is asked about.
    _, first, which, songs = np.unique(
        catalogue.artists, return_index=True, return_inverse=True, return_counts=True
    )
    ids = catalogue.track_ids[first].tolist()
    tracks = context.store.tracks.by_id(ids)
    heard = _listeners(context, [tracks[i] for i in ids], songs)
    values = np.array([np.nan if n is None else n for n in heard], np.float64)[which.ravel()]
    return Audience(values, catalogue.artists, float(context.culture.most_listeners))


def listeners(context: Context, tracks: Sequence[Track]) -> list[int | None]:
    """Listeners of each track's artist, in people of the map; None where nobody knows.

    Last.fm counts millions where the map counts hundreds, so where both know an artist the ratio
    of the two, its median, brings Last.fm's counts of the other artists down to the map's.
    """
    return _listeners(context, tracks, np.ones(len(tracks), np.int64))


def _listeners(
    context: Context, tracks: Sequence[Track], songs: NDArray[np.int64]
) -> list[int | None]:
    """The same where each track stands for so many songs: int64 [n], which the median counts."""
    by_map = [context.culture.listeners(t.artist or t.album_artist) for t in tracks]
    answered = metadata.artist_popularity(context, tracks)
    ratios = [
        ratio
        for mapped, answer, count in zip(by_map, answered, songs.tolist(), strict=True)
        if mapped and answer and answer.listeners
        for ratio in [mapped / answer.listeners] * count
    ]
    scale = float(np.median(ratios)) if ratios else 1e-3
    return [
        mapped if mapped is not None else round(answer.listeners * scale) if answer else None
        for mapped, answer in zip(by_map, answered, strict=True)
    ]
