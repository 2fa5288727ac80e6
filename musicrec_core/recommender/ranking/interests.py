"""What many songs have in common is little: the kinds of music among them, each a group of its own.

The middle of everything that a person likes is music that nobody likes much. So favourites and
playlists speak group by group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from musicrec_core.recommender.features.points import Points, centres

if TYPE_CHECKING:
    from musicrec_core.recommender.data.dataset import Catalogue
    from musicrec_core.records import IntArray

SONGS_EACH, MOST = 4, 6


def interests(catalogue: Catalogue, rows: IntArray, most: int = MOST) -> tuple[IntArray, ...]:
    """The rows int64 [m], each once, in at most `most` groups by sound and culture, largest first.

    Rows of which nothing is known are a group of their own where there are no others.
    """
    rows = np.unique(rows)
    points = Points.of(catalogue)
    lie, at = points.placed(rows)
    placed = rows[lie]
    count = min(most, len(placed) // SONGS_EACH)
    if count < 2:
        return (placed if len(placed) else rows,)
    middles = centres(at, count, np.random.default_rng(0))
    of = (at @ middles.T).argmax(axis=1)
    groups = [placed[of == k] for k in range(count) if (of == k).any()]
    return tuple(sorted(groups, key=len, reverse=True))
