"""How many people listen to each artist of the library, from the map and from Last.fm."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.app.context import Context
from musicrec_core.app.services import metadata

if TYPE_CHECKING:
    from collections.abc import Sequence

    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.recommender.insights.popularity import Audience
    from musicrec_core.records import Track


def of_library(context: Context, known: Catalogue) -> Audience:
    """The listeners of the artist of every recording."""
    from musicrec_core.recommender.insights.popularity import Audience

    tracks = context.store.files.tracks(known.track_ids.tolist())
    heard = listeners(context, [tracks[i] for i in known.track_ids.tolist()])
    values = np.array([np.nan if n is None else n for n in heard], np.float64)
    return Audience(values, known.artists, float(context.culture.most_listeners))


def listeners(context: Context, tracks: Sequence[Track]) -> list[int | None]:
    """Listeners of each track's artist, in people of the map; None where nobody knows.

    Last.fm counts millions where the map counts hundreds, so where both know an artist the ratio
    of the two, its median, brings Last.fm's counts of the other artists down to the map's.
    """
    by_map = [context.culture.listeners(t.artist or t.album_artist) for t in tracks]
    answered = metadata.artist_popularity(context, tracks)
    ratios = [
        mapped / told.listeners
        for mapped, told in zip(by_map, answered, strict=True)
        if mapped and told and told.listeners
    ]
    scale = float(np.median(ratios)) if ratios else 1e-3
    return [
        mapped if mapped is not None else round(told.listeners * scale) if told else None
        for mapped, told in zip(by_map, answered, strict=True)
    ]
