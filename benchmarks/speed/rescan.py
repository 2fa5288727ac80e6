"""A rescan of an unchanged library beside a bare walk over the same files, in turns.

    python -m benchmarks rescan [--files N] [--beside SOURCE] [--record]

The library is made by the benchmark: one short sound under many names, in folders of twelve. The
walk is `os.scandir` and one `stat` a file. Of each the processor time of a library of one file is
taken off, so that what a file costs is left and no start-up. --beside: another checkout of this
program, measured in the same turns on a home of its own.
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import wave
from pathlib import Path

from benchmarks.results import record

FILES_A_FOLDER = 12
WALK = """
import os, sys
def walk(folder):
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                walk(entry.path)
            else:
                os.stat(entry.path)
walk(sys.argv[1])
"""
SCAN = ("-m", "musicrec_tui", "scan", "--tags-only")
HERE = Path(__file__).parents[2]


def main() -> None:
    """Print processor times and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--beside", type=Path, help="another checkout")
    parser.add_argument("--record", action="store_true")
    options = parser.parse_args()
    sources = {"here": HERE} | ({"beside": options.beside} if options.beside else {})
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        many, one = make(base / "many", options.files), make(base / "one", 1)
        for name, source in sources.items():
            for library in (many, one):
                run_s(source, base / f"{name}-{library.name}", *SCAN, str(library))
        times: dict[str, list[float]] = {name: [] for name in ("walk", *sources)}
        for _ in range(options.runs):
            times["walk"].append(
                run_s(HERE, base, "-c", WALK, str(many)) - run_s(HERE, base, "-c", WALK, str(one))
            )
            for name, source in sources.items():
                both = [run_s(source, base / f"{name}-{lib.name}", *SCAN) for lib in (many, one)]
                times[name].append(both[0] - both[1])
    floor_s = statistics.median(times["walk"])
    print(f"processor time of {options.files} files, less that of one")
    for name, seconds in times.items():
        middle_s = statistics.median(seconds)
        spread = f"{min(seconds):.3f} to {max(seconds):.3f}"
        print(f"{name:8} {middle_s:7.3f} s ({spread})   {middle_s / floor_s:.1f} times the walk")
    if options.record:
        record(
            "rescan", "rescan of an unchanged library beside a bare walk",
            round(statistics.median(times["here"]) / floor_s, 1), "times the time",
            "python -m benchmarks rescan",
            f"processor time of {options.files} files, start-up taken off",
        )  # fmt: skip


def make(folder: Path, count: int) -> Path:
    """A folder with so many names of one sound of a tenth of a second."""
    folder.mkdir()
    song = folder.with_suffix(".wav")
    with wave.open(str(song), "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(os.urandom(1600))
    for number in range(count):
        album = folder / f"Artist {number // 60}" / f"Album {number // FILES_A_FOLDER}"
        album.mkdir(parents=True, exist_ok=True)
        os.link(song, album / f"{number % FILES_A_FOLDER + 1:02} - Title {number}.wav")
    return folder


def run_s(source: Path, home: Path, *arguments: str) -> float:
    """Processor seconds of one Python process with its children."""
    environment = {**os.environ, "PYTHONPATH": str(source), "MUSICREC_HOME": str(home)}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, *arguments], env=environment, check=True, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
