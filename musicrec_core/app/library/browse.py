"""The library as a list: search, orders, pages."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import evidence
from musicrec_core.app.results import LibraryOrder, LibraryRow
from musicrec_core.app.scores import scoring
from musicrec_core.records import Track

if TYPE_CHECKING:
    from musicrec_core.store.search import Order

MOST_FOUND = 10_000
LISTING_FORMAT = 2


def search(context: Context, text: str, limit: int) -> list[Track]:
    """Tracks by words, best first; copies of one recording once."""
    tracks = context.store.files.by_file_ids(context.store.search.find(text, limit))
    return list({track.id: track for track in tracks}.values())


def ids(context: Context, order: LibraryOrder, descending: bool, text: str) -> array[int]:
    """File ids in an order, or the best matches first."""
    if text.strip():
        return array("q", context.store.search.find(text, MOST_FOUND))
    file_ids = _by_score(context) if order == "score" else _listing(context, order)
    if descending:
        file_ids.reverse()
    return file_ids


def prepare(context: Context) -> None:
    """Sort the library by artist, as the screens first show it."""
    _listing(context, "artist")


def _by_score(context: Context) -> array[int]:
    """File ids from the lowest score to the highest; those without one come first."""
    import numpy as np

    files, tracks = context.store.search.tracks_by_artist()
    stored = scoring.latest(context)
    if stored is None:
        return files
    order = np.argsort(stored.track_ids)
    ids = np.frombuffer(tracks, np.int64)
    at = order[np.searchsorted(stored.track_ids, ids, sorter=order).clip(max=len(order) - 1)]
    scores = np.where(stored.track_ids[at] == ids, stored.scores[at], -np.inf)
    # Backwards within equal scores, so that the opposite order reads by artist.
    best_first = np.argsort(-scores, kind="stable")
    return array("q", np.frombuffer(files, np.int64)[best_first[::-1]].tobytes())


def _listing(context: Context, order: Order) -> array[int]:
    """File ids in an order, from the cache while no file changed: sorting a million takes 2 s."""
    import numpy as np

    from musicrec_core.app import array_file

    stamp = f"{LISTING_FORMAT}|{context.store.files.listing_changes()}"
    path = context.cache / f"order-{order}.arrays"
    kept = array_file.read(path, stamp)
    if kept is not None:
        file_ids = array("q")
        file_ids.frombytes(kept[0]["ids"].tobytes())
        return file_ids
    file_ids = context.store.search.listing(order)
    array_file.write(path, stamp, {"ids": np.array(file_ids, np.int64)}, {})
    return file_ids


def rows(context: Context, file_ids: Sequence[int]) -> list[LibraryRow]:
    """One page of the library."""
    tracks = context.store.files.by_file_ids(file_ids)
    opinions = evidence.opinions(context)
    scores = scoring.scores_of(context, [t.id for t in tracks])
    return [LibraryRow(t, scores.get(t.id), opinions.get(t.id)) for t in tracks]
