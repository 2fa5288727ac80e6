"""Where playback stands, counted on between two looks at the player."""

from __future__ import annotations

import time
from dataclasses import replace

from musicrec_core.players import Playing

STOPPED = Playing("stopped")
BEFORE_END_S = 1.0  # seeking never ends a song


class Position:
    """What the player said last, and when."""

    def __init__(self) -> None:
        self.seen = STOPPED
        self._seen_s = 0.0

    @property
    def seconds(self) -> float:
        """How far the song has played by now."""
        since_s = time.monotonic() - self._seen_s if self.seen.state == "playing" else 0.0
        return min(self.seen.position_s + since_s, self.seen.duration_s or float("inf"))

    def see(self, now: Playing) -> None:
        """The player stands there."""
        self.seen, self._seen_s = now, time.monotonic()

    def seek_by(self, seconds: float, length_s: float | None) -> float:
        """Go so much on, or back where it is negative, within the song; returns where that is."""
        end_s = self.seen.duration_s or length_s or float("inf")
        there_s = min(max(self.seconds + seconds, 0.0), max(end_s - BEFORE_END_S, 0.0))
        self.see(replace(self.seen, position_s=there_s))
        return there_s
