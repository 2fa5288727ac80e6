"""How fast to ask, and how long to wait when asked to."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from musicrec_core.enrich.problems import Problem

T = TypeVar("T")

INTERVAL_S = 0.2  # https://www.last.fm/api/tos, 4.4: five requests a second
SLOW_INTERVAL_S = 1.0
SLOW_FOR_S = 60.0  # how long a complaint is remembered
FIRST_PAUSE_S = 2.0  # doubled after each further failure
LOOK_UP_EVERY_S = 0.25  # how soon a pause notices that it is to stop
LONGEST_WAIT_S = 120.0  # a server that wants to be left alone for longer is left alone


class Stopped(Exception):  # noqa: N818 - not an error: somebody asked for it
    """The work is to end now; what was done stays."""


class Clock:
    """Time as it passes; tests bring their own."""

    def now_s(self) -> float:
        """Seconds on a clock that never goes back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Do nothing for a while."""
        time.sleep(seconds)


class Pace:
    """Spaces requests, wider while the server complains. `stop` is asked while waiting."""

    def __init__(self, clock: Clock | None = None, stop: Callable[[], bool] | None = None) -> None:
        self._clock = clock or Clock()
        self._stop = stop or (lambda: False)
        self._next_s = self._clock.now_s()
        self._slow_until_s = self._next_s

    def wait(self) -> None:
        """Return when the next request may start. Raises Stopped."""
        self.pause(self._next_s - self._clock.now_s())
        now_s = self._clock.now_s()
        self._next_s = now_s + (SLOW_INTERVAL_S if now_s < self._slow_until_s else INTERVAL_S)

    def slow_down(self) -> None:
        """The server complained."""
        self._slow_until_s = self._clock.now_s() + SLOW_FOR_S
        self._next_s = max(self._next_s, self._clock.now_s() + SLOW_INTERVAL_S)

    def pause(self, seconds: float) -> None:
        """Wait. Raises Stopped as soon as the work is to end."""
        until = self._clock.now_s() + seconds
        while True:
            if self._stop():
                raise Stopped
            left = until - self._clock.now_s()
            if left <= 0:
                return
            self._clock.sleep(min(left, LOOK_UP_EVERY_S))


class Patience:
    """Asks again, after growing pauses, what may be answered the next time."""

    def __init__(self, pace: Pace, *, patient: bool = True) -> None:
        self.requests = 0
        """How many were made, failed and repeated ones too."""
        self._pace = pace
        self._patient = patient

    def ask(self, once: Callable[[], T]) -> T:
        """The answer to a request. Unless patient, it is made once.

        Raises a Problem when the server says no, or still fails after growing pauses; Stopped.
        """
        pause_s, tried = FIRST_PAUSE_S, 0
        while True:
            self._pace.wait()
            self.requests += 1
            tried += 1
            try:
                return once()
            except Problem as problem:
                if problem.slows:
                    self._pace.slow_down()
                most = problem.tries if self._patient else 1
                if tried >= most or problem.wait_s > LONGEST_WAIT_S:
                    raise
                self._pace.pause(max(pause_s, problem.wait_s))
            pause_s *= 2
