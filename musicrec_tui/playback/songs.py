"""The queue with the songs that its places stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from musicrec_core.app.playback.queue import Queue
from musicrec_core.records import Track


class QueueSongs:
    """Tells when the queue is another one, or stands elsewhere."""

    def __init__(self, changed: Callable[[], None]) -> None:
        self._changed = changed
        self.queue = Queue()
        self.tracks: dict[int, Track] = {}
        """By track id."""

    def take(self, queue: Queue, tracks: Mapping[int, Track] | None = None) -> None:
        """Another queue; songs in it that were not known before come with it."""
        self.tracks.update(tracks or {})
        if queue is not self.queue:
            self.queue = queue
            self._changed()

    def remember(self, tracks: Sequence[Track]) -> list[int]:
        """The ids of songs that are about to be queued."""
        self.tracks.update((track.id, track) for track in tracks)
        return [track.id for track in tracks]

    def at(self, position: int | None) -> Track | None:
        """The song of a position; None without one, or where its file is not there."""
        return None if position is None else self.tracks.get(self.queue.songs[position].track_id)
