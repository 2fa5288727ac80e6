"""How fast long work goes: songs a second in its present phase, and the time that is left."""

from __future__ import annotations

import time

from musicrec_core.records import Progress

RATE_AFTER_S = 1.0  # a rate over less is noise


class JobPace:
    """Follows one job step by step."""

    def __init__(self) -> None:
        self.progress: Progress | None = None
        self.losses: list[tuple[float, float]] = []
        """Of the new model and of that in use, round by round of a training."""
        self._began_s = 0.0
        self._began_at = 0

    def step(self, progress: Progress) -> None:
        """The job went on; with another phase the clock starts anew."""
        if self.progress is None or progress.phase != self.progress.phase:
            self._began_s, self._began_at = time.monotonic(), progress.done
        self.progress = progress
        if progress.losses:
            self.losses.append(progress.losses)

    @property
    def per_s(self) -> float | None:
        """Steps a second; None while that cannot be said."""
        elapsed_s = time.monotonic() - self._began_s
        if self.progress is None or elapsed_s < RATE_AFTER_S:
            return None
        return (self.progress.done - self._began_at) / elapsed_s or None

    @property
    def left_s(self) -> float | None:
        """Seconds to the end of the phase; None while that cannot be said."""
        per_s = self.per_s
        if self.progress is None or per_s is None or not self.progress.total:
            return None
        return (self.progress.total - self.progress.done) / per_s
