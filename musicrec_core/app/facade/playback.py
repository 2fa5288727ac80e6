"""Playback: the queue as it is kept, and its songs. The player itself belongs to the front end."""

from __future__ import annotations

from collections.abc import Sequence

from musicrec_core.app.facade.part import FacadePart
from musicrec_core.app.playback import kept
from musicrec_core.app.playback.kept import KeptQueue
from musicrec_core.app.playback.queue import Queue
from musicrec_core.app.playlists import lookup
from musicrec_core.app.playlists.records import PlaylistItem
from musicrec_core.records import Track
from musicrec_core.store.playlist_records import PlaylistEntry


class PlaybackPart(FacadePart):
    """What this person listens to."""

    __slots__ = ()

    def queue(self) -> KeptQueue:
        """The queue as it was left; an empty one at first."""
        return kept.load(self._context)

    def keep(self, queue: Queue, position_s: float = 0.0) -> None:
        """Keep the queue, and how far its current song has played, for the next time."""
        kept.keep(self._context, KeptQueue(queue, position_s))

    def songs(self, track_ids: Sequence[int]) -> tuple[PlaylistItem, ...]:
        """The songs of a queue in their order, each with the reason where it cannot be played."""
        entries = [PlaylistEntry(track_id) for track_id in track_ids]
        return lookup.items(self._context, entries)

    def tracks(self, track_ids: Sequence[int]) -> dict[int, Track]:
        """Songs by track id, those that can be played."""
        return {i.track.id: i.track for i in self.songs(track_ids) if i.absent is None}
