"""Many looks into files at once, each in a child process of limited memory and time."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING

from musicrec_core.app.results import Cancelled

if TYPE_CHECKING:
    from musicrec_core.app.library.look import Look

READERS = 4
"""Reading tags waits for the disk more than for the processor."""
FILES_A_READER = 100
"""Starting one costs as much as reading about so many files."""


class Looks:
    """Use it as a context manager: the processes end with it, or as soon as `stop` says so."""

    def __init__(self, files: int, stop: Cancelled | None = None) -> None:
        """`files`: about how many there will be, which tells how many processes pay."""
        from musicrec_core.app.library.look import LIMITS, WORK
        from musicrec_core.audio.worker_pool import WorkerPool

        self._pool = WorkerPool(WORK, LIMITS)
        self._workers = min(READERS, 1 + files // FILES_A_READER)
        self._stop = stop
        self._held = ExitStack()

    def __enter__(self) -> Looks:
        from musicrec_core.audio.parallel import watched

        self._threads = self._held.enter_context(ThreadPoolExecutor(self._workers))
        self._held.enter_context(watched(self._pool, self._stop))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._pool.close()  # first, so that no thread waits for a file in work
        self._held.close()

    def into(self, paths: Sequence[bytes]) -> list[Look | str | None]:
        """Of each file, in order: the look, or the reason why there is none; None once stopped.

        Raises MusicRecError where no process can be started.
        """
        return list(self._threads.map(self._one, paths))

    def _one(self, path: bytes) -> Look | str | None:
        from musicrec_core.app.library.look import look_of

        shown = os.fsdecode(path)
        answer = self._pool.ask(shown)
        if answer.crashed and not self._pool.closed:
            answer = self._pool.ask(shown)  # memory may have been short for another's sake
        if self._pool.closed:
            return None
        if answer.result is None:
            return answer.reason or "it cannot be read"
        return look_of(answer.result)
