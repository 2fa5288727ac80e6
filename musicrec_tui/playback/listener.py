"""What playback tells of itself."""

from __future__ import annotations

from typing import Protocol

from musicrec_core.app.playback.listened import Listened
from musicrec_core.records import Track


class PlaybackListener(Protocol):
    """Who is told what happens."""

    def track_changed(self, track: Track | None) -> None:
        """Another song plays, or none."""

    def queue_changed(self) -> None:
        """The queue is another one, or stands elsewhere."""

    def position_changed(self) -> None:
        """Playback stands elsewhere, or sounds otherwise."""

    def heard(self, listened: Listened) -> None:
        """A song was heard so that it counts."""

    def trouble(self, text: str) -> None:
        """The player is missing, gone, or cannot play this file, in words for the user."""
