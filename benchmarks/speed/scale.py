"""How time, memory and the database grow with the library.

    python -m benchmarks scale --tracks 10000 100000 1000000 [--keep FOLDER] [--only like,status]

Builds a synthetic library of each size with 2,000 opinions (and profiles with 100, 1,000 and
10,000), asks of it what a user would, and prints the table, the exponent with which each row
grows from one size to the next (0 for constant, 1 for in proportion) and, for more than one size,
a plot. Two floors are measured beside it: `import numpy`, and an empty Textual app.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from threadpoolctl import threadpool_limits

from benchmarks.results import record
from benchmarks.speed import log_plot, scale_library
from benchmarks.speed import scale_measures as measures
from benchmarks.speed.scale_measures import Measured
from musicrec_core import paths
from musicrec_core.app.facade import MusicRec
from musicrec_core.app.lists.request import ListRequest
from musicrec_core.store.sizes import table_sizes

OPINIONS = {"default": 2000, "said-100": 100, "said-1000": 1000, "said-10000": 10_000}
PLOT = Path(__file__).parents[2] / "docs" / "scale.svg"
PLOTTED = (
    "status", "recommend", "recommend --seed", "a like, 2,000 opinions", "screens: picks there",
    "insights", "sort by title",
)  # fmt: skip
READ = (
    "from musicrec_core.app.scores import catalogue\n"
    "from musicrec_core.app.context import Context\n"
    "c = Context('default', None); k = catalogue.load(c).catalogue; k.sound.sum(); k.culture.sum()"
)
EMPTY_APP = (
    "from textual.app import App\n"
    "class A(App):\n  def on_mount(self): self.call_after_refresh(self.exit)\n"
    "A().run(headless=True)"
)

Rows = dict[str, Measured]
BUSY = 1.2
"""Of load a core, from which clocks say more of the machine than of the program."""


def main() -> None:
    """Print a table with a column a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tracks", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--keep", type=Path, help="keep the libraries here and use them again")
    parser.add_argument("--only", default="", help="parts of the names of rows, with commas")
    parser.add_argument("--retrain", action="store_true", help="measure retraining as well")
    parser.add_argument("--stays", action="store_true", help="of the picks after a like, how many "
                        "a scoring of the whole library keeps")  # fmt: skip
    options = parser.parse_args()
    only = [part for part in options.only.split(",") if part]
    rows_by_size: dict[int, Rows] = {}
    threadpool_limits(1, "blas")  # as the command does; other processes see nothing of it
    with tempfile.TemporaryDirectory() as folder:
        for count in sorted(options.tracks):
            home = (options.keep or Path(folder)) / str(count)
            started = time.perf_counter()
            scale_library.build(home, count, OPINIONS)
            print(f"{count:,} tracks written in {time.perf_counter() - started:.0f} s", flush=True)
            rows_by_size[count] = measure(home, only, retrain=options.retrain, stays=options.stays)
            _say_sizes(home, count)
    _say(rows_by_size)
    if len(rows_by_size) > 1:
        keep(rows_by_size)


def keep(rows_by_size: dict[int, Rows]) -> None:
    """Draw the plot and record every figure."""
    _plot(rows_by_size)
    for count, rows in rows_by_size.items():
        for name, row in rows.items():
            unit = "KB" if name.startswith("database") else "s"
            if row.processor_s:
                unit = "s of processor time"
            record("scale", f"{name} with {count:,} tracks", round(_cost(row), 3), unit,
                   "python -m benchmarks scale", _note(row))  # fmt: skip


def _cost(row: Measured) -> float:
    """Processor time where it was measured: clocks of a busy machine say more of the machine."""
    return row.processor_s or row.seconds


