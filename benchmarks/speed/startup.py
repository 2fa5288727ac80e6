"""Start-up: quick commands beside `python -c "import numpy"`, run in turns.

Needs no data: the library is the synthesised one of `musicrec demo`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks.results import record
from benchmarks.speed.timing import in_turns, musicrec, ratio
from musicrec_core.app.facade import MusicRec
from musicrec_core.demo import build_library

GOALS = {"recommend": 3.5, "--help": 1.5, "status": None, "search": None}


def main() -> None:
    """Print medians and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        home, songs = Path(folder, "home"), Path(folder, "songs")
        build_library(songs)
        with MusicRec(home=home) as app:
            app.library.scan([str(songs)])
        times = in_turns(
            {
                "import numpy": [sys.executable, "-c", "import numpy"],
                "recommend": musicrec("recommend"),
                "--help": musicrec("--help"),
                "status": musicrec("status"),
                "search": musicrec("search", "night"),
            },
            runs,
            home,
        )
    floor = times.pop("import numpy")
    print(f"{'import numpy':14} {1000 * floor.median_s:7.0f} ms")
    for name, measured in times.items():
        goal = GOALS[name]
        aim = f"  (goal: at most {goal})" if goal else ""
        print(
            f"{name:14} {1000 * measured.median_s:7.0f} ms"
            f"   {ratio(measured, floor):.2f} times{aim}"
        )
        record(
            "startup", f"start of `musicrec {name}`", round(ratio(measured, floor), 1),
            "times", "python -m benchmarks startup", "beside `python -c 'import numpy'`",
        )  # fmt: skip


if __name__ == "__main__":
    main()
