"""What the screens cost while nobody touches them: silent, and while a song plays.

    python -m benchmarks idle [--seconds 20]

Needs no data: the library is that of `musicrec demo`. Processor time of the screens' process alone,
in percent of one core; mpv, where it is installed, plays into nothing (`--ao=null`).
"""

from __future__ import annotations

import argparse
import os
import select
import shutil
import tempfile
import time
from pathlib import Path

from benchmarks.results import record
from benchmarks.speed.first_paint import Shown, open_screens
from musicrec_core.app.facade import MusicRec
from musicrec_core.demo import build_library

TICKS_S = os.sysconf("SC_CLK_TCK")
SETTLE_S = 6.0  # the first list, its reasons, the scoring behind it
COMMAND = "python -m benchmarks idle"


def main() -> None:
    """Print both shares."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0)
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as folder:
        home, songs = Path(folder, "home"), Path(folder, "songs")
        build_library(songs)
        with MusicRec(home=home) as app:
            app.library.scan([str(songs)])
        ways = {"silent": b""} | ({"while a song plays": b" "} if shutil.which("mpv") else {})
        for name, keys in ways.items():
            share = busy(home, keys, seconds)
            print(f"{name:20} {100 * share:5.2f} % of a core")
            record("idle", name, round(100 * share, 2), "%", COMMAND, f"over {seconds:.0f} s")


def busy(home: Path, keys: bytes, seconds: float) -> float:
    """The share of a core that the screens take once they have settled."""
    shown = open_screens(home, {"MUSICREC_MPV_ARGS": "--ao=null"})
    try:
        shown.until("Why ")
        os.write(shown.terminal, keys)
        drained(shown, SETTLE_S)
        before = processor_s(shown.child)
        drained(shown, seconds)
        return (processor_s(shown.child) - before) / seconds
    finally:
        shown.end()


def drained(shown: Shown, seconds: float) -> None:
    """Read what is drawn, so that nothing waits for us."""
    ends = time.monotonic() + seconds
    while (left := ends - time.monotonic()) > 0:
        if select.select([shown.terminal], [], [], left)[0]:
            os.read(shown.terminal, 65536)


def processor_s(process: int) -> float:
    """User and system time of a process so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS_S


if __name__ == "__main__":
    main()
