"""A line of progress on a terminal: phase, bar, rate and time left."""

from __future__ import annotations

import shutil
import sys
import time
from types import TracebackType

from musicrec_core.records import Progress
from musicrec_core.text import one_line

SHOW_AFTER_S = 0.5  # quick work shows nothing
REDRAW_EVERY_S = 0.1
BAR_CELLS = 24


class ProgressLine:
    """Call it with each Progress; it draws on stderr, and only where that is a terminal."""

    def __init__(self) -> None:
        self._on = sys.stderr.isatty()
        self._phase = ""
        self._started = self._drawn = time.monotonic()
        self._visible = False

    def __call__(self, progress: Progress) -> None:
        """Draw a step of the work."""
        now = time.monotonic()
        if progress.phase != self._phase:
            self._phase, self._started = progress.phase, now
        if not self._on or now - self._drawn < REDRAW_EVERY_S:
            return
        if now - self._started >= SHOW_AFTER_S or self._visible:
            self._draw(progress, now - self._started)
            self._drawn = now

    def _draw(self, progress: Progress, seconds: float) -> None:
        line = one_line(f"{progress.phase}  {self._amount(progress, seconds)}  {progress.detail}")
        columns = shutil.get_terminal_size().columns
        sys.stderr.write(f"\r\x1b[2K{line[: columns - 1]}")
        sys.stderr.flush()
        self._visible = True

    @staticmethod
    def _amount(progress: Progress, seconds: float) -> str:
        rate = progress.done / seconds if seconds > 0 else 0.0
        if not progress.total:
            return f"{progress.done}"
        filled = round(BAR_CELLS * min(progress.done / progress.total, 1.0))
        bar = "█" * filled + "░" * (BAR_CELLS - filled)
        left = clock((progress.total - progress.done) / rate) if rate > 0 else "?"
        return f"{bar} {progress.done}/{progress.total}  {rate:.1f}/s  {left} left"

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Take the line away."""
        if self._visible:
            sys.stderr.write("\r\x1b[2K")
            sys.stderr.flush()


class UpgradeLine:
    """The upgrade of a database, which may come in the midst of any command."""

    def __init__(self) -> None:
        self._line: ProgressLine | None = None

    def __call__(self, progress: Progress | None) -> None:
        """Draw a step; take the line away when it is over."""
        self._line = self._line or ProgressLine()
        if progress is None:
            self._line.close()
        else:
            self._line(progress)


def clock(seconds: float) -> str:
    """`1:05` or `2:01:09`."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
