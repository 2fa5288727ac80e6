"""What a player can do, whichever program does it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

INSTALL_HINT = "Install mpv to listen: https://mpv.io/installation, or your package manager"

PlayingState = Literal["loading", "playing", "paused", "ended", "failed", "stopped"]
ReplayGain = Literal["off", "track", "album"]


@dataclass(frozen=True, slots=True)
class Playing:
    """Where playback stands. `failed`: the player could not play the file."""

    state: PlayingState
    position_s: float = 0.0
    duration_s: float | None = None
    """None while the player does not know it."""
    no_output: bool = False
    """With `failed`: the file is well, but there is nothing to hear it with."""
    handed_over: bool = False
    """Since `play` or `follow`: the song before came to its end, and what was to follow plays."""


@dataclass(frozen=True, slots=True)
class PlayerSound:
    """How it is to sound. volume: 0 to 100. crossfade_s: 0 for none."""

    volume: int = 100
    replay_gain: ReplayGain = "off"
    crossfade_s: int = 0


class Player(Protocol):
    """Plays one file, and another one after it. Every method may raise PlayerError, one clear line.

    Paths are as `os.fsdecode` gives them.
    """

    name: str
    can_crossfade: bool

    def play(self, path: str, start_s: float = 0.0) -> None:
        """Play a file instead of what plays now."""

    def follow(self, path: str | None) -> None:
        """What plays on without a gap when this file has ended; None for nothing."""

    def toggle(self) -> None:
        """Pause or go on."""

    def seek(self, position_s: float) -> None:
        """Go on from there."""

    def sound(self, sound: PlayerSound) -> None:
        """How it is to sound from now on; what the player cannot do is left out."""

    def stop(self) -> None:
        """Stop, and forget the file and what was to follow."""

    def now(self) -> Playing:
        """Where playback stands. `ended` and `failed` stay until the next play or stop."""

    def close(self) -> None:
        """End the player; it may be used again afterwards."""