def measure(home: Path, only: list[str], *, retrain: bool, stays: bool) -> Rows:
    """Every row of the table."""
    with MusicRec(home=home) as app:
        artist = app.library.search("1", 1)[0].artist
        query = app.lists.recommend(ListRequest(1)).picks[0].track.path
    steps: dict[str, Callable[[], Measured]] = {
        "import numpy (floor)": lambda: measures.python(home, "import numpy"),
        "empty Textual app (floor)": lambda: measures.python(home, EMPTY_APP),
        "status": lambda: measures.command(home, "status"),
        "recommend": lambda: measures.command(home, "recommend"),
        "recommend --seed": lambda: measures.command(home, "recommend", "--seed", artist),
        "recommend --tag": lambda: measures.command(home, "recommend", "--tag", "jazz"),
        "explain": lambda: measures.command(home, "explain", query),
        "insights": lambda: measures.command(home, "insights"),
        "library read for scoring": lambda: measures.python(home, READ),
        **{f"sort by {order}": lambda order=order: _sorted(home, order) for order in _ORDERS},
        "screens: first paint": lambda: measures.screens(home)[0],
        "screens: picks there": lambda: measures.screens(home)[1],
        **{
            f"a like, {count:,} opinions": lambda profile=profile: measures.like_in_screens(
                home, profile
            )
            for profile, count in OPINIONS.items()
            if count != 1000
        },
        "library put together anew": lambda: _put_together(home),
        "database, KB a track": lambda: Measured(
            paths.database(home).stat().st_size / 1000 / _count(home),
        ),
    }
    if stays:
        for profile, opinions in OPINIONS.items():
            if opinions != 1000:
                stay = measures.picks_that_stay(home, profile)
                print(
                    f"  of 100 picks after a like stay, {opinions:,} opinions: {stay:.1f}",
                    flush=True,
                )
                record("scale", f"of 100 picks after a like stay when all of {_count(home):,} "
                       f"tracks is scored, {opinions:,} opinions", stay, "picks",
                       "python -m benchmarks scale")  # fmt: skip
    if retrain:
        steps["retrain, 1,000 opinions"] = lambda: measures.command(
            home, "--profile", "said-1000", "retrain", runs=1, warm=False
        )
    rows = {}
    for name, step in steps.items():
        if not only or any(part in name for part in only):
            rows[name] = step()
            print(f"  {name:30} {_cell(rows[name])}", flush=True)
    return rows


_ORDERS = ("title", "artist")


def _sorted(home: Path, order: str) -> Measured:
    with MusicRec(home=home) as app:
        return Measured(measures.warmed(lambda: app.library.listing(order)), 0.0)  # type: ignore[arg-type]


def _put_together(home: Path) -> Measured:
    """As after a scan: nothing in the cache."""
    code = (
        "import shutil; from musicrec_core import paths\n"
        "shutil.rmtree(paths.cache_dir(None), ignore_errors=True)\n" + READ
    )
    return measures.python(home, code, runs=1, warm=False)


def _cell(row: Measured) -> str:
    processor = f"({row.processor_s:.2f})" if row.processor_s else ""
    memory = f"{row.peak_mb:.0f}/{row.private_mb:.0f} MB" if row.peak_mb else ""
    return f"{row.seconds:9.3f} {processor:>8} {memory:>12}"


def _note(row: Measured) -> str:
    """What else to know of a figure."""
    parts = []
    if row.processor_s:
        parts.append(f"{row.seconds:.2f} s by the clock")
    if row.peak_mb:
        parts.append(f"at most {row.peak_mb:.0f} MB resident, {row.private_mb:.0f} MB private")
    load = os.getloadavg()[1] / (os.cpu_count() or 1)
    if load > BUSY:
        parts.append(f"load of {load:.1f} a core meanwhile")
    return "; ".join(parts)


def _count(home: Path) -> int:
    with MusicRec(home=home) as app:
        return app.status().tracks


def _say_sizes(home: Path, count: int) -> None:
    sizes = table_sizes(paths.database(home))
    for name, size in sorted(sizes.items(), key=lambda item: -item[1])[:24]:
        print(f"  {name:34} {size / count:8.0f} bytes a track")


def _say(rows_by_size: dict[int, Rows]) -> None:
    sizes = list(rows_by_size)
    print(
        "\nseconds (of processor), memory at most: resident/private"
        + "".join(f"{size:>31,}" for size in sizes)
        + "  growth"
    )
    for name in next(iter(rows_by_size.values())):
        cells = [rows_by_size[size].get(name) for size in sizes]
        line = "".join(_cell(cell) if cell else " " * 31 for cell in cells)
        print(f"{name:30}{line}  {_growth(sizes, [_cost(c) if c else 0 for c in cells])}")


def _growth(sizes: list[int], seconds: list[float]) -> str:
    pairs = zip(zip(sizes, seconds, strict=True), list(zip(sizes, seconds, strict=True))[1:],
                strict=False)  # fmt: skip
    return " ".join(
        f"{math.log(more / less) / math.log(large / small):.2f}"
        for (small, less), (large, more) in pairs
        if less > 0 and more > 0
    )


def _plot(rows_by_size: dict[int, Rows]) -> None:
    lines = {
        name: [(size, _cost(rows[name])) for size, rows in rows_by_size.items() if name in rows]
        for name in PLOTTED
    }
    log_plot.write(PLOT, "musicrec as the library grows", "tracks", "seconds of processor time",
                   {name: points for name, points in lines.items() if points})  # fmt: skip
    print(f"plot: {PLOT}", file=sys.stderr)


if __name__ == "__main__":
    main()
