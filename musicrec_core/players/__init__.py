"""Something that plays a song: mpv where it is installed."""

from __future__ import annotations

from musicrec_core.players.player import INSTALL_HINT, Player, Playing
from musicrec_core.players.registry import PLAYERS, PlayerSpec, find_player

__all__ = ["INSTALL_HINT", "PLAYERS", "Player", "PlayerSpec", "Playing", "find_player"]
