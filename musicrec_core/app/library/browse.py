"""The library as a list: search, orders, pages."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import cast, get_args

from musicrec_core.app.context import Context
from musicrec_core.app.feedback import evidence
from musicrec_core.app.results import LibraryOrder, LibraryRow, SongDetails, TagOrder, ValueOrder
from musicrec_core.app.scores import scoring
from musicrec_core.records import Track

MOST_FOUND = 10_000
LISTING_FORMAT = 3


def search(context: Context, text: str, limit: int) -> list[Track]:
    """Tracks by words, best first; copies of one recording once."""
    tracks = context.store.tracks.by_file_ids(context.store.search.find(text, limit))
    return list({track.id: track for track in tracks}.values())


def ids(
    context: Context, order: LibraryOrder, descending: bool, text: str, where: str = ""
) -> array[int]:
    """File ids in an order, or the best matches first; with `where`, of what fits these rules.

    Files that lack what they are sorted by come last, whichever way the others read.
    """
    listed = _listed(context, order, descending, text)
    if not where.strip():
        return listed
    from musicrec_core.app.lists import filters

    return filters.narrowed(context, listed, where)


def _listed(context: Context, order: LibraryOrder, descending: bool, text: str) -> array[int]:
    if text.strip():
        return array("q", context.store.search.find(text, MOST_FOUND))
    sorted_ids, others = _sorted(context, order)
    if descending:
        sorted_ids.reverse()
    return sorted_ids + others


def _sorted(context: Context, order: LibraryOrder) -> tuple[array[int], array[int]]:
    """File ids in an order, and those it cannot sort."""
    if order == "score":
        return _by_score(context)
    if order in get_args(ValueOrder):
        from musicrec_core.app.lists import details

        return details.sorted_by(context, cast(ValueOrder, order))
    return _listing(context, cast(TagOrder, order))


def prepare(context: Context) -> None:
    """Sort the library by artist, as the screens first show it."""
    _listing(context, "artist")


def _by_score(context: Context) -> tuple[array[int], array[int]]:
    """File ids from the lowest score to the highest, and those without one."""
    import numpy as np

    files, tracks = context.store.listing.tracks_by_artist()
    stored = scoring.latest(context)
    if stored is None:
        return array("q"), files
    order = np.argsort(stored.track_ids)
    file_ids, ids = np.frombuffer(files, np.int64), np.frombuffer(tracks, np.int64)
    at = order[np.searchsorted(stored.track_ids, ids, sorter=order).clip(max=len(order) - 1)]
    scored = stored.track_ids[at] == ids
    # Backwards within equal scores, so that the opposite order reads by artist.
    best_first = np.argsort(-stored.scores[at[scored]], kind="stable")
    lowest_first = file_ids[scored][best_first[::-1]]
    return array("q", lowest_first.tobytes()), array("q", file_ids[~scored].tobytes())


def _listing(context: Context, order: TagOrder) -> tuple[array[int], array[int]]:
    """File ids in an order, and those it cannot sort.

    From the cache while no file changed: sorting a million takes 2 s.
    """
    import numpy as np

    from musicrec_core.app import array_file

    stamp = f"{LISTING_FORMAT}|{context.store.counters.listing_changes()}"
    path = context.cache / f"order-{order}.arrays"
    stored = array_file.read(path, stamp)
    if stored is not None:
        first, last = (array("q", stored[0][part].tobytes()) for part in ("sorted", "others"))
        return first, last
    parts = context.store.listing.in_order(order)
    arrays = [np.array(part, np.int64) for part in parts]
    array_file.write(path, stamp, dict(zip(("sorted", "others"), arrays, strict=True)), {})
    return parts


def rows(
    context: Context, file_ids: Sequence[int], *, with_details: bool = False
) -> list[LibraryRow]:
    """One page of the library; with what was heard in the songs and done with them."""
    tracks = context.store.tracks.by_file_ids(file_ids)
    ids = [track.id for track in tracks]
    opinions = evidence.opinions(context)
    scores = scoring.scores_of(context, ids)
    known: dict[int, SongDetails] = {}
    if with_details:
        from musicrec_core.app.lists import details

        known = details.of_tracks(context, list(dict.fromkeys(ids)))
    return [LibraryRow(t, scores.get(t.id), opinions.get(t.id), known.get(t.id)) for t in tracks]
