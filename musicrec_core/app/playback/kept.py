"""The queue of a profile as it is kept from one time to the next."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from musicrec_core.app.context import Context
from musicrec_core.app.playback.queue import REPEATS, Queue, QueuedSong
from musicrec_core.ordered import OrderedList, Splice

FORMAT = 1
Pairs = list[list[int]]


@dataclass(frozen=True, slots=True)
class KeptQueue:
    """A queue, and how far its current song had played."""

    queue: Queue = Queue()  # noqa: RUF009 - it is frozen
    position_s: float = 0.0


def keep(context: Context, kept: KeptQueue) -> None:
    """Write it down in the place of the one before."""
    with context.store.atomic():
        context.store.queues.put(context.profile, packed(kept))


def load(context: Context) -> KeptQueue:
    """The one that was kept; an empty one where there is none that can be read."""
    text = context.store.queues.of(context.profile)
    return unpacked(text) if text else KeptQueue()


def packed(kept: KeptQueue) -> str:
    """As JSON."""
    queue = kept.queue
    return json.dumps(
        {
            "format": FORMAT,
            "songs": _pairs(queue.songs),
            "done": [_splice(change) for change in queue.order.done],
            "undone": [_splice(change) for change in queue.order.undone],
            "current": queue.current,
            "gap": queue.gap,
            "history": list(queue.history),
            "repeat": queue.repeat,
            "next_key": queue.next_key,
            "position_s": kept.position_s,
        }
    )


def unpacked(text: str) -> KeptQueue:
    """From JSON; an empty one for what is damaged or of another format."""
    try:
        value = json.loads(text)
        if value["format"] != FORMAT or value["repeat"] not in REPEATS:
            return KeptQueue()
        order = OrderedList(
            _songs(value["songs"]),
            tuple(_change(change) for change in value["done"]),
            tuple(_change(change) for change in value["undone"]),
        )
        queue = Queue(
            order, value["current"], value["gap"], tuple(value["history"]), value["repeat"],
            value["next_key"],
        )  # fmt: skip
        return KeptQueue(queue, float(value["position_s"]))
    except (ValueError, KeyError, TypeError):
        return KeptQueue()


def _pairs(songs: tuple[QueuedSong, ...]) -> Pairs:
    return [[song.key, song.track_id] for song in songs]


def _songs(pairs: Pairs) -> tuple[QueuedSong, ...]:
    return tuple(QueuedSong(key, track_id) for key, track_id in pairs)


def _splice(change: Splice[QueuedSong]) -> list[Any]:
    return [change.position, _pairs(change.removed), _pairs(change.added)]


def _change(packed_change: list[Any]) -> Splice[QueuedSong]:
    position, removed, added = packed_change
    return Splice(position, _songs(removed), _songs(added))
