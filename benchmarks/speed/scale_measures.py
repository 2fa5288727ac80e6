"""What `python -m benchmarks scale` measures of one library, each as a user would meet it."""

from __future__ import annotations

import asyncio
import os
import pty
import resource
import select
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.speed.timing import as_installed, musicrec
from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists.request import ListRequest

if TYPE_CHECKING:
    from musicrec_tui.screens.main import MainScreen

# A process counts the memory of the one that started it, so a small one starts them. What is
# private is asked for again and again: the system keeps no peak of it.
LAUNCHER = """
import os, subprocess, sys, time
start = time.perf_counter()
child, private, done = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL), 0, 0
while not done:
    time.sleep(0.002)
    with open(f"/proc/{child.pid}/status") as status:
        for line in status:
            if line.startswith("RssAnon"):
                private = max(private, int(line.split()[1]))
    done, status, used = os.wait4(child.pid, os.WNOHANG)
wall = time.perf_counter() - start
print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, private / 1024)
sys.exit(os.waitstatus_to_exitcode(status))
"""
PATIENCE_S = 300.0
COLUMNS, LINES = 160, 45
PAUSE_S = 0.5  # between two likes


@dataclass(frozen=True, slots=True)
class Measured:
    """The middle of some runs, and the most memory that any of them held.

    peak_mb: all that was resident, mapped files included, whose pages other processes share and the
    system may take back. private_mb: what is this process's alone.
    """

    seconds: float
    peak_mb: float = 0.0
    processor_s: float = 0.0
    """Of all its threads: what the wall clock would say on an idle machine with one core."""
    private_mb: float = 0.0


def command(home: Path, *arguments: str, runs: int = 3, warm: bool = True) -> Measured:
    """A `musicrec` command as a process, once unmeasured before if `warm`."""
    return process(home, musicrec(*arguments), runs, warm=warm)


def process(home: Path, arguments: Sequence[str], runs: int, *, warm: bool = True) -> Measured:
    """Any process with this library as its home."""
    measured = [_launched(home, arguments) for _ in range(runs + warm)][warm:]
    wall, processor, peaks, private = zip(*measured, strict=True)
    return Measured(statistics.median(wall), max(peaks), statistics.median(processor), max(private))


def _launched(home: Path, arguments: Sequence[str]) -> list[float]:
    """What the launcher says of a process."""
    done = subprocess.run(
        [sys.executable, "-S", "-E", "-c", LAUNCHER, *arguments],
        env=_environment(home), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stderr}")
    return [float(number) for number in done.stdout.split()]


def python(home: Path, code: str, runs: int = 3, *, warm: bool = True) -> Measured:
    """A few lines in a process of their own."""
    return process(home, [sys.executable, "-c", code], runs, warm=warm)


def _environment(home: Path) -> dict[str, str]:
    return {**as_installed(home), "TERM": "xterm-256color",
            "COLUMNS": str(COLUMNS), "LINES": str(LINES)}  # fmt: skip


def warmed(work: Callable[[], object], runs: int = 3) -> float:
    """The middle of some runs in this process, after one unmeasured."""
    work()
    seconds = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def screens(home: Path) -> tuple[Measured, Measured]:
    """From the start of `musicrec` in a terminal to its first paint, and to its picks."""
    with MusicRec(home=home) as app:
        title = app.lists.recommend(ListRequest(100)).picks[0].track.title.split()[0].encode()
    started = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:  # pragma: no cover - the child becomes the screens
        arguments = musicrec()
        os.execve(arguments[0], arguments, _environment(home))  # noqa: S606
    _resize(terminal)
    try:
        painted = Measured(_until(terminal, b"For You", started), processor_s=_used_s(pid))
        with_picks = _until(terminal, title, started)
        peak_mb, private_mb = _held_mb(pid, "VmHWM"), _held_mb(pid, "RssAnon")
        os.write(terminal, b"q")
        _drain(terminal)
    finally:
        os.close(terminal)
        _, _, usage = os.wait4(pid, 0)
    return painted, Measured(with_picks, peak_mb, _processor_s(usage), private_mb)


