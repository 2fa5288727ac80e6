"""Something that plays a song: mpv or MPD, where one is there."""

from __future__ import annotations

from musicrec_core.players.player import INSTALL_HINT, Player, PlayerSound, Playing, ReplayGain
from musicrec_core.players.registry import PLAYERS, PlayerSpec, find_player
from musicrec_core.players.remote import MpdRemote, find_remote

__all__ = [
    "INSTALL_HINT",
    "PLAYERS",
    "MpdRemote",
    "Player",
    "PlayerSound",
    "PlayerSpec",
    "Playing",
    "ReplayGain",
    "find_player",
    "find_remote",
]
