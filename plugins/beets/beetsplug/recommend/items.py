"""What is read of the beets library, and how it is said to musicrec."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from beets.dbcore import InvalidQueryError
from beets.ui import UserError  # type: ignore[attr-defined]  # its home moved; this name stayed

if TYPE_CHECKING:
    from beets.library import Item, Library

    from musicrec_core.records import Tags


class ItemRow(NamedTuple):
    """What is read of every item on each call; building an Item costs fifty times as much."""

    item_id: int
    path: str
    mtime_s: int
    """When beets last knew file and tags to agree; 0 after it changed tags without writing."""


def item_rows(lib: Library) -> list[ItemRow]:
    with lib.transaction() as tx:
        rows = tx.query("SELECT id, CAST(path AS BLOB), mtime FROM items")
    root = os.fsencode(lib.directory)
    return [
        # Newer versions store paths relative to the library folder, older ones absolute.
        ItemRow(item_id, os.fsdecode(os.path.join(root, path)), int(mtime or 0))
        for item_id, path, mtime in rows
    ]


def tags_of_item(item: Item | None) -> Tags:
    from musicrec_core.records import Tags
    from musicrec_core.text import one_line

    if item is None:  # removed by another process just now
        return Tags()

    def values(name: str, older_name: str) -> Iterable[str]:
        """The values of a field that was a single text of another name in older beets."""
        value = item.get(name) or item.get(older_name) or ()
        return (value,) if isinstance(value, str) else value

    return Tags(
        title=one_line(item.title),
        artist=one_line(item.artist),
        album=one_line(item.album),
        album_artist=one_line(item.albumartist),
        composer=one_line(", ".join(values("composers", "composer"))),
        genres=tuple(one_line(genre) for genre in values("genres", "genre")),
        track_no=item.track or None,
        disc_no=item.disc or None,
        year=item.year or None,
        compilation=bool(item.comp),
        duration_s=item.length or None,
        artists=tuple(filter(None, map(one_line, item.get("artists") or ()))),
    )


def seed_paths(lib: Library, tracks: dict[int, int], query: str) -> list[str]:
    """The songs that beets finds, else the query itself, for musicrec to make sense of."""
    if not query.strip():
        raise UserError("an empty --seed means no song")
    try:
        items = lib.items(query)
    except InvalidQueryError:  # the apostrophe of "Don't Stop" is no quotation mark
        items = lib.items([query])
    return [os.fsdecode(item.path) for item in items if item.id in tracks] or [query]


def matching(lib: Library, tracks: dict[int, int], query: list[str]) -> dict[int, int]:
    chosen = {item.id: tracks[item.id] for item in lib.items(query) if item.id in tracks}
    if not chosen:
        raise UserError(f"no song matches {' '.join(query)}")
    return chosen
