"""The limits of analysis: memory and time of odd files, stopping, two workers, the first song.

    python -m benchmarks analysis_limits --songs DIR

Odd files are made here: two hours long in five formats, 192 kHz in eight channels, headers that
lie, a cover of 40 MB. Memory is the peak of the worker process (VmHWM), so Linux only.
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from benchmarks.hearing.odd_files import HOUR_S, long_files, odd_files
from benchmarks.results import record
from benchmarks.speed.timing import musicrec
from musicrec_core.app.facade import MusicRec
from musicrec_core.audio.features import analyse
from musicrec_core.audio.parallel import analyse_many
from musicrec_core.audio.worker_pool import Analysed, WorkerPool
from musicrec_core.records import Attributes, Features, Progress

COMMAND = "python -m benchmarks analysis_limits --songs DIR"
SUFFIXES = {".ogg", ".opus", ".mp3", ".flac", ".m4a"}
SHORTEST_BYTES = 500_000
TURNS = 5


def main() -> None:
    """Print and record each limit beside its goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--songs", type=Path, required=True)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--parts", nargs="+", default=list(PARTS), choices=list(PARTS))
    options = parser.parse_args()
    figures = [
        path
        for path in sorted(options.songs.rglob("*"))
        if path.suffix.lower() in SUFFIXES and path.stat().st_size >= SHORTEST_BYTES
    ]
    songs = figures[:: max(1, len(figures) // options.count)][: options.count]
    for part in options.parts:
        with tempfile.TemporaryDirectory() as folder:
            PARTS[part](Path(folder), songs)


def say(name: str, figure: float, unit: str, goal: str, note: str = "") -> None:
    """Print and record one figure."""
    print(f"{name}: {figure:.2f} {unit}  (goal: {goal}) {note}", flush=True)
    record("analysis_limits", name, round(figure, 2), unit, COMMAND, note)


def odd(folder: Path, _: Sequence[Path]) -> None:
    """Peak memory of a fresh worker for each file, and what two hours cost beside four minutes."""
    peaks, ratios = {}, {}
    for suffix, short, long in long_files(folder):
        quick, _ = measured(short)
        slow, peaks[f"two hours {suffix}"] = measured(long)
        ratios[suffix] = slow / quick
        print(f"{suffix}: four minutes {quick:.3f} s, {2 * HOUR_S / 3600:.0f} hours {slow:.3f} s")
        long.unlink()
    for path in odd_files(folder):
        seconds, peaks[path.name] = measured(path)
        print(f"{path.name}: {seconds:.3f} s")
        path.unlink()
    for name, peak in peaks.items():
        print(f"  {name}: {peak:.0f} MB")
    worst = max(peaks, key=lambda name: peaks[name])
    say("most memory of a worker", peaks[worst], "MB", "at most 400", f"for {worst}")
    slowest = max(ratios, key=lambda name: ratios[name])
    say("a file of two hours beside one of four minutes", ratios[slowest], "times the time",
         "at most 1.5", f"the slowest format, {slowest}")  # fmt: skip


def measured(path: Path) -> tuple[float, float]:
    """(least processor seconds of several turns, peak MB) of a worker of its own on a file."""
    crew = WorkerPool(f"{__spec__.name}:analyse_measured", 60.0)
    outcomes = [crew.analyse(turn, str(path)) for turn in range(TURNS + 1)][1:]
    crew.close()
    vectors = [outcome.features.vector for outcome in outcomes if outcome.features]
    if not vectors:
        print(f"{path.name}: {outcomes[0].reason}")
        return 0.0, 0.0
    return min(float(v[0]) for v in vectors), max(float(v[1]) for v in vectors)


def analyse_measured(path: str) -> Features:
    """Runs in the worker: analyses, and returns processor seconds and peak MB instead."""
    started = time.process_time()
    analyse(path)
    seconds = time.process_time() - started
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    peak_kb = next(int(line.split()[1]) for line in status.splitlines() if "VmHWM" in line)
    return Features(0, np.array([seconds, peak_kb / 1000], np.float32), Attributes())


def hang(path: str) -> Features:
    """Runs in the worker: never ends on a file of this name."""
    while path == "hang":
        pass
    return Features(0, np.zeros(1, np.float32), Attributes())


def time_limit(_: Path, __: Sequence[Path]) -> None:
    """A file that never ends is given up, its reason is said, and the next one is analysed."""
    limit_s = 2.0
    jobs = enumerate(["fine", "hang", "fine"])
    outcomes: dict[int, Analysed] = {}
    started = time.monotonic()
    for outcome in analyse_many(
        jobs, workers=1, time_limit_s=limit_s, analyse=f"{__spec__.name}:hang"
    ):
        outcomes[outcome.key] = outcome
    assert outcomes[1].reason, "a file that never ends must be given up"
    assert outcomes[2].features, "the file after it must be analysed"
    seconds = time.monotonic() - started
    say(
        "a file that never ends, under a limit of 2 s", seconds, "s in all", "the limit and a start"
    )


def two_workers(_: Path, songs: Sequence[Path]) -> None:
    """Songs a second with two workers beside one, and processor time, which busy cores leave."""
    rates, costs = [], []
    for workers in (1, 2):
        started, used = time.monotonic(), children_s()
        done = sum(1 for _ in analyse_many(enumerate(map(str, songs)), workers=workers))
        rates.append(done / (time.monotonic() - started))
        costs.append((children_s() - used) / done)
    note = f"load of {os.getloadavg()[0] / (os.cpu_count() or 1):.1f} a core meanwhile"
    say("two workers beside one", rates[1] / rates[0], "times the rate", "close to 2", note)
    say("processor time a song, two workers beside one", costs[1] / costs[0], "times", "close to 1")


def children_s() -> float:
    """Processor time of all children that ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def link_all(songs: Sequence[Path], folder: Path) -> Path:
    """A music folder of links to the songs."""
    folder.mkdir()
    for number, song in enumerate(songs):
        (folder / f"{number:03}{song.suffix}").symlink_to(song)
    return folder


def first_song(base: Path, songs: Sequence[Path]) -> None:
    """From the start of `musicrec scan` to the first analysed song in the database.

    Processor time of the command and its worker, which is the wait where the cores are idle. What
    pip compiles is compiled; what numba compiles at first use is not.
    """
    few = link_all(songs[:20], base / "few")
    places = {"MUSICREC_HOME": str(base / "fresh"), "NUMBA_CACHE_DIR": str(base / "numba")}
    environment = os.environ | places
    started = time.monotonic()
    scan = subprocess.Popen(
        musicrec("scan", str(few), "--jobs", "1"), env=environment, stdout=subprocess.DEVNULL
    )
    while not analysed(base / "fresh") and scan.poll() is None:
        time.sleep(0.01)
    used_s, waited_s = family_s(scan.pid), time.monotonic() - started
    scan.wait()
    say("the first analysed song of a fresh install", used_s, "s of processor time", "at most 5",
         "the wait where cores are idle")  # fmt: skip
    print(f"  {waited_s:.2f} s on the clock, load of {os.getloadavg()[0]:.1f} meanwhile")


def family_s(parent: int) -> float:
    """Processor time so far of a process and its children, as /proc has it."""
    ticks = 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            fields = stat.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
            if parent in (int(stat.parent.name), int(fields[1])):
                ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def analysed(home: Path) -> int:
    """How many songs the database holds features of."""
    try:
        with sqlite3.connect(f"file:{home / 'musicrec.db'}?mode=ro", uri=True) as db:
            return int(db.execute("SELECT count(*) FROM features").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def stopping(base: Path, songs: Sequence[Path]) -> None:
    """Ctrl-C on the command, and `cancelled` on the facade; what was told is what is kept."""
    music = link_all(songs, base / "music")
    environment = os.environ | {"MUSICREC_HOME": str(base / "stopped")}
    command = musicrec("scan", str(music), "--jobs", "2")
    scan = subprocess.Popen(
        command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while analysed(base / "stopped") < 2:
        time.sleep(0.02)
    started = time.monotonic()
    scan.send_signal(signal.SIGINT)
    scan.wait()
    say("stopping a scan with Ctrl-C", time.monotonic() - started, "s", "under 1")
    stop_in_between(music, base / "cancelled")


def stop_in_between(music: Path, home: Path) -> None:
    """As the screens stop a scan; what was told of before is what the store then holds."""
    stop, asked = threading.Event(), []
    steps: list[int] = []

    def heard(progress: Progress) -> None:
        if progress.phase == "listening":
            steps.append(progress.done)
        if len(steps) == 4:  # the start and three songs
            threading.Timer(0.1, lambda: (asked.append(time.monotonic()), stop.set())).start()

    with MusicRec(home=home) as app:
        app.library.scan([str(music)], jobs=2, cancelled=stop.is_set, progress=heard)
    say("stopping a scan from the screens", time.monotonic() - asked[0], "s", "under 1")
    print(f"  {max(steps)} songs were told of, {analysed(home)} are kept")


PARTS: dict[str, Callable[[Path, Sequence[Path]], None]] = {
    "odd": odd,
    "limit": time_limit,
    "workers": two_workers,
    "first": first_song,
    "stopping": stopping,
}

if __name__ == "__main__":
    main()
