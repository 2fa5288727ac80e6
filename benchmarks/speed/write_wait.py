"""The worst wait for an opinion where many processes write beside a scan.

Needs no data: the library is that of `musicrec demo`, and the scan reads copies of its songs. Each
process gives its opinions one after the other, as fast as it can, in a profile of its own; what was
given is counted at the end.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

import numpy as np

from benchmarks.results import record
from musicrec_core.app.facade import MusicRec
from musicrec_core.demo import build_library


def main() -> None:
    """Print the waits, and that nothing was lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--opinions", type=int, default=1000, help="of each process")
    parser.add_argument("--copies", type=int, default=100, help="of each song, for the scan")
    parser.add_argument("--as-child", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.as_child:
        home, profile = options.as_child
        print(json.dumps(waits(Path(home), profile, options.opinions)))
        return
    with tempfile.TemporaryDirectory() as folder:
        report(measured(Path(folder), options), options)


def waits(home: Path, profile: str, opinions: int) -> list[float]:
    """Give opinions; seconds that each took."""
    waited = []
    with MusicRec(profile, home) as app:
        tracks = [t for n in range(1, 21) if (t := app.library.find(str(n)))]
        for number in range(opinions):
            track, round_ = tracks[number % len(tracks)], number // len(tracks)
            started = time.perf_counter()
            app.feedback.record(track, "dislike" if round_ % 2 else "like")
            waited.append(time.perf_counter() - started)
    return waited


def measured(folder: Path, options: argparse.Namespace) -> np.ndarray:
    """Seconds [processes, opinions], with a scan at work for the whole of it."""
    home, songs = folder / "home", folder / "songs"
    build_library(songs)
    with MusicRec(home=home) as app:
        app.library.scan([str(songs)])
    command = [sys.executable, "-m", "benchmarks", "write_wait", "--opinions", options.opinions]
    started = time.perf_counter()
    writers = [
        subprocess.Popen(
            [*map(str, command), "--as-child", str(home), f"p{number}"], stdout=subprocess.PIPE
        )
        for number in range(options.processes)
    ]
    files = 0
    for scans in count():
        if all(writer.poll() is not None for writer in writers):
            break
        files += copied(songs, folder / f"more{scans}", options.copies)
        subprocess.run(
            [sys.executable, "-m", "musicrec_tui", "scan", str(folder / f"more{scans}")],
            env={**os.environ, "MUSICREC_HOME": str(home)},
            check=True,
            capture_output=True,
        )
    print(f"{time.perf_counter() - started:.0f} s; {files} files scanned meanwhile")
    kept = opinions_kept(home)
    assert kept == options.processes * options.opinions, f"{kept} opinions are there"
    outputs = [writer.communicate()[0].splitlines()[-1] for writer in writers]
    return np.array([json.loads(line) for line in outputs])


def copied(songs: Path, folder: Path, copies: int) -> int:
    """Copies of every song under new names; how many."""
    paths = [path for path in songs.rglob("*") if path.is_file()]
    for number in range(copies):
        (folder / str(number)).mkdir(parents=True)
        for path in paths:
            shutil.copyfile(path, folder / str(number) / path.name)
    return copies * len(paths)


def opinions_kept(home: Path) -> int:
    """Events of all writers in the database."""
    with MusicRec(home=home) as app:
        return sum(row["type"] == "feedback" for row in app.exchange.export_everything())


def report(seconds: np.ndarray, options: argparse.Namespace) -> None:
    """Print and record."""
    for name, value in (
        ("median", np.median(seconds)),
        ("99 %", np.quantile(seconds, 0.99)),
        ("99.9 %", np.quantile(seconds, 0.999)),
        ("worst", seconds.max()),
    ):
        print(f"{name:8} {1000 * value:9.1f} ms")
    record(
        "write_wait", "worst wait for an opinion", round(float(seconds.max()), 2), "s",
        "python -m benchmarks write_wait",
        f"{options.processes} processes giving {options.opinions:,} each, beside a scan",
    )  # fmt: skip


if __name__ == "__main__":
    main()
