"""Child processes that look into files, lent to whatever thread asks, replaced when they die."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from musicrec_core.audio.limits import Limits
from musicrec_core.errors import MusicRecError

# The scan runs one child a core: threads inside them would only fight.
_ONE_THREAD = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL", "NUMBA")} | {
    "VECLIB_MAXIMUM_THREADS": "1"
}


@dataclass(frozen=True, slots=True)
class WorkerAnswer:
    """What the work made of one file, as JSON gives it, or the reason why there is nothing."""

    result: Any = None
    reason: str | None = None
    crashed: bool = False
    """The process died on it, which another try may survive: memory may have been short."""


class WorkerPool:
    """Does one work on files, in as many child processes as threads ask at once."""

    def __init__(self, work: str, limits: Limits) -> None:
        """`work` is `module:function`, of a function from a path to a record of JSON's types."""
        self._work = work
        self._limits = limits
        self._lock = threading.Lock()
        self._idle: list[_Child] = []
        self._all: set[_Child] = set()
        self._closed = False

    @property
    def closed(self) -> bool:
        """Whether it was closed: what answers say after that means nothing."""
        return self._closed

    def ask(self, path: str) -> WorkerAnswer:
        """Look into one file in a child of its own; never raises for the file's sake.

        Raises MusicRecError where no child can be started.
        """
        child = self._borrow()
        if child is None:
            return WorkerAnswer(reason=f"{self._limits.doing} was stopped")
        started = time.monotonic()
        reply = child.ask(path)
        if reply is None:
            self._forget(child)
            return self._lost(child.end(), time.monotonic() - started)
        with self._lock:
            self._idle.append(child)
        return WorkerAnswer(reply.get("result"), reply.get("reason"))

    def close(self) -> None:
        """End every child at once; calls in progress return. Afterwards none is left.

        Two threads may close it at once: neither returns before every child has ended.
        """
        with self._lock:
            self._closed = True
            children = tuple(self._all)
        for child in children:
            child.end()

    def _borrow(self) -> _Child | None:
        with self._lock:
            if self._closed:
                return None
            if self._idle:
                return self._idle.pop()
            child = _Child(self._work, self._limits)
            self._all.add(child)
        child.wait_until_ready()
        return child

    def _forget(self, child: _Child) -> None:
        with self._lock:
            self._all.discard(child)

    def _lost(self, exit_status: int, seconds: float) -> WorkerAnswer:
        limits = self._limits
        if seconds >= limits.wall_s:
            return WorkerAnswer(reason=limits.too_long)
        if limits.processor_s and exit_status == -getattr(signal, "SIGXCPU", 24):
            return WorkerAnswer(reason=limits.too_costly)
        if exit_status == -getattr(signal, "SIGKILL", 9):
            reason = f"the system ended its {limits.doing}, perhaps for want of memory"
        else:
            reason = "the decoder crashed on this file"
        return WorkerAnswer(reason=reason, crashed=True)


class _Child:
    """One process running musicrec_core.audio.worker, and the two pipes to it.

    Any thread may end it. The pipes are closed by none while another is reading or writing.
    """

    def __init__(self, work: str, limits: Limits) -> None:
        # -P keeps the folder we happen to stand in from shadowing modules.
        command = [sys.executable, "-P", "-m", "musicrec_core.audio.worker"]
        self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [*command, work, json.dumps(asdict(limits))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="ascii",
            env=os.environ | _ONE_THREAD | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,  # Ctrl-C is for the parent, which then ends us
        )
        self._doing = limits.doing
        self._pipes_in_use = threading.Lock()
        self._ended = False

    def wait_until_ready(self) -> None:
        """Raises MusicRecError where the process cannot even load the analysis."""
        with self._pipes_in_use:
            line = self._next_line()
        problem = json.loads(line) if line else "it ended at once"
        if problem is not None and not self._ended:
            self.end()
            raise MusicRecError(f"the process for {self._doing} cannot start: {problem}")

    def ask(self, path: str) -> dict[str, Any] | None:
        """The reply for one path, or None when the process died over it."""
        with self._pipes_in_use:
            line = self._next_line() if self._tell(path) else ""
        return json.loads(line) if line.endswith("\n") else None

    def end(self) -> int:
        """Kill the process if it still runs; its exit status."""
        self._ended = True
        self._process.kill()
        status = self._process.wait()
        with self._pipes_in_use:  # a thread that waits for a reply has now had the pipe's end
            for pipe in (self._process.stdin, self._process.stdout):
                assert pipe is not None
                with suppress(OSError):  # of a line that nobody took
                    pipe.close()
        return status

    def _tell(self, path: str) -> bool:
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(path) + "\n")
            self._process.stdin.flush()
        except (OSError, ValueError):  # it died, or was ended, before it took the line
            return False
        return True

    def _next_line(self) -> str:
        assert self._process.stdout is not None
        try:
            return self._process.stdout.readline()
        except ValueError:  # it was ended, and the pipe closed, before we asked
            return ""
