"""The screens' first paint and first picks beside an empty Textual application, run in turns.

Needs no data: the library is that of `musicrec demo`. Each start is a process of its own in a
pseudo-terminal; a mark counts when its bytes arrive there.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.results import record
from benchmarks.speed.timing import as_installed
from musicrec_core.app.facade import MusicRec
from musicrec_core.demo import build_library

EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("painted")
Empty().run()
"""
MOST_S = 60.0
MARKS = {"first paint": "musicrec", "first page": "For You", "picks": "Why "}
"""What is waited for: the name in its frame, the page with its bar, the list with its reasons."""


def main() -> None:
    """Print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        home, songs = Path(folder, "home"), Path(folder, "songs")
        build_library(songs)
        with MusicRec(home=home) as app:
            app.library.scan([str(songs)])
        empty, screens = [], []
        for _ in range(runs + 1):
            empty.append(seconds(shown([sys.executable, "-c", EMPTY], home), ["painted"]))
            screens.append(seconds(open_screens(home), MARKS.values()))
    floor_s = statistics.median(first for (first,) in empty[1:])
    print(f"empty application  {1000 * floor_s:6.0f} ms")
    for name, column in zip(MARKS, zip(*screens[1:], strict=True), strict=True):
        times = statistics.median(column) / floor_s
        print(f"{name:18} {1000 * statistics.median(column):6.0f} ms   {times:.2f} times")
        record(
            "first_paint", f"{name} of the screens", round(times, 1), "times",
            "python -m benchmarks first_paint", "beside an empty Textual application",
        )  # fmt: skip


@dataclass
class Shown:
    """A program in a pseudo-terminal of 120 columns by 40 lines."""

    child: int
    terminal: int
    started_s: float
    written: bytes = b""

    def until(self, mark: str) -> float:
        """Seconds from its start until it has written that."""
        while mark.encode() not in self.written:
            if time.perf_counter() - self.started_s > MOST_S:
                raise TimeoutError(f"{mark!r} was not shown within {MOST_S:.0f} s")
            self.written += os.read(self.terminal, 65536)
        self.written = self.written.partition(mark.encode())[2]
        return time.perf_counter() - self.started_s

    def end(self) -> None:
        """Stop it at once."""
        os.kill(self.child, 9)
        os.close(self.terminal)
        os.waitpid(self.child, 0)


def shown(command: list[str], home: Path, more: dict[str, str] | None = None) -> Shown:
    """Start a program in its own terminal."""
    started_s = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        environment = {**as_installed(home), "TERM": "xterm-256color", **(more or {})}
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        os.execve(command[0], command, environment)  # noqa: S606 - the point of it
    return Shown(child, terminal, started_s)


def open_screens(home: Path, more: dict[str, str] | None = None) -> Shown:
    """Start the screens."""
    return shown([sys.executable, "-m", "musicrec_tui"], home, more)


def seconds(program: Shown, marks: Iterable[str]) -> list[float]:
    """From the start until each mark was written, in this order."""
    try:
        return [program.until(mark) for mark in marks]
    finally:
        program.end()


if __name__ == "__main__":
    main()
