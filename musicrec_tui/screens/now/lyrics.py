"""The words of a song, the line that is sung in the middle."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text
from textual.widgets import Static

if TYPE_CHECKING:
    from musicrec_core.app.results import LyricLine


class LyricsPanel(Static):
    """Goes along with the song where times are known; else the lines from the top."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._lines: Sequence[LyricLine] = ()
        self._times: list[float] = []
        self._at = -1

    def show(self, lines: Sequence[LyricLine]) -> None:
        """Other words."""
        self._lines = lines
        self._times = [line.at_s for line in lines if line.at_s is not None]
        self._at = -1
        self.display = bool(lines)
        self.go_to(0.0, anew=True)

    def go_to(self, position_s: float, *, anew: bool = False) -> None:
        """The song is there."""
        at = bisect_right(self._times, position_s) - 1 if self._times else -1
        if anew or at != self._at:
            self._at = at
            self.update(self._drawn())

    def _drawn(self) -> Text:
        room = max(self.size.height, 1)
        first = max(0, min(self._at - room // 2, len(self._lines) - room)) if self._times else 0
        text = Text()
        for place, line in enumerate(self._lines[first : first + room], start=first):
            sung = place == self._at
            mark = "▸ " if sung and line.text else "  "
            text.append(
                f"{mark}{line.text}\n", style="bold" if sung else "dim" if self._times else ""
            )
        return text
