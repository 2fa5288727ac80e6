"""What a player can do, whichever program does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

INSTALL_HINT = "Install mpv to listen: https://mpv.io/installation, or your package manager"

PlayingState = Literal["loading", "playing", "paused", "ended", "failed", "stopped"]


@dataclass(frozen=True, slots=True)
class Playing:
    """Where playback stands. `failed`: the player could not play the file."""

    state: PlayingState
    position_s: float = 0.0
    duration_s: float | None = None
    """None while the player does not know it."""
    no_output: bool = False
    """With `failed`: the file is well, but there is nothing to hear it with."""


class Player(Protocol):
    """Plays one file at a time. Every method may raise PlayerError with one clear line."""

    def play(self, path: str) -> None:
        """Start a file from its beginning; `path` as `os.fsdecode` gives it."""

    def toggle(self) -> None:
        """Pause or go on."""

    def stop(self) -> None:
        """Stop, and forget the file."""

    def now(self) -> Playing:
        """Where playback stands. `ended` and `failed` stay until the next play or stop."""

    def close(self) -> None:
        """End the player; it may be used again afterwards."""