def _resize(terminal: int) -> None:
    import fcntl
    import struct
    import termios

    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))


def _until(terminal: int, wanted: bytes, started: float) -> float:
    seen = b""
    while wanted not in seen:
        ready, _, _ = select.select([terminal], [], [], PATIENCE_S)
        if not ready:
            raise RuntimeError(f"the screens never showed {wanted!r}: {seen[-300:]!r}")
        seen += os.read(terminal, 65_536)
    return time.perf_counter() - started


def _processor_s(usage: resource.struct_rusage) -> float:
    return usage.ru_utime + usage.ru_stime


def _drain(terminal: int) -> None:
    try:
        while os.read(terminal, 65_536):
            pass
    except OSError:  # the other end is closed: the screens ended
        return


def _used_s(pid: int) -> float:
    """Processor time of a process so far."""
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


def _held_mb(pid: int, what: str) -> float:
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith(what):
            return int(line.split()[1]) / 1024
    return float("nan")


def like_in_screens(home: Path, profile: str, likes: int = 5) -> Measured:
    """From the key to the new list, the middle of some likes, by the screens' own path."""
    return asyncio.run(_like_in_screens(home, profile, likes))


def picks_that_stay(home: Path, profile: str, likes: int = 5) -> float:
    """Of the hundred picks right after a like, how many the full scoring behind it keeps: mean."""
    request, kept = ListRequest(100), []
    with MusicRec(profile, home) as app:
        for _ in range(likes):
            opinions = app.feedback.opinions()
            picks = app.lists.recommend(request, at_once=True).picks
            app.feedback.record(next(p.track for p in picks if p.track.id not in opinions), "like")
            at_once = {p.track.id for p in app.lists.recommend(request, at_once=True).picks}
            app.lists.rescore()
            whole = {p.track.id for p in app.lists.recommend(request).picks}
            kept.append(len(at_once & whole))
        for _ in range(likes):
            app.feedback.undo()
    return statistics.mean(kept)


async def _like_in_screens(home: Path, profile: str, likes: int) -> Measured:
    from textual.events import Key

    from musicrec_tui.application import MusicRecApp
    from musicrec_tui.screens.main import MainScreen

    app = MusicRecApp(profile, home, lambda: None)
    waits_s = []
    async with app.run_test(size=(COLUMNS, LINES), notifications=True) as pilot:
        await _when(lambda: _shows_picks(app.screen))
        screen = app.screen
        assert isinstance(screen, MainScreen)
        for turn in range(likes + 1):
            await pilot.press("down")
            while (
                screen.for_you.current
                and screen.for_you.current.id in screen.library_watch.opinions
            ):
                await pilot.press("down")
            started, processor = time.perf_counter(), time.process_time()
            # Not pilot.press: it waits until this process is idle, for up to two seconds.
            app.post_message(Key("l", "l"))
            await _when(lambda: _said_that_picks_moved(app))
            if turn:
                waits_s.append((time.perf_counter() - started, time.process_time() - processor))
            # A list that the scoring behind it made would take the place of the next like's.
            await _when(lambda: _settled(screen))
            app.clear_notifications()
            await pilot.pause(PAUSE_S)
    seconds, processor_s = zip(*waits_s, strict=True)
    return Measured(statistics.median(seconds), 0.0, statistics.median(processor_s))


def _shows_picks(screen: object) -> bool:
    from textual.css.query import NoMatches

    try:
        return bool(screen.for_you.ids)  # type: ignore[attr-defined]
    except (AttributeError, NoMatches):  # another screen, or its page is not made yet
        return False


def _settled(screen: MainScreen) -> bool:
    seen = screen.library_watch.seen
    return seen is not None and not seen.found.provisional


def _said_that_picks_moved(app: object) -> bool:
    notes = app._notifications  # type: ignore[attr-defined]  # noqa: SLF001 - seen by the user
    return any("moved" in note.message for note in notes)


async def _when(so: Callable[[], bool]) -> None:
    started = time.perf_counter()
    while not so():
        if time.perf_counter() - started > PATIENCE_S:
            raise RuntimeError("the screens did not get there")
        await asyncio.sleep(0.002)
