"""Plays along the queue, whatever shows it."""

from __future__ import annotations

from musicrec_tui.playback.listener import PlaybackListener
from musicrec_tui.playback.playback import Playback

__all__ = ["Playback", "PlaybackListener"]
