"""The line about what plays."""

from __future__ import annotations

from musicrec_core.app.playback.queue import Repeat
from musicrec_core.players import Playing
from musicrec_core.records import Track
from musicrec_tui.widgets.cells import bar, clock, fit

BAR_CELLS = 20
SHORTEST_NAME = 10
LOUDEST = 100
_REPEATS: dict[Repeat, str] = {"off": "", "all": "↻", "one": "↻1"}


def playing_line(
    track: Track, now: Playing, width: int, *, repeat: Repeat = "off", volume: int = LOUDEST
) -> str:
    """Mark, name, how far it is; repeat and volume where they are not as usual."""
    mark = "▶" if now.state in ("playing", "loading") else "‖"
    duration_s = now.duration_s or track.duration_s
    share = now.position_s / duration_s if duration_s else 0.0
    tail = f"{bar(share, BAR_CELLS, '─')}  {clock(now.position_s)} / {clock(duration_s)}"
    extras = (_REPEATS[repeat], "" if volume == LOUDEST else f"vol {volume}")
    tail += "".join(f"  {extra}" for extra in extras if extra)
    room = width - len(tail) - len(mark) - 3
    return f"{mark} {fit(track.label, max(room, SHORTEST_NAME))}  {tail}"
