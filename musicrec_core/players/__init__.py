"""Something that plays a song: mpv where it is installed."""

from __future__ import annotations

from musicrec_core.players.mpv import find_player
from musicrec_core.players.player import INSTALL_HINT, Player, Playing

__all__ = ["INSTALL_HINT", "Player", "Playing", "find_player"]
