"""How this person wants lists to lean while nothing else is asked for."""

from __future__ import annotations

from dataclasses import replace

from musicrec_core.app.context import Context
from musicrec_core.app.lists.request import Dials
from musicrec_core.errors import MusicRecError

NAMES = ("popular", "familiar", "close", "diverse", "explore")
MOST = {"explore": 0.5}
"""The end of a dial that does not go to 1."""


def load(context: Context) -> Dials:
    """The defaults, and in their place what was set."""
    kept = {name: _kept(context, name) for name in NAMES}
    return replace(Dials(), **{name: value for name, value in kept.items() if value is not None})


def set_own(context: Context, name: str, value: float | None) -> None:
    """Set a dial, or with None leave it to its default; MusicRecError outside its range."""
    checked(name, 0.0 if value is None else value)
    stored = "" if value is None else f"{value:g}"
    context.store.guarded.set_setting(context.profile, f"dial {name}", stored)


def checked(name: str, value: float) -> None:
    """Raises MusicRecError for a dial that there is not, or a value outside its range."""
    if name not in NAMES:
        raise MusicRecError(f"there is no dial {name}; there are: {', '.join(NAMES)}")
    most = MOST.get(name, 1.0)
    if not 0 <= value <= most:
        raise MusicRecError(f"{name} goes from 0 to {most:g}, not to {value:g}")


def parsed(name: str, stored: str | None) -> float | None:
    """What was set; None where nothing was, or it is no number in the range of the dial."""
    try:
        value = float(stored or "nan")
    except ValueError:
        return None
    return value if name in NAMES and 0 <= value <= MOST.get(name, 1.0) else None


def _kept(context: Context, name: str) -> float | None:
    return parsed(name, context.store.guarded.setting(context.profile, f"dial {name}"))
