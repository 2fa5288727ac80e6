"""Which players there are, the first found being used."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from musicrec_core.players import mpv
from musicrec_core.players.player import Player


@dataclass(frozen=True, slots=True)
class PlayerSpec:
    """A program that can play songs. program: its path here, None where it is not installed."""

    name: str
    program: Callable[[], str | None]
    start: Callable[[str], Player]


PLAYERS = (PlayerSpec("mpv", mpv.program, mpv.start),)


def find_player() -> Player | None:
    """The first player installed here, not started yet; None where there is none."""
    for spec in PLAYERS:
        program = spec.program()
        if program is not None:
            return spec.start(program)
    return None
