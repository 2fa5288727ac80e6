"""Which players there are, the first found being used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from musicrec_core.players import mpd, mpv
from musicrec_core.players.player import INSTALL_HINT, Player


@dataclass(frozen=True, slots=True)
class PlayerSpec:
    """A program that can play songs. find: it, not started yet; None where it is not here."""

    name: str
    find: Callable[[], Player | None]
    install_hint: str


PLAYERS = (
    PlayerSpec("mpv", mpv.find, INSTALL_HINT),
    PlayerSpec("mpd", mpd.find, mpd.INSTALL_HINT),
)


def find_player(name: str | None = None) -> Player | None:
    """The first player found here, or the one of a name; None where there is none."""
    wanted = [spec for spec in PLAYERS if name in (None, spec.name)]
    return next((player for spec in wanted if (player := spec.find()) is not None), None)
